/** The largest gradients of the attention's parameters; each opens to the sum over words that it is. */

import { useMemo } from 'react';
import type { Backward } from '../../training/questions.ts';
import { useStrings } from '../context.ts';
import { Formula } from '../parts/formula.tsx';
import { Word } from '../parts/word.tsx';
import { factor } from './arithmetic.tsx';
import { type GradientCard, gradientCards, type Shape } from './backward-card.ts';
import { powerOfTen } from './powers.ts';
import { limitOf, SignedBar } from './signed-bar.tsx';

/** What a parameter's gradient sums up, in the letters of `MODEL.md`. */
const FORMULAS: Readonly<Record<GradientCard['form'], string>> = {
  dKeys·h: 'dW = Σ_j {dk}_j h_j',
  dQueries·s: 'dU = Σ_t {dq}_t s_t',
  dKeys: 'db = Σ_j {dk}_j',
  'Σ da·tanh': 'dv = Σ_t Σ_j {da}_{t,j} tanh(k_j + q_t)',
};

export interface GradientListProps {
  readonly backward: Backward;
  readonly model: Shape;
  /** The open row, marked among the terms. */
  readonly row: number;
}

export function GradientList({ backward, model, row }: GradientListProps) {
  const { layers, placement } = model;
  const cards = useMemo(() => gradientCards(backward, { layers, placement }), [backward, layers, placement]);
  const limit = Math.max(...cards.map(sizeOf), 0);
  return (
    <ul className="gradients">
      {cards.map((card) => (
        <li key={`${card.parameter} ${card.row} ${card.column}`}>
          <GradientEntry backward={backward} card={card} limit={limit} row={row} />
        </li>
      ))}
    </ul>
  );
}

const sizeOf = ({ gradient, exponent }: GradientCard): number => Math.abs(gradient.value) * 10 ** exponent;
const shortName = (parameter: string): string => parameter.replace('attention.', '').replace('.weight', '');

interface EntryProps {
  readonly backward: Backward;
  readonly card: GradientCard;
  readonly limit: number;
  readonly row: number;
}

function GradientEntry({ backward, card, limit, row }: EntryProps) {
  const { cell } = useStrings();
  const { backward: texts } = cell;
  const words = card.side === 'source' ? backward.source : backward.target;
  const name = shortName(card.parameter);
  const isVector = name === 'b' || name === 'v';
  const termLimit = limitOf(card.terms.map(({ term }) => term));
  const unit = card.exponent === 0 ? '' : ` · ${powerOfTen(card.exponent)}`;
  return (
    <details>
      <summary>
        <span className="gradient-name">
          {isVector ? texts.vectorEntry(name, card.column) : texts.entry(name, card.row, card.column)}
        </span>
        <SignedBar value={card.gradient.value * 10 ** card.exponent} limit={limit} />
        <span className="term-value">
          {card.gradient.text}
          {unit}
        </span>
      </summary>
      <p className="hint">
        <Formula text={FORMULAS[card.form]} /> {unit && texts.unitOf(powerOfTen(card.exponent))}
      </p>
      <table className="card-table">
        <tbody>
          {card.terms.map(({ position, factors, term }) => (
            <tr key={position} className={card.side === 'target' && position === row ? 'open' : ''}>
              <th scope="row">
                <Word side={card.side} token={words[position] ?? ''} place={card.side === 'source' ? position : null} />
              </th>
              <td className="factors">
                {factors.map((each, i) => (i === 0 ? each.text : ` · ${factor(each)}`)).join('')}
              </td>
              <td className="bar-cell">
                <SignedBar value={term.value} limit={termLimit} />
              </td>
              <td>{term.text}</td>
            </tr>
          ))}
        </tbody>
        <tfoot>
          <tr>
            <th scope="row">{cell.sum}</th>
            <td colSpan={2} />
            <td>
              <strong>{card.gradient.text}</strong>
            </td>
          </tr>
        </tfoot>
      </table>
    </details>
  );
}
