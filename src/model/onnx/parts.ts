/** The parts of `MODEL.md` as ONNX nodes: linear layers, LSTMs, scores. */

import type { ScoreKind } from '../config.ts';
import { annotationSizeOf, directionsOf, type ModelShape } from '../parameters.ts';
import type { OnnxGraph } from './graph.ts';

/** One weight by its PyTorch name. */
export interface Weight {
  readonly shape: readonly number[];
  readonly data: ArrayLike<number>;
}

/** A graph, the model that it is of, and where its weights come from. */
export interface Drawing {
  readonly graph: OnnxGraph;
  readonly shape: ModelShape;
  readonly weights: Readonly<Record<string, Weight>>;
}

/** How a weight is called in the graph: as in PyTorch. */
export function parameter({ graph, weights }: Drawing, name: string): string {
  const weight = weights[name];
  if (!weight) throw new Error(`onnx: the model has no ${name}`);
  return graph.weight(name, weight.shape, weight.data);
}

/** y = x Wᵀ + b of a matrix x; without a bias where the model has none. */
export function linear(drawing: Drawing, name: string, x: string, hasBias = true): string {
  const bias = hasBias ? [parameter(drawing, `${name}.bias`)] : [];
  return drawing.graph.node('Gemm', [x, parameter(drawing, `${name}.weight`), ...bias], { transB: 1 });
}

/** PyTorch has the gates as i f g o, ONNX as i o f c: blocks of rows in the other order. */
function reorderGates({ shape, data }: Weight): number[] {
  const block = data.length / 4;
  const rows = Array.from(data);
  const [i, f, g, o] = [0, 1, 2, 3].map((gate) => rows.slice(gate * block, (gate + 1) * block));
  if (shape[0] === undefined || shape[0] % 4 !== 0) throw new Error('onnx: an LSTM expected four gates');
  return [...(i as number[]), ...(o as number[]), ...(f as number[]), ...(g as number[])];
}

/** The states that an LSTM starts from. */
interface Start {
  readonly h: string;
  readonly c: string;
}

/**
 * An LSTM layer over x [S, B, I].
 * @param suffixes - what PyTorch's names end with, for each direction
 * @returns names of all states [S, directions, B, H], and of the last h and c [directions, B, H]
 */
export function lstm(
  { graph, weights }: Drawing,
  prefix: string,
  suffixes: readonly string[],
  x: string,
  lengths: string,
  start?: Start,
): [all: string, h: string, c: string] {
  const of = (kind: string, suffix: string): Weight => {
    const weight = weights[`${prefix}.${kind}_${suffix}`];
    if (!weight) throw new Error(`onnx: the model has no ${prefix}.${kind}_${suffix}`);
    return weight;
  };
  const stacked = (kind: string): Weight => {
    const parts = suffixes.map((suffix) => of(kind, suffix));
    return { shape: [parts.length, ...(parts[0]?.shape ?? [])], data: parts.flatMap(reorderGates) };
  };
  const [W, R] = [stacked('weight_ih'), stacked('weight_hh')];
  const biases = suffixes.flatMap((suffix) => [
    ...reorderGates(of('bias_ih', suffix)),
    ...reorderGates(of('bias_hh', suffix)),
  ]);
  const units = (R.shape[2] as number) ?? 0;
  const name = `${prefix}.${suffixes[0]}`;
  const inputs = [
    x,
    graph.weight(`${name}.W`, W.shape, W.data),
    graph.weight(`${name}.R`, R.shape, R.data),
    graph.weight(`${name}.B`, [suffixes.length, 8 * units], biases),
    lengths,
    ...(start ? [start.h, start.c] : []),
  ];
  const direction = suffixes.length === 2 ? 'bidirectional' : 'forward';
  return graph.nodes('LSTM', 3, inputs, { hidden_size: units, direction }) as [string, string, string];
}

/** Suffixes of a layer of the encoder in PyTorch's names. */
export const layerSuffixes = (shape: ModelShape, layer: number): string[] =>
  directionsOf(shape).map((suffix) => `l${layer}${suffix}`);

/** Whether the scores compare the query with something else than the annotations as they are. */
export const hasKeys = (score: ScoreKind): boolean =>
  score === 'additive' || score === 'linear-concat' || score === 'general';

/** Columns of the keys. */
export const keySize = ({ score, attention, decoderHidden }: ModelShape): number =>
  score === 'additive' ? attention : score === 'linear-concat' ? 1 : decoderHidden;

/** W h_j, and b where the score has one, for all words at once: [B, S, A] from annotations [B, S, De]. */
export function keys(drawing: Drawing, annotations: string): string {
  const { graph, shape } = drawing;
  const W = graph.node('Transpose', [parameter(drawing, 'attention.W.weight')], { perm: [1, 0] });
  const projected = graph.node('MatMul', [annotations, W]);
  return shape.score === 'general' ? projected : graph.node('Add', [projected, parameter(drawing, 'attention.b')]);
}

/** What queries are compared with: the keys, or the annotations as they are. */
export const comparedWith = (drawing: Drawing, annotations: string): string =>
  hasKeys(drawing.shape.score) ? keys(drawing, annotations) : annotations;

/** Raw scores [B, S] of queries [B, Hd]. */
function scores(drawing: Drawing, query: string, annotations: string, compared: string): string {
  const { graph, shape } = drawing;
  const asRow = (value: string) => graph.node('Unsqueeze', [value, graph.integers([1])]);
  switch (shape.score) {
    case 'additive': {
      const sum = graph.node('Add', [compared, asRow(linear(drawing, 'attention.U', query, false))]);
      return graph.node('MatMul', [graph.node('Tanh', [sum]), parameter(drawing, 'attention.v')]);
    }
    case 'linear-concat': {
      const sum = graph.node('Add', [compared, asRow(linear(drawing, 'attention.U', query, false))]);
      return graph.node('Squeeze', [sum, graph.integers([2])]);
    }
    case 'general':
    case 'dot':
    case 'scaled-dot': {
      const column = graph.node('Unsqueeze', [query, graph.integers([2])]);
      const product = graph.node('Squeeze', [graph.node('MatMul', [compared, column]), graph.integers([2])]);
      if (shape.score !== 'scaled-dot') return product;
      const scale = 1 / Math.sqrt(annotationSizeOf(shape));
      return graph.node('Mul', [product, graph.weight('attention.scale', [], [scale])]);
    }
    default: {
      const size = graph.node('Shape', [annotations]);
      const rows = graph.node('Slice', [size, graph.integers([0]), graph.integers([2])]);
      return graph.node('ConstantOfShape', [rows]);
    }
  }
}

/** Stands for −∞, which not every tool takes: its exponential is exactly 0 beside any score. */
const NEVER = -3.4028234663852886e38;

/** Weights α [B, S], 0 on padding, and contexts [B, De] of queries [B, Hd]; without lengths nothing is padding. */
export function attend(
  drawing: Drawing,
  query: string,
  { annotations, compared, lengths }: { annotations: string; compared: string; lengths: string | null },
): { weights: string; context: string } {
  const { graph } = drawing;
  const raw = scores(drawing, query, annotations, compared);
  const masked = lengths === null ? raw : maskPadding(drawing, raw, annotations, lengths);
  const weights = graph.node('Softmax', [masked], { axis: 1 });
  const row = graph.node('Unsqueeze', [weights, graph.integers([1])]);
  const context = graph.node('Squeeze', [graph.node('MatMul', [row, annotations]), graph.integers([1])]);
  return { weights, context };
}

function maskPadding({ graph }: Drawing, raw: string, annotations: string, lengths: string): string {
  const length = graph.node('Gather', [graph.node('Shape', [annotations]), graph.integers(1)]);
  const positions = graph.node('Range', [graph.integers(0), length, graph.integers(1)]);
  const isWord = graph.node('Less', [
    graph.node('Unsqueeze', [positions, graph.integers([0])]),
    graph.node('Unsqueeze', [lengths, graph.integers([1])]),
  ]);
  return graph.node('Where', [isWord, raw, graph.weight('attention.never', [], [NEVER])]);
}
