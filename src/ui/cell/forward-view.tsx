/** The open cell from score to context, with the numbers of one decoding. */

import { type ReactNode, useMemo } from 'react';
import type { ScoreKind } from '../../model/config.ts';
import type { Scene, Trace } from '../../training/questions.ts';
import { useStrings } from '../context.ts';
import { PanelFrame } from '../drawer/panel-frame.tsx';
import { useAnswer } from '../drawer/use-answer.ts';
import type { useHeld } from '../drawer/use-held.ts';
import { tokenName, Word } from '../parts/word.tsx';
import { ContextSection } from './context-section.tsx';
import { print } from './printed.ts';
import { scoreCard, scoreParameters } from './score-card.ts';
import { ScoreSection } from './score-section.tsx';
import { softmaxCard, WEIGHT_DECIMALS } from './softmax-card.ts';
import { SoftmaxSection } from './softmax-section.tsx';
import { matrixOf, rowOf } from './tensor-rows.ts';
import { openCell, usePinned } from './use-staged.ts';

export interface ViewProps {
  readonly scene: Scene;
  readonly score: ScoreKind;
  readonly held: ReturnType<typeof useHeld>;
  readonly tools: ReactNode;
}

export function ForwardView({ scene, score, held, tools }: ViewProps) {
  const { cell } = useStrings();
  const question = useMemo(() => ({ scene, parameters: scoreParameters(score) }), [scene, score]);
  const asked = useAnswer('trace', question, { isLive: true, isHeld: held.isHeld });
  // After another score was chosen, the last answer stays until the new one is there.
  const trace = asked.answer && asked.answer.score !== 'none' ? asked.answer : null;
  const isEmpty = trace?.translation.target.length === 0;
  return (
    <PanelFrame
      step={trace?.step ?? null}
      isBehind={asked.isBehind}
      error={asked.error}
      held={held}
      tools={tools}
      note={isEmpty ? cell.noWords : null}
    >
      {trace && <Card trace={trace} scene={asked.question?.scene ?? scene} />}
    </PanelFrame>
  );
}

function Card({ trace, scene }: { readonly trace: Trace; readonly scene: Scene }) {
  const strings = useStrings();
  const { source, target } = trace.translation;
  const weights = matrixOf(trace.tensors, 'attention.weights');
  const pinned = usePinned();
  const { row, column } = openCell(pinned, weights.data, target.length, source.length);
  const score = useMemo(() => scoreCard(trace, row, column), [trace, row, column]);
  const isByHand = Boolean(scene.attention[row]);
  const [alphas, scores] = [rowOf(weights, row), rowOf(matrixOf(trace.tensors, 'attention.scores'), row)];
  const softmax = useMemo(
    () => (isByHand ? null : softmaxCard(scores, alphas, scene.temperature, scene.off.paddingMask)),
    [isByHand, scores, alphas, scene.temperature, scene.off.paddingMask],
  );
  const weight = softmax?.entries[column]?.weight ?? print(alphas[column] as number, WEIGHT_DECIMALS);
  const [sourceWord, targetWord] = [source[column]?.text ?? '', target[row]?.text ?? ''];
  return (
    <>
      <h2 className="visually-hidden">
        {strings.cell.opened(tokenName(targetWord, strings), tokenName(sourceWord, strings), weight.text)}
      </h2>
      <p className="open-cell" aria-hidden="true">
        <Word side="target" token={targetWord} place={row} />
        <span className="open-arrow">→</span>
        <Word side="source" token={sourceWord} place={column} />
        <span className="open-weight">α = {weight.text}</span>
      </p>
      <div className="card-steps">
        <ScoreSection trace={trace} card={score} />
        <SoftmaxSection
          card={softmax}
          source={source.map(({ text }) => text)}
          weights={alphas}
          scores={scores}
          column={column}
          isByHand={isByHand}
        />
        <ContextSection trace={trace} row={row} column={column} isOff={scene.off.attention} />
      </div>
    </>
  );
}
