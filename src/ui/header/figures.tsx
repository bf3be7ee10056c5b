/** Step, exact match and steps a second, as they are now. */

import { useFormat, useRun, useStrings } from '../context.ts';

export function Figures({ className }: { readonly className: string }) {
  const { figures } = useStrings();
  const format = useFormat();
  const phase = useRun((state) => state.phase);
  const isPreparing = useRun(
    ({ phase, isShipped, intent }) => phase === 'opening' || (isShipped && intent === 'train'),
  );
  const isPausing = useRun((state) => state.intent === 'pause' && state.status !== 'paused');
  const step = useRun((state) => state.step);
  const exactMatch = useRun((state) => state.evaluation?.exactMatch ?? null);
  const rate = useRun((state) => state.figures?.stepsPerSecond ?? null);
  return (
    <dl className={`figures ${className} ${phase === 'opening' ? 'opening' : ''}`} aria-label={figures.label}>
      <div>
        <dt>{figures.step}</dt>
        <dd data-figure="step">{format.integer(step)}</dd>
      </div>
      <div>
        <dt>{figures.exact}</dt>
        <dd data-figure="exact">{exactMatch === null ? '–' : format.percent(exactMatch)}</dd>
      </div>
      <div>
        <dt>{figures.rate}</dt>
        <dd data-figure="rate">{rate === null ? '–' : format.figure(rate)}</dd>
      </div>
      <div className="figures-note">
        <dt className="visually-hidden">{figures.label}</dt>
        <dd>{isPreparing ? figures.opening : isPausing ? figures.pausing : ''}</dd>
      </div>
    </dl>
  );
}
