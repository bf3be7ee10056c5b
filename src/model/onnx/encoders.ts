/** What a model reads, as ONNX nodes: sentences by LSTMs, pictures by convolutions. */

import { annotationSizeOf, convolutionsOf } from '../parameters.ts';
import { type Drawing, layerSuffixes, lstm, parameter } from './parts.ts';

/** Names of what an encoder leaves. */
export interface Encoded {
  /** [B, S, De] */
  readonly annotations: string;
  /** [B, De] */
  readonly finalH: string;
  readonly finalC: string;
  /** int64 [B]; null where nothing is padded. */
  readonly lengths: string | null;
}

/** Inputs `source` int64 [B, S], padded with 0, and `lengths` int64 [B]. */
export function encodeWords(drawing: Drawing): Encoded {
  const { graph, shape } = drawing;
  const source = graph.input('source', 'int64', 'batch', 'source_length');
  const given = graph.input('lengths', 'int64', 'batch');
  const lengths = graph.node('Cast', [given], { to: 6 });
  const embedded = graph.node('Gather', [parameter(drawing, 'encoder.embedding.weight'), source]);
  let x = graph.node('Transpose', [embedded], { perm: [1, 0, 2] }); // [S, B, E]
  let [h, c] = ['', ''];
  for (let layer = 0; layer < shape.layers; layer++) {
    const [all, lastH, lastC] = lstm(drawing, 'encoder.lstm', layerSuffixes(shape, layer), x, lengths);
    const together = graph.node('Transpose', [all], { perm: [0, 2, 1, 3] }); // [S, B, directions, H]
    x = graph.node('Reshape', [together, graph.integers([0, 0, -1])]); // [S, B, De]
    [h, c] = [lastH, lastC];
  }
  const beside = (state: string) =>
    graph.node('Reshape', [graph.node('Transpose', [state], { perm: [1, 0, 2] }), graph.integers([0, -1])]); // [B, De]
  const annotations = graph.node('Transpose', [x], { perm: [1, 0, 2] }); // [B, S, De]
  return { annotations, finalH: beside(h), finalC: beside(c), lengths: given };
}

/** Input `picture` float32 [B, height, width], 0 paper to 1 ink. @throws Error for a model that reads no pictures */
export function encodePictures(drawing: Drawing): Encoded {
  const { graph, shape } = drawing;
  if (!shape.picture) throw new Error('onnx: the model reads no pictures');
  const { height, width } = shape.picture;
  const picture = graph.input('picture', 'float32', 'batch', height, width);
  const grey = graph.node('Unsqueeze', [picture, graph.integers([1])]); // [B, 1, height, width]
  const places = graph.weight('encoder.places', [1, 2, height, width], placesOf(height, width));
  const batch = graph.node('Slice', [graph.node('Shape', [picture]), graph.integers([0]), graph.integers([1])]);
  const size = graph.node('Concat', [batch, graph.integers([2, height, width])], { axis: 0 });
  let x = graph.node('Concat', [grey, graph.node('Expand', [places, size])], { axis: 1 }); // [B, 3, height, width]
  const layers = convolutionsOf(shape);
  layers.forEach(({ name, step }, i) => {
    const inputs = [x, parameter(drawing, `${name}.weight`), parameter(drawing, `${name}.bias`)];
    const attributes = { kernel_shape: [3, 3], pads: [1, 1, 1, 1], strides: [step, step] };
    x = graph.node(i === layers.length - 1 ? 'Tanh' : 'Relu', [graph.node('Conv', inputs, attributes)]);
  });
  const flat = graph.node('Reshape', [x, graph.integers([0, annotationSizeOf(shape), -1])]); // [B, De, S]
  const annotations = graph.node('Transpose', [flat], { perm: [0, 2, 1] });
  const mean = graph.node('ReduceMean', [annotations], { axes: [1], keepdims: 0 });
  return { annotations, finalH: mean, finalC: mean, lengths: null };
}

/** Each pixel's place across and down, from -1 to 1. */
function placesOf(height: number, width: number): number[] {
  const across = Array.from({ length: height * width }, (_, i) => (2 * (i % width) + 1) / width - 1);
  const down = Array.from({ length: height * width }, (_, i) => (2 * Math.floor(i / width) + 1) / height - 1);
  return [...across, ...down];
}
