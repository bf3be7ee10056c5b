/** Every unit of a score, for who wants to add them up. */

import { useState } from 'react';
import { placed } from '../../lib/places.ts';
import { useStrings } from '../context.ts';
import { Formula } from '../parts/formula.tsx';
import { TableFrame } from './arithmetic.tsx';
import type { Printed } from './printed.ts';
import type { ScoreCard } from './score-card.ts';

type UnitCard = Extract<ScoreCard, { readonly terms: unknown }>;

/** Column heads, in the letters of `MODEL.md`. */
const HEADS: Readonly<Record<UnitCard['kind'], readonly string[]>> = {
  additive: ['{(W h)}_k', '{(U s)}_k', 'b_k', 'Σ', 'tanh', 'v_k', 'v_k tanh'],
  general: ['{(W h)}_k', 's_k', '{(W h)}_k s_k'],
  dot: ['h_k', 's_k', 'h_k s_k'],
  'scaled-dot': ['h_k', 's_k', 'h_k s_k'],
};

/** Folded until it is asked for: a score can have hundreds of units. */
export function UnitTable({ card }: { readonly card: UnitCard }) {
  const { cell } = useStrings();
  const [isOpen, setOpen] = useState(false);
  const label = cell.allUnits(card.terms.length);
  const rows: readonly { readonly unit: number; readonly numbers: readonly Printed[] }[] =
    card.kind === 'additive'
      ? card.terms.map(({ unit, key, query, bias, inner, tanh, v, term }) => ({
          unit,
          numbers: [key, query, bias, inner, tanh, v, term],
        }))
      : card.terms.map(({ unit, key, query, term }) => ({ unit, numbers: [key, query, term] }));
  return (
    <details className="unit-table" open={isOpen} onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>{label}</summary>
      {isOpen && (
        <TableFrame label={label}>
          <table className="card-table">
            <thead>
              <tr>
                <th scope="col">{cell.unitHead}</th>
                {HEADS[card.kind].map((head) => (
                  <th key={head} scope="col">
                    <Formula text={head} />
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {rows.map(({ unit, numbers }) => (
                <tr key={unit}>
                  <th scope="row">{unit}</th>
                  {placed(numbers).map(({ item: { text }, place: column }) => (
                    <td key={column}>{text}</td>
                  ))}
                </tr>
              ))}
            </tbody>
          </table>
        </TableFrame>
      )}
    </details>
  );
}
