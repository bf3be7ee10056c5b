/** The classifier of `MODEL.md` as one ONNX model: `source` int64 [B, S] and `lengths` int64 [B] to `logits` [B, K] and `weights` [B, S]. */

import type { ModelShape } from '../parameters.ts';
import { encodeWords } from './encoders.ts';
import { OnnxGraph } from './graph.ts';
import { attend, comparedWith, type Drawing, linear } from './parts.ts';

/** @throws Error where a weight is missing */
export function classifierToOnnx(
  shape: ModelShape,
  weights: Drawing['weights'],
  metadata: Readonly<Record<string, string>>,
): Uint8Array<ArrayBuffer> {
  const graph = new OnnxGraph('classifier', 'Reads a sentence and gives the score of every class.');
  const drawing = { graph, shape, weights };
  const { annotations, finalH, lengths } = encodeWords(drawing);
  const query = graph.node('Tanh', [linear(drawing, 'bridge.h', finalH)]);
  const compared = shape.score === 'none' ? '' : comparedWith(drawing, annotations);
  const attended = shape.score === 'none' ? null : attend(drawing, query, { annotations, compared, lengths });
  const joined = graph.node('Concat', [query, attended?.context ?? finalH], { axis: 1 });
  const hidden = graph.node('Tanh', [linear(drawing, 'readout', joined)]);
  graph.output('logits', linear(drawing, 'output', hidden), 'float32', 'batch', shape.outputs);
  if (attended) graph.output('weights', attended.weights, 'float32', 'batch', 'source_length');
  return graph.encode(metadata);
}
