/** Step two of a card: the row's scores become weights. */

import { placed } from '../../lib/places.ts';
import { attentionScale } from '../../viz/attention-scale.ts';
import { useStrings } from '../context.ts';
import { Formula } from '../parts/formula.tsx';
import { Word } from '../parts/word.tsx';
import { useTheme } from '../theme.ts';
import { Step, TableFrame } from './arithmetic.tsx';
import { print } from './printed.ts';
import { type SoftmaxCard, WEIGHT_DECIMALS } from './softmax-card.ts';

export interface SoftmaxSectionProps {
  readonly card: SoftmaxCard | null;
  readonly source: readonly string[];
  /** α_j as the decoder used them. */
  readonly weights: ArrayLike<number>;
  readonly scores: ArrayLike<number>;
  /** The open word. */
  readonly column: number;
  /** Whether a visitor set the row. */
  readonly isByHand: boolean;
}

export function SoftmaxSection({ card, source, weights, scores, column, isByHand }: SoftmaxSectionProps) {
  const { cell } = useStrings();
  const note = isByHand ? cell.byHand : card?.temperature ? cell.temperature(card.temperature.text) : null;
  return (
    <Step number={2} title={cell.softmax}>
      <Formula isBlock text="α_j = \frac{exp(a_j − m)}{Σ_i exp(a_i − m)}" />
      <p className="hint">{note ?? (card ? cell.softmaxHint : cell.misfit)}</p>
      <TableFrame label={cell.softmax}>
        <table className="card-table">
          <thead>
            <tr>
              <th scope="col">{cell.word}</th>
              <th scope="col">
                <Formula text="a_j" />
              </th>
              {card?.temperature && (
                <th scope="col">
                  <Formula text="a_j / τ" />
                </th>
              )}
              {card && (
                <>
                  <th scope="col">
                    <Formula text="a_j − m" />
                  </th>
                  <th scope="col">
                    <Formula text="exp" />
                  </th>
                </>
              )}
              <th scope="col">
                <Formula text="α_j" />
              </th>
            </tr>
          </thead>
          <tbody>
            {placed(source).map(({ item: word, place: j }) => {
              const entry = card?.entries[j];
              return (
                <tr key={j} className={j === column ? 'open' : ''}>
                  <th scope="row">
                    <Word side="source" token={word} place={j} />
                  </th>
                  <td>{entry?.score.text ?? print(scores[j] as number, WEIGHT_DECIMALS).text}</td>
                  {entry?.scaled && <td>{entry.scaled.text}</td>}
                  {entry && <td>{entry.shifted.text}</td>}
                  {entry && <td>{entry.exp.text}</td>}
                  <WeightCell weight={weights[j] as number} text={entry?.weight.text ?? null} />
                </tr>
              );
            })}
          </tbody>
          {card && (
            <tfoot>
              {card.padding && (
                <tr>
                  <th scope="row">{cell.padding}</th>
                  <td colSpan={card.temperature ? 3 : 2} />
                  <td>{card.padding.exp.text}</td>
                  <WeightCell weight={card.padding.weight.value} text={card.padding.weight.text} />
                </tr>
              )}
              <tr>
                <th scope="row">{cell.sum}</th>
                <td colSpan={card.temperature ? 3 : 2} />
                <td>{card.sum.text}</td>
                <td />
              </tr>
            </tfoot>
          )}
        </table>
      </TableFrame>
    </Step>
  );
}

/** α with a bar in the heatmap's colour. */
function WeightCell({ weight, text }: { readonly weight: number; readonly text: string | null }) {
  const scale = attentionScale(useTheme());
  return (
    <td className="weight">
      <span className="weight-bar" aria-hidden="true">
        <span style={{ width: `${Math.min(1, weight) * 100}%`, background: scale.colour(Math.max(0.35, weight)) }} />
      </span>
      {text ?? print(weight, WEIGHT_DECIMALS).text}
    </td>
  );
}
