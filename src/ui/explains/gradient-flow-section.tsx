/** How much of the loss reaches every state of the encoder and of the decoder. */

import { useState } from 'react';
import type { Backward, Question } from '../../training/questions.ts';
import { useRun, useStrings } from '../context.ts';
import { useAnswer } from '../drawer/use-answer.ts';
import { ScrollFrame } from '../parts/scroll-frame.tsx';
import { Segmented } from '../parts/segmented.tsx';
import { type Side, tokenText } from '../parts/word.tsx';
import { FlowChart } from './flow-chart.tsx';
import { decoderFlow, encoderFlow, type FlowSeries, flowFactor, layersOf } from './gradient-flow.ts';
import { normText } from './numbers.ts';

export interface GradientFlowProps {
  readonly question: Question<'backward'>;
  readonly isHeld: boolean;
  readonly isTable: boolean;
}

export function GradientFlow({ question, isHeld, isTable }: GradientFlowProps) {
  const { answer } = useAnswer('backward', question, { isLive: true, isHeld });
  return answer && <Flow answer={answer} isTable={isTable} />;
}

function Flow({ answer, isTable }: { readonly answer: Backward; readonly isTable: boolean }) {
  const strings = useStrings();
  const { flow } = strings.explains;
  const layers = layersOf(answer);
  const [chosen, choose] = useState(layers - 1);
  const layer = Math.min(chosen, layers - 1);
  const encoder = encoderFlow(answer, layer);
  const decoder = decoderFlow(answer);
  const factor = flowFactor(encoder);
  const hasAttention = 'attention.weights' in answer.tensors;
  return (
    <section className="flow" aria-labelledby="flow-title">
      <div className="flow-bar">
        <h3 id="flow-title">{flow.title}</h3>
        {layers > 1 && (
          <Segmented
            label={flow.layer}
            value={String(layer)}
            options={Array.from({ length: layers }, (_, i) => ({ value: String(i), label: flow.layerName(i + 1) }))}
            onChange={(value) => choose(Number(value))}
          />
        )}
      </div>
      {isTable ? (
        <div className="flow-charts">
          <FlowTable title={flow.encoder} side="source" tokens={answer.source} series={encoder} />
          {decoder.length > 0 && (
            <FlowTable title={flow.decoder} side="target" tokens={answer.target} series={decoder} />
          )}
        </div>
      ) : (
        <div className="flow-charts">
          <FlowChart title={flow.encoder} side="source" tokens={answer.source} series={encoder} />
          {decoder.length > 0 && (
            <FlowChart title={flow.decoder} side="target" tokens={answer.target} series={decoder} />
          )}
        </div>
      )}
      <p className="drawer-note">
        {strings.joined.sentences([
          ...(factor !== null && answer.source.length > 1
            ? [flow.reading(hasAttention, normText(factor, strings.language))]
            : []),
          flow.general,
        ])}
      </p>
    </section>
  );
}

interface FlowTableProps {
  readonly title: string;
  readonly side: Side;
  readonly tokens: readonly string[];
  readonly series: readonly FlowSeries[];
}

function FlowTable({ title, side, tokens, series }: FlowTableProps) {
  const strings = useStrings();
  const { flow } = strings.explains;
  const language = useRun(({ run }) => (side === 'source' ? run?.sourceLanguage : run?.targetLanguage));
  return (
    <ScrollFrame className="table-frame" label={title}>
      <table className="heatmap-table">
        <caption>
          {title} <span className="unit">{flow.unit}</span>
        </caption>
        <thead>
          <tr>
            <th scope="col">{flow.position}</th>
            {series.map(({ direction }) => (
              <th key={direction} scope="col">
                {series.length > 1 ? (direction === 'forward' ? flow.forward : flow.backward) : flow.norm}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {tokens.map((token, place) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: a row is its place in the sentence
            <tr key={place}>
              <th scope="row" className={side} {...(language && { lang: language })}>
                {tokenText(token)}
              </th>
              {series.map(({ direction, norms }) => (
                <td key={direction}>{normText(norms[place] ?? 0, strings.language)}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </ScrollFrame>
  );
}
