/** Answers `backward`: forward and backward over one sentence, with the tensors of both. */

import type { TensorData } from '../../engine/executor.ts';
import { annotationSizeOf, directionsOf, type ModelShape, type ParameterLayout } from '../../model/parameters.ts';
import { METRICS } from '../../ops/step-data.ts';
import type { Backward, Matrices, Matrix, Question } from '../questions.ts';
import { encodePair, type GradientPlans } from './gradient-plans.ts';
import { cutSentence } from './sentence-tensors.ts';

/** How many positions of a tensor belong to a sentence: source words, target words, and slots around them. */
type Extent = 'source' | 'sourceSlots' | 'target' | 'targetSlots';

interface Wanted {
  /** In the program, and in the answer where that differs. */
  readonly name: string;
  readonly as?: string;
  readonly extent: Extent;
  readonly columns: number;
  /** Columns are source words. */
  readonly isOverSource?: boolean;
}

function wantedTensors(shape: ModelShape): Wanted[] {
  const De = annotationSizeOf(shape);
  const { embedding: E, hidden: H, decoderHidden: Hd, outputs: V } = shape;
  const A = shape.score === 'additive' ? shape.attention : shape.score === 'general' ? Hd : 1;
  const layers = Array.from({ length: shape.layers }, (_, layer) => `l${layer}`);
  const tensors = (extent: Extent, columns: number, ...names: string[]): Wanted[] =>
    names.map((name) => ({ name, extent, columns }));
  return [
    ...tensors('source', E, 'encoder.embedded'),
    ...layers.flatMap((layer) => [
      ...directionsOf(shape).flatMap((suffix) => tensors('source', 4 * H, `encoder.gates.${layer}${suffix}`)),
      ...tensors('sourceSlots', De, `encoder.h.${layer}`, `encoder.c.${layer}`, `encoder.dH.${layer}`),
    ]),
    ...tensors('source', A, 'attention.keys', 'attention.dKeys'),
    ...tensors('target', A, 'attention.queries', 'attention.dQueries'),
    ...tensors('target', 0, 'attention.scores', 'attention.weights', 'attention.dWeights', 'attention.dScores').map(
      (tensor) => ({ ...tensor, isOverSource: true }),
    ),
    ...tensors('target', Hd, 'query', 'dQuery'),
    ...tensors('target', De, 'context', 'dContext'),
    ...tensors('target', E, 'decoder.embedded'),
    ...tensors('target', 4 * Hd, 'decoder.gates'),
    ...tensors('targetSlots', Hd, 'decoder.h', 'decoder.c', 'decoder.dH'),
    ...tensors('targetSlots', De, 'decoder.contexts', 'decoder.dContexts'),
    { name: 'logits', as: 'readout.logits', extent: 'target', columns: V },
  ];
}

/** dL/dθ of the attention's parameters, by name. */
function attentionGradients(layout: ParameterLayout, gradients: TensorData): Matrices {
  const own = layout.specs.filter(({ name, isTrained }) => isTrained && name.startsWith('attention.'));
  return Object.fromEntries(
    own.map(({ name }): [string, Matrix] => {
      const { offset, rows, columns } = layout.view('gradients', name);
      return [name, { rows, columns, data: Float32Array.from(gradients.subarray(offset, offset + rows * columns)) }];
    }),
  );
}

/** @throws SentenceError for a pair that does not fit */
export async function answerBackward(
  plans: GradientPlans,
  { source, target }: Question<'backward'>,
): Promise<Backward> {
  const { trainer } = plans.explored;
  const pair = encodePair(plans.explored, source, target);
  const wanted = wantedTensors(trainer.layout.shape);
  const names = [...wanted.map(({ name }) => name), 'metrics', 'gradients'];
  const { step, size, data } = await plans.run([pair], names);
  const [S, T] = [pair.source.length, pair.target.length];
  const rows: Record<Extent, number> = { source: S, sourceSlots: S + 2, target: T, targetSlots: T + 1 };
  const tensors: Record<string, Matrix> = {};
  for (const { name, as = name, extent, columns, isOverSource } of wanted) {
    const values = data[name];
    if (!values) continue;
    const [stride, width] = isOverSource ? [size.sourceLength, S] : [columns, columns];
    const matrix = cutSentence(values, { batch: size.batch, row: 0, rows: rows[extent], stride, columns: width });
    // Where the plan is longer than the sentence, its padding carries the last state on; the slot behind a sentence is empty.
    if (extent === 'sourceSlots') matrix.data.fill(0, (S + 1) * columns);
    tensors[as] = matrix;
  }
  return {
    step,
    loss: data.metrics?.[METRICS.loss] ?? Number.NaN,
    source,
    target: pair.targetTokens,
    tensors,
    gradients: attentionGradients(trainer.layout, data.gradients as TensorData),
  };
}
