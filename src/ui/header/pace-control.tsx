/** How fast it trains: one slider from slow motion to flat out. */

import { PACE_NAMES, type PaceName, paceName } from '../../store/pace.ts';
import { useActions, useRun, useStrings } from '../context.ts';
import type { Strings } from '../strings/strings.ts';

const label = (name: PaceName, { paces, limitedPace }: Strings['header']): string =>
  name === 'slow-motion' || name === 'full' ? paces[name] : limitedPace(Number(name));

export function PaceControl() {
  const { header } = useStrings();
  const { setPace } = useActions();
  const name = useRun((state) => paceName(state.pace));
  return (
    <label className="pace">
      <span className="pace-label">{header.speed}</span>
      <input
        type="range"
        min={0}
        max={PACE_NAMES.length - 1}
        step={1}
        value={PACE_NAMES.indexOf(name)}
        aria-valuetext={label(name, header)}
        onChange={(event) => setPace(PACE_NAMES[Number(event.target.value)])}
      />
      <output className="pace-value">{label(name, header)}</output>
    </label>
  );
}
