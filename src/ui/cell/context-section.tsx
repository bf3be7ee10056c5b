/** Step three of a card: the context as the weighted sum of the words' states, one dimension at a time. */

import { useState } from 'react';
import type { Trace } from '../../training/questions.ts';
import { useStrings } from '../context.ts';
import { Formula } from '../parts/formula.tsx';
import { Word } from '../parts/word.tsx';
import { Step, TableFrame } from './arithmetic.tsx';
import { contextCard } from './context-card.ts';
import { annotationOf, contextOf } from './score-card.ts';
import { limitOf, SignedBar } from './signed-bar.tsx';
import { largestOf, matrixOf, rowOf } from './tensor-rows.ts';
import { VectorStrip } from './vector-strip.tsx';

export interface ContextSectionProps {
  readonly trace: Trace;
  readonly row: number;
  readonly column: number;
  /** Whether attention is switched off. */
  readonly isOff: boolean;
}

export function ContextSection({ trace, row, column, isOff }: ContextSectionProps) {
  const { cell } = useStrings();
  const context = contextOf(trace, row);
  const dimensions = context.length;
  const [chosen, setChosen] = useState<number | null>(null);
  // Until one is chosen, the largest says most.
  const dimension = chosen !== null && chosen < dimensions ? chosen : (largestOf(context, 1)[0] ?? 0);
  const source = trace.translation.source;
  const weights = rowOf(matrixOf(trace.tensors, 'attention.weights'), row);
  const states = source.map((_, j) => annotationOf(trace, j)[dimension] as number);
  const card = isOff ? null : contextCard(weights, states, context[dimension] as number);
  const limit = card ? limitOf(card.terms.map(({ term }) => term)) : 0;
  return (
    <Step number={3} title={cell.context}>
      <Formula isBlock text={`c_{t,d} = Σ_j α_j h_{j,d}`} />
      <p className="hint">{isOff ? cell.attentionOff : card ? cell.contextHint(dimensions) : cell.misfit}</p>
      <VectorStrip values={context} chosen={dimension} onChoose={setChosen} />
      {card && (
        <TableFrame label={cell.context}>
          <table className="card-table">
            <thead>
              <tr>
                <th scope="col">{cell.word}</th>
                <th scope="col">
                  <Formula text="α_j" />
                </th>
                <th scope="col">
                  <Formula text={`h_{j,${dimension}}`} />
                </th>
                <th scope="col" colSpan={2}>
                  {cell.product}
                </th>
              </tr>
            </thead>
            <tbody>
              {card.terms.map(({ position, weight, value, term }) => (
                <tr key={position} className={position === column ? 'open' : ''}>
                  <th scope="row">
                    <Word side="source" token={source[position]?.text ?? ''} place={position} />
                  </th>
                  <td>{weight.text}</td>
                  <td>{value.text}</td>
                  <td className="bar-cell">
                    <SignedBar value={term.value} limit={limit} />
                  </td>
                  <td>{term.text}</td>
                </tr>
              ))}
            </tbody>
            <tfoot>
              <tr>
                <th scope="row">{cell.sum}</th>
                <td colSpan={3}>
                  <Formula text={`c_{${dimension}}`} /> =
                </td>
                <td>
                  <strong>{card.context.text}</strong>
                </td>
              </tr>
            </tfoot>
          </table>
        </TableFrame>
      )}
    </Step>
  );
}
