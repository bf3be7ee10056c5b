/** How wide the beam is, and whether typed sentences are translated with it. */

import { useId } from 'react';
import { MAX_BEAM } from '../../store/view-store.ts';
import { useSession, useStrings, useView } from '../context.ts';
import { Segmented } from '../parts/segmented.tsx';

const WIDTHS = Array.from({ length: MAX_BEAM }, (_, i) => i + 1);

export interface BeamToolsProps {
  readonly width: number;
  readonly onWidth: (width: number) => void;
}

export function BeamTools({ width, onWidth }: BeamToolsProps) {
  const { beam } = useStrings().nextWords;
  const { view } = useSession();
  const isBeam = useView((state) => state.beamWidth > 1);
  const id = useId();
  const change = (next: number): void => {
    onWidth(next);
    // A beam of one is greedy decoding.
    if (isBeam) view.setState({ beamWidth: next });
  };
  return (
    <>
      <span className="beam-tool">
        <label htmlFor={id}>{beam.width}</label>
        <select id={id} value={width} onChange={(event) => change(Number(event.target.value))}>
          {WIDTHS.map((option) => (
            <option key={option}>{option}</option>
          ))}
        </select>
      </span>
      <span className="beam-tool" title={beam.withHint}>
        <span aria-hidden="true">{beam.translateWith}</span>
        <Segmented
          label={beam.translateWith}
          value={isBeam ? 'beam' : 'greedy'}
          options={(['greedy', 'beam'] as const).map((value) => ({ value, label: beam.with[value] }))}
          onChange={(value) => {
            const next = Math.max(2, width);
            if (value === 'beam' && next !== width) onWidth(next);
            view.setState({ beamWidth: value === 'beam' ? next : 1 });
          }}
        />
      </span>
    </>
  );
}
