/** One unit over the words of its sentence: a small picture for each gate, the cell and the hidden state. */

import { TableFrame } from '../cell/arithmetic.tsx';
import { print } from '../cell/printed.ts';
import { useStrings } from '../context.ts';
import { Word } from '../parts/word.tsx';
import type { Place } from './lstm-panel.tsx';
import { QUANTITIES, type Quantity, quantityAt } from './lstm-place.ts';

/** Height of one picture, px. */
const HEIGHT = 34;
const DECIMALS = 2;

export interface OverTimeProps extends Place {
  readonly onChoose: (position: number) => void;
}

export function OverTime({ trace, layer, words, side, position, unit, onChoose }: OverTimeProps) {
  const { lstm, joined } = useStrings();
  const columns = { gridTemplateColumns: `104px repeat(${words.length}, minmax(40px, 1fr))` };
  return (
    <section className="over-time" aria-label={lstm.overTime}>
      <h3>{lstm.overTime}</h3>
      <p className="hint">{lstm.overTimeHint}</p>
      <TableFrame label={lstm.overTime}>
        <div className="series-table">
          {QUANTITIES.map((quantity) => {
            const values = words.map((_, t) => quantityAt(trace, layer, quantity, t, unit));
            return (
              <div key={quantity} className="series" style={columns}>
                <span className="series-name">{lstm.quantities[quantity]}</span>
                <Bars
                  quantity={quantity}
                  values={values}
                  position={position}
                  label={lstm.series(
                    lstm.quantities[quantity],
                    joined.list(values.map((value, t) => `${words[t]} ${print(value, DECIMALS).text}`)),
                  )}
                  onChoose={onChoose}
                />
              </div>
            );
          })}
          <div className="series series-words" style={columns}>
            <span />
            {words.map((word, t) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: a word is its place in the sentence
              <span key={t} className={t === position ? 'open' : ''}>
                <Word side={side} token={word} place={t} />
              </span>
            ))}
          </div>
        </div>
      </TableFrame>
    </section>
  );
}

interface BarsProps {
  readonly quantity: Quantity;
  readonly values: readonly number[];
  readonly position: number;
  readonly label: string;
  readonly onChoose: (position: number) => void;
}

/** Gates of a sigmoid stand on the line, signed quantities go to both sides of it. */
function Bars({ quantity, values, position, label, onChoose }: BarsProps) {
  const isSigned = quantity === 'g' || quantity === 'c' || quantity === 'h';
  // A cell state has no bound; the rest stays within 1.
  const limit = quantity === 'c' ? Math.max(1, ...values.map(Math.abs)) : 1;
  const half = isSigned ? HEIGHT / 2 : HEIGHT;
  return (
    <div className="series-bars" role="img" aria-label={label} style={{ gridColumn: `2 / span ${values.length}` }}>
      {values.map((value, t) => {
        const size = (Math.min(1, Math.abs(value) / limit) * half).toFixed(2);
        return (
          // The same is chosen with the list of words above.
          // biome-ignore lint/a11y/noStaticElementInteractions: as said
          // biome-ignore lint/a11y/useKeyWithClickEvents: as said
          <span
            // biome-ignore lint/suspicious/noArrayIndexKey: a bar is its place in the sentence
            key={t}
            className={`series-slot ${t === position ? 'open' : ''}`}
            onClick={() => onChoose(t)}
          >
            <span className={`series-ground ${isSigned ? 'signed' : ''}`} style={{ height: HEIGHT }}>
              <span
                className={isSigned ? (value < 0 ? 'below' : 'above') : 'share'}
                style={{ height: `${size}px`, [value < 0 ? 'top' : 'bottom']: `${HEIGHT - half}px` }}
              />
            </span>
            <span className="series-value">{print(value, DECIMALS).text}</span>
          </span>
        );
      })}
    </div>
  );
}
