/** The choice of the moment that the one on the stage is compared with. */

import type { Base } from '../../store/timeline-store.ts';
import { useFormat, useSession, useStrings, useTimeline } from '../context.ts';

const NOTHING = 'nothing';
const BEFORE = 'before';

const baseOf = (value: string): Base | null => {
  if (value === NOTHING) return null;
  return value === BEFORE ? { kind: 'before' } : { kind: 'kept', step: Number(value) };
};

export function Compare() {
  const { time } = useStrings();
  const format = useFormat();
  const { timeline } = useSession();
  const base = useTimeline((state) => state.base);
  const kept = useTimeline((state) => state.kept);
  const value = base === null ? NOTHING : base.kind === 'before' ? BEFORE : String(base.step);
  return (
    <label className="time-compare">
      <span>{time.compare}</span>
      <select value={value} onChange={(event) => timeline.compareWith(baseOf(event.target.value))}>
        <option value={NOTHING}>{time.compareNothing}</option>
        <option value={BEFORE}>{time.compareBefore}</option>
        {kept.map(({ step, name }) => (
          <option key={step} value={step}>
            {name || time.keptName(format.integer(step))}
          </option>
        ))}
      </select>
    </label>
  );
}
