/** Says that the model on the stage was trained before, how well it does, and what Train does about it. */

import { useActions, useFormat, useRun, useStrings } from '../context.ts';
import { Part } from '../lessons/part.tsx';

export function ShippedLine() {
  const { shipped } = useStrings();
  const { goOn } = useActions();
  const format = useFormat();
  const isShipped = useRun((state) => state.isShipped && state.phase === 'ready');
  const step = useRun((state) => state.step);
  const evaluation = useRun((state) => state.evaluation);
  const isAsked = useRun((state) => state.intent === 'train');
  if (!isShipped) return null;
  return (
    <p className="shipped-line">
      {shipped.line(
        format.integer(step),
        evaluation && { exact: format.percent(evaluation.exactMatch), pairs: format.integer(evaluation.pairs) },
      )}{' '}
      <Part name="train">
        {shipped.train}{' '}
        <button type="button" className="text-button" disabled={isAsked} onClick={goOn}>
          {shipped.goOn}
        </button>
      </Part>
    </p>
  );
}
