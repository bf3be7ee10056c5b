/** One step of one unit: the cell as a drawing, its two equations with numbers, and what its gates add up. */

import { useMemo } from 'react';
import type { Scene } from '../../training/questions.ts';
import { factor, TableFrame } from '../cell/arithmetic.tsx';
import { useStrings } from '../context.ts';
import { Formula } from '../parts/formula.tsx';
import { tokenName } from '../parts/word.tsx';
import { CellDrawing } from './cell-drawing.tsx';
import { type LstmCard, lstmCard } from './lstm-card.ts';
import type { Place } from './lstm-panel.tsx';
import { GATES, unitStep } from './lstm-place.ts';

export function StepSection({ trace, layer, words, position, unit, scene }: Place & { readonly scene: Scene }) {
  const strings = useStrings();
  const { lstm } = strings;
  const isOff = layer.part === 'encoder' && (layer.isReverse ? scene.off.backward : scene.off.forward);
  const card = useMemo(
    () => (isOff ? null : lstmCard(unitStep(trace, scene, layer, position, unit))),
    [isOff, trace, scene, layer, position, unit],
  );
  const word = tokenName(words[position] ?? '', strings);
  return (
    <section className="lstm-step" aria-label={lstm.step}>
      <h3>{lstm.step}</h3>
      {card ? (
        <>
          <TableFrame label={lstm.step}>
            <CellDrawing card={card} label={lstm.drawing(unit, word, card.c.text, card.h.text)} />
          </TableFrame>
          <Equations card={card} />
          <Parts card={card} />
        </>
      ) : (
        <p className="hint">{isOff ? lstm.directionOff : lstm.misfit}</p>
      )}
    </section>
  );
}

/** c' = f c + i g and h = o tanh(c'), with numbers. */
function Equations({ card }: { readonly card: LstmCard }) {
  const { i, f, g, o } = card.gates;
  return (
    <div className="equations">
      <p>
        <Formula text="c′ = f ⊙ c + i ⊙ g" />
        <span>
          = {f.value.text} · {factor(card.cBefore)} + {i.value.text} · {factor(g.value)}
        </span>
        <span>
          = {card.kept.text} + {factor(card.added)} = <strong>{card.c.text}</strong>
        </span>
      </p>
      <p>
        <Formula text="h = o ⊙ tanh(c′)" />
        <span>
          = {o.value.text} · tanh({card.c.text})
        </span>
        <span>
          = {o.value.text} · {factor(card.tanhC)} = <strong>{card.h.text}</strong>
        </span>
      </p>
    </div>
  );
}

function Parts({ card }: { readonly card: LstmCard }) {
  const { lstm } = useStrings();
  const hasContext = card.gates.i.context !== null;
  return (
    <>
      <h4>{lstm.parts}</h4>
      <p className="hint">{lstm.partsHint}</p>
      <TableFrame label={lstm.parts}>
        <table className="card-table">
          <thead>
            <tr>
              <th scope="col">{lstm.gate}</th>
              <th scope="col">{lstm.input}</th>
              <th scope="col">{lstm.recurrent}</th>
              {hasContext && <th scope="col">{lstm.context}</th>}
              <th scope="col">{lstm.bias}</th>
              <th scope="col">{lstm.sum}</th>
              <th scope="col">{lstm.value}</th>
            </tr>
          </thead>
          <tbody>
            {GATES.map((gate) => {
              const { input, recurrent, context, bias, sum, value } = card.gates[gate];
              return (
                <tr key={gate}>
                  <th scope="row">
                    <Formula text={gate} /> {lstm.gates[gate]}
                  </th>
                  <td>{input.text}</td>
                  <td>{recurrent.text}</td>
                  {context && <td>{context.text}</td>}
                  <td>{bias.text}</td>
                  <td>{sum.text}</td>
                  <td>
                    <strong>{value.text}</strong>
                  </td>
                </tr>
              );
            })}
          </tbody>
        </table>
      </TableFrame>
    </>
  );
}
