/** Which sentence stands on the stage. */

import type { Staged } from '../../store/frame-store.ts';
import { useActions, useFrames, useRun, useStrings } from '../context.ts';
import { Segmented } from '../parts/segmented.tsx';
import { sourceName } from '../parts/small-picture.tsx';

/** Probes by number, and the typed sentence once there is one. */
export function SentenceChoice() {
  const strings = useStrings();
  const { sentence } = strings;
  const { stage } = useActions();
  const staged = useFrames((state) => (state.staged.kind === 'own' ? 'own' : String(state.staged.index)));
  const probeCount = useFrames((state) => state.probeKeys.length);
  const hasOwn = useFrames((state) => state.own !== null);
  const samples = useRun((state) => state.run?.samples ?? null);
  const options = Array.from({ length: probeCount }, (_, index) => ({
    value: String(index),
    label: String(index + 1),
    name: sentence.probeNamed(index + 1, samples?.[index] ? sourceName(samples[index], strings) : ''),
  }));
  if (hasOwn) options.push({ value: 'own', label: sentence.own, name: sentence.own });
  const choose = (value: string): void => {
    const next: Staged = value === 'own' ? { kind: 'own' } : { kind: 'probe', index: Number(value) };
    stage(next);
  };
  return (
    <div className="sentence-choice">
      <span aria-hidden="true">{sentence.probes}</span>
      <Segmented label={sentence.choose} value={staged} options={options} onChange={choose} />
    </div>
  );
}
