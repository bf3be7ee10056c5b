/**
 * The translator of `MODEL.md` as two ONNX models, as decoders are deployed: the encoder runs once a sentence, the decoder once a
 * word. Batch size B and source length S are free.
 *
 * | model | inputs | outputs |
 * |---|---|---|
 * | encoder | `source` int64 [B, S], padded with 0; `lengths` int64 [B] | `annotations` [B, S, De], `keys` [B, S, A], `h`, `c` [B, Hd], `context`, `final` [B, De] |
 * | decoder | `token` int64 [B], `h`, `c`, and of the encoder's outputs what it needs; `lengths` | `logits` [B, V], `weights` [B, S], `next_h`, `next_c`, `next_context` |
 *
 * `annotations`, `lengths` and `weights` are there with attention, `keys` with a score that has a W, `context` with the placement
 * 'after', whose LSTM is fed the context of the word before, and `final` without attention or with one that comes too late, where it is
 * the context. A reader has `picture` float32 [B, height, width] in place of `source`, and no `lengths`, since nothing is padded.
 */

import { annotationSizeOf, type ModelShape } from '../parameters.ts';
import { encodePictures, encodeWords } from './encoders.ts';
import { OnnxGraph } from './graph.ts';
import { attend, type Drawing, hasKeys, keySize, keys, linear, lstm, parameter, type Weight } from './parts.ts';

export interface OnnxTranslator {
  readonly encoder: Uint8Array<ArrayBuffer>;
  readonly decoder: Uint8Array<ArrayBuffer>;
}

/**
 * Both files of a translator or a reader.
 * @param weights - every parameter by its PyTorch name, the `bias_hh` included
 * @param metadata - texts that both files carry, vocabularies for example
 * @throws Error where a weight is missing
 */
export function translatorToOnnx(
  shape: ModelShape,
  weights: Readonly<Record<string, Weight>>,
  metadata: Readonly<Record<string, string>>,
): OnnxTranslator {
  return {
    encoder: drawEncoder(shape, weights).encode(metadata),
    decoder: drawDecoder(shape, weights).encode(metadata),
  };
}

function drawEncoder(shape: ModelShape, weights: Drawing['weights']): OnnxGraph {
  const graph = new OnnxGraph(
    'encoder',
    'Reads a source: annotations of its words or cells, and the first state of the decoder.',
  );
  const drawing = { graph, shape, weights };
  const De = annotationSizeOf(shape);
  const { decoderHidden: Hd } = shape;
  const {
    annotations,
    finalH: final,
    finalC,
  } = shape.kind === 'reader' ? encodePictures(drawing) : encodeWords(drawing);
  if (shape.score !== 'none') {
    graph.output('annotations', annotations, 'float32', 'batch', 'source_length', De);
    if (hasKeys(shape.score))
      graph.output('keys', keys(drawing, annotations), 'float32', 'batch', 'source_length', keySize(shape));
  }
  const bridge = (name: string, state: string) => graph.node('Tanh', [linear(drawing, name, state)]);
  graph.output('h', bridge('bridge.h', final), 'float32', 'batch', Hd);
  graph.output('c', bridge('bridge.c', finalC), 'float32', 'batch', Hd);
  if (shape.placement === 'after') {
    const nothing = graph.node('ConstantOfShape', [graph.node('Shape', [final])]);
    graph.output('context', nothing, 'float32', 'batch', De);
  }
  if (readsFinal(shape)) graph.output('final', final, 'float32', 'batch', De);
  return graph;
}

/** Whether the decoder reads the encoder's last state at every step: without attention, and where it comes too late. */
const readsFinal = ({ score, placement }: ModelShape): boolean => score === 'none' || placement === 'too-late';

function drawDecoder(shape: ModelShape, weights: Drawing['weights']): OnnxGraph {
  const graph = new OnnxGraph('decoder', 'One step: from the word before and the state, the scores of every word.');
  const drawing = { graph, shape, weights };
  const De = annotationSizeOf(shape);
  const { decoderHidden: Hd, outputs: V, score } = shape;
  const isAfter = shape.placement === 'after';
  const token = graph.input('token', 'int64', 'batch');
  const before = { h: graph.input('h', 'float32', 'batch', Hd), c: graph.input('c', 'float32', 'batch', Hd) };
  const fed = isAfter ? graph.input('context', 'float32', 'batch', De) : null;
  const final = readsFinal(shape) ? graph.input('final', 'float32', 'batch', De) : null;
  const read = readerOf(drawing);

  const y = graph.node('Gather', [parameter(drawing, 'decoder.embedding.weight'), token]);
  const attendedBefore = shape.placement === 'before' ? read(before.h) : null;
  const input = graph.node('Concat', [y, fed ?? final ?? attendedBefore?.context ?? ''], { axis: 1 });
  const state = { h: step(graph, before.h), c: step(graph, before.c) };
  const [, lastH, lastC] = lstm(drawing, 'decoder.lstm', ['l0'], step(graph, input), '', state);
  const [h, c] = [lastH, lastC].map((last) => graph.node('Squeeze', [last, graph.integers([0])])) as [string, string];
  const attended = attendedBefore ?? read(h);
  const joined = graph.node('Concat', [h, final ?? attended.context, y], { axis: 1 });
  const hidden = graph.node('Tanh', [linear(drawing, 'readout', joined)]);
  graph.output('logits', linear(drawing, 'output', hidden), 'float32', 'batch', V);
  if (attended.weights !== null) graph.output('weights', attended.weights, 'float32', 'batch', 'source_length');
  graph.output('next_h', h, 'float32', 'batch', Hd);
  graph.output('next_c', c, 'float32', 'batch', Hd);
  if (isAfter) graph.output('next_context', attended.context, 'float32', 'batch', De);
  return graph;

  /** What the decoder looks at, as an input of the graph; without attention, the encoder's last state at every step. */
  function readerOf({ graph }: Drawing) {
    if (score === 'none') return () => ({ context: final ?? '', weights: null });
    const annotations = graph.input('annotations', 'float32', 'batch', 'source_length', De);
    const compared = hasKeys(score)
      ? graph.input('keys', 'float32', 'batch', 'source_length', keySize(shape))
      : annotations;
    const lengths = shape.kind === 'reader' ? null : graph.input('lengths', 'int64', 'batch');
    return (query: string) => attend(drawing, query, { annotations, compared, lengths });
  }
}

/** A matrix as one step of a sequence: [1, B, n]. */
const step = (graph: OnnxGraph, value: string): string => graph.node('Unsqueeze', [value, graph.integers([0])]);
