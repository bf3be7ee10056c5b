/** The way back through the open row: dα, da, the parameters, and a check by central differences. */

import { useMemo } from 'react';
import { placed } from '../../lib/places.ts';
import { liveShown } from '../../store/frame-store.ts';
import { litWord } from '../../store/view-store.ts';
import type { Backward } from '../../training/questions.ts';
import { useFormat, useFrames, useRun, useSession, useStrings } from '../context.ts';
import { PanelFrame } from '../drawer/panel-frame.tsx';
import { useAnswer } from '../drawer/use-answer.ts';
import { Formula } from '../parts/formula.tsx';
import { tokenName, tokenText, Word } from '../parts/word.tsx';
import { Step, TableFrame } from './arithmetic.tsx';
import { backwardCard, type Shape } from './backward-card.ts';
import type { ViewProps } from './forward-view.tsx';
import { GradientCheck } from './gradient-check.tsx';
import { GradientList } from './gradient-list.tsx';
import { powerOfTen } from './powers.ts';
import { limitOf, SignedBar } from './signed-bar.tsx';
import { matrixOf, rowOf } from './tensor-rows.ts';
import { usePinned } from './use-staged.ts';

export function BackwardView({ scene, score, held, tools }: ViewProps) {
  const { cell } = useStrings();
  const layers = useRun((state) => state.run?.config.layers ?? 1);
  const placement = useRun((state) => state.run?.config.placement ?? 'before');
  const known = useFrames((state) => targetOf(liveShown(state)?.translation));
  const isOwn = useFrames((state) => !liveShown(state)?.translation.reference);
  const question = useMemo(() => {
    const target = known === null ? [] : known.split('\u001f');
    return target.length > 0 ? { source: scene.source, target } : null;
  }, [scene.source, known]);
  const asked = useAnswer('backward', question, { isLive: true, isHeld: held.isHeld });
  const answer = asked.answer;
  const hasAttention = answer !== null && answer.tensors['attention.dWeights'] !== undefined;
  return (
    <PanelFrame
      step={answer?.step ?? null}
      isBehind={asked.isBehind}
      error={asked.error}
      held={held}
      tools={tools}
      note={question === null ? cell.noWords : null}
    >
      {answer && hasAttention && (
        <>
          <RowHead backward={answer} isOwn={isOwn} />
          <div className="card-steps">
            <RowSection backward={answer} isUniform={score === 'uniform'} />
            <GradientSection backward={answer} model={{ layers, placement }} hasShift={score === 'linear-concat'} />
            {question && <GradientCheck question={question} />}
          </div>
        </>
      )}
    </PanelFrame>
  );
}

/** Tokens of what the decoder should produce, as one text that is compared. */
function targetOf(
  translation:
    | { readonly reference?: { readonly target: readonly string[] }; readonly target: readonly { text: string }[] }
    | undefined,
): string | null {
  const words = translation?.reference?.target ?? translation?.target.map(({ text }) => text) ?? [];
  return words.length > 0 ? words.join('\u001f') : null;
}

/** The pinned row, where the target has it. */
function useOpenRow(backward: Backward): number {
  const row = usePinned()?.row;
  return row !== null && row !== undefined && row < backward.target.length ? row : 0;
}

function RowHead({ backward, isOwn }: { readonly backward: Backward; readonly isOwn: boolean }) {
  const strings = useStrings();
  const { view } = useSession();
  const format = useFormat();
  const texts = strings.cell.backward;
  const row = useOpenRow(backward);
  const word = backward.target[row] ?? '';
  return (
    <div className="backward-head">
      <h2>{texts.row(tokenName(word, strings), row + 1)}</h2>
      <label>
        {texts.choose}{' '}
        <select
          value={row}
          onChange={(event) => {
            const place = Number(event.target.value);
            view.setState({ pinned: litWord('target', backward.target[place] ?? '', place) });
          }}
        >
          {placed(backward.target).map(({ item: token, place }) => (
            <option key={place} value={place}>
              {place + 1} {tokenText(token)}
            </option>
          ))}
        </select>
      </label>
      <span className="hint">{texts.loss(format.figure(backward.loss))}</span>
      {isOwn && <p className="hint">{texts.isOwnTranslation}</p>}
    </div>
  );
}

function RowSection({ backward, isUniform }: { readonly backward: Backward; readonly isUniform: boolean }) {
  const { cell } = useStrings();
  const texts = cell.backward;
  const row = useOpenRow(backward);
  const { tensors, source } = backward;
  const card = useMemo(() => {
    const numbers = (name: string) => rowOf(matrixOf(tensors, name), row);
    const weights = numbers('attention.weights');
    // Uniform scores are constants: nothing flows into them.
    const dScores = isUniform ? null : numbers('attention.dScores');
    const dWeights = numbers('attention.dWeights');
    return backwardCard(weights, dWeights, dScores ?? exactScores(weights, dWeights));
  }, [tensors, row, isUniform]);
  return (
    <Step number={1} title={texts.scores}>
      <Formula isBlock text="da_j = α_j (dα_j − Σ_i α_i dα_i)" />
      <p className="hint">
        {texts.scoresHint}
        {card && card.exponent !== 0 && <> {texts.unitOf(powerOfTen(card.exponent))}</>}
      </p>
      {card ? (
        <TableFrame label={texts.scores}>
          <table className="card-table">
            <thead>
              <tr>
                <th scope="col">{cell.word}</th>
                {['α_j', 'dα_j', 'α_j dα_j', 'dα_j − Σ'].map((head) => (
                  <th key={head} scope="col">
                    <Formula text={head} />
                  </th>
                ))}
                <th scope="col" colSpan={2}>
                  <Formula text="da_j" />
                </th>
              </tr>
            </thead>
            <tbody>
              {placed(card.entries).map(({ item: entry, place: j }) => (
                <tr key={j}>
                  <th scope="row">
                    <Word side="source" token={source[j] ?? ''} place={j} />
                  </th>
                  <td>{entry.weight.text}</td>
                  <td>{entry.dWeight.text}</td>
                  <td>{entry.product.text}</td>
                  <td>{entry.difference.text}</td>
                  <td className="bar-cell">
                    <SignedBar value={entry.dScore.value} limit={limitOf(card.entries.map(({ dScore }) => dScore))} />
                  </td>
                  <td>{entry.dScore.text}</td>
                </tr>
              ))}
            </tbody>
            <tfoot>
              <tr>
                <th scope="row">{texts.inner}</th>
                <td colSpan={2} />
                <td>{card.inner.text}</td>
                <td colSpan={3} />
              </tr>
            </tfoot>
          </table>
        </TableFrame>
      ) : (
        <p className="hint">{cell.misfit}</p>
      )}
    </Step>
  );
}

/** What the softmax hands on where the executor has no use for it. */
function exactScores(weights: Float32Array, dWeights: Float32Array): Float32Array {
  const inner = weights.reduce((sum, weight, j) => sum + weight * (dWeights[j] as number), 0);
  return weights.map((weight, j) => weight * ((dWeights[j] as number) - inner));
}

interface GradientSectionProps {
  readonly backward: Backward;
  readonly model: Shape;
  /** Whether U and b only shift the scores. */
  readonly hasShift: boolean;
}

function GradientSection({ backward, model, hasShift }: GradientSectionProps) {
  const { cell } = useStrings();
  const texts = cell.backward;
  const row = useOpenRow(backward);
  const hasParameters = Object.keys(backward.gradients).length > 0;
  return (
    <Step number={2} title={texts.parameters}>
      <p className="hint">{hasParameters ? texts.parametersHint : texts.noParameters}</p>
      {hasShift && <p className="hint">{texts.shiftOnly}</p>}
      {hasParameters && <GradientList backward={backward} model={model} row={row} />}
    </Step>
  );
}
