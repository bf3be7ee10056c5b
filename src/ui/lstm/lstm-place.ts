/** Where in the model an LSTM step is computed, and the executor's numbers of one unit there (`MODEL.md`, LSTM cell). */

import type { Matrices, Scene, Trace } from '../../training/questions.ts';
import { elementOf, matrixOf, rowOf } from '../cell/tensor-rows.ts';

/** PyTorch's order. */
export const GATES = ['i', 'f', 'g', 'o'] as const;
export type Gate = (typeof GATES)[number];
/** What of a unit can be looked at over time. */
export const QUANTITIES = [...GATES, 'c', 'h'] as const;
export type Quantity = (typeof QUANTITIES)[number];

/** A layer of LSTM cells. */
export type Layer =
  | { readonly part: 'encoder'; readonly layer: number; readonly isReverse: boolean }
  | { readonly part: 'decoder' };

/** Encoder layers from the first on, forward before backward, then the decoder where there is one. */
export function layersOf({ layers, directions }: Pick<Trace, 'layers' | 'directions'>, hasDecoder = true): Layer[] {
  const encoder = Array.from({ length: layers }, (_, layer) =>
    [false, true].slice(0, directions).map((isReverse): Layer => ({ part: 'encoder', layer, isReverse })),
  );
  return [...encoder.flat(), ...(hasDecoder ? [{ part: 'decoder' } as const] : [])];
}

export const layerKey = (layer: Layer): string =>
  layer.part === 'decoder' ? 'decoder' : `${layer.layer}${layer.isReverse ? '_reverse' : ''}`;

/** PyTorch's names of a layer's trained parameters. */
export function lstmParameters(layer: Layer): readonly [weightIh: string, weightHh: string, bias: string] {
  const [prefix, suffix] = layer.part === 'decoder' ? ['decoder', 'l0'] : ['encoder', `l${layerKey(layer)}`];
  return [
    `${prefix}.lstm.weight_ih_${suffix}`,
    `${prefix}.lstm.weight_hh_${suffix}`,
    `${prefix}.lstm.bias_ih_${suffix}`,
  ];
}

/** Units of a layer, H or Hd. */
export const unitsOf = ({ tensors }: Trace, layer: Layer): number => gatesOf(tensors, layer).columns / 4;

/** Positions that a layer computes, S or T. */
export const positionsOf = ({ tensors }: Trace, layer: Layer): number => gatesOf(tensors, layer).rows;

const gatesOf = (tensors: Matrices, layer: Layer) =>
  matrixOf(tensors, layer.part === 'decoder' ? 'decoder.gates' : `encoder.gates.l${layerKey(layer)}`);

/** State after a position; one before the first step is the initial state. */
function stateOf(trace: Trace, layer: Layer, name: 'h' | 'c', position: number): Float32Array {
  if (layer.part === 'decoder') return rowOf(matrixOf(trace.tensors, `decoder.${name}`), position + 1);
  const matrix = matrixOf(trace.tensors, `encoder.${name}.l${layer.layer}`);
  const units = matrix.columns / trace.directions;
  const row = rowOf(matrix, position + 1);
  return layer.isReverse ? row.subarray(units) : row.subarray(0, units);
}

/** The position computed before this one; -1 or S for the initial state. */
export const previousPosition = (layer: Layer, position: number): number =>
  layer.part === 'encoder' && layer.isReverse ? position + 1 : position - 1;

/** One quantity of one unit at one position. */
export function quantityAt(trace: Trace, layer: Layer, quantity: Quantity, position: number, unit: number): number {
  if (quantity === 'h' || quantity === 'c') return stateOf(trace, layer, quantity, position)[unit] as number;
  return elementOf(gatesOf(trace.tensors, layer), position, GATES.indexOf(quantity) * unitsOf(trace, layer) + unit);
}

/** One quantity of all units over time, row-major [units, positions]. */
export function quantityMap(trace: Trace, layer: Layer, quantity: Quantity): Float32Array {
  const [units, positions] = [unitsOf(trace, layer), positionsOf(trace, layer)];
  const map = new Float32Array(units * positions);
  for (let t = 0; t < positions; t++)
    for (let u = 0; u < units; u++) map[u * positions + t] = quantityAt(trace, layer, quantity, t, u);
  return map;
}

/** What a gate adds up before its sigmoid or tanh. */
export interface GateParts {
  /** W_ih x over the embedding, or over the states of the layer below */
  readonly input: number;
  /** W_hh h_{t-1} */
  readonly recurrent: number;
  /** W_ih ctx of a decoder; null in an encoder */
  readonly context: number | null;
  readonly bias: number;
}

/** The executor's numbers of one unit at one step. */
export interface UnitStep {
  readonly parts: Readonly<Record<Gate, GateParts>>;
  readonly values: Readonly<Record<Quantity, number>>;
  readonly cBefore: number;
}

/** @param trace with `lstmParameters` of the layer */
export function unitStep(trace: Trace, scene: Scene, layer: Layer, position: number, unit: number): UnitStep {
  const [weightIh, weightHh, bias] = lstmParameters(layer).map((name) => matrixOf(trace.parameters, name)) as [
    Matrices[string],
    Matrices[string],
    Matrices[string],
  ];
  const units = unitsOf(trace, layer);
  const before = previousPosition(layer, position);
  const hBefore = stateOf(trace, layer, 'h', before);
  const x = inputOf(trace, layer, position);
  const fed = layer.part === 'decoder' ? contextFed(trace, scene, position) : null;
  const partsOf = (gate: Gate): GateParts => {
    const row = GATES.indexOf(gate) * units + unit;
    const weights = rowOf(weightIh, row);
    return {
      input: product(weights, x, 0),
      recurrent: product(rowOf(weightHh, row), hBefore, 0),
      context: fed && product(weights, fed, x.length),
      bias: bias.data[row] as number,
    };
  };
  return {
    parts: { i: partsOf('i'), f: partsOf('f'), g: partsOf('g'), o: partsOf('o') },
    values: Object.fromEntries(
      QUANTITIES.map((quantity) => [quantity, quantityAt(trace, layer, quantity, position, unit)]),
    ) as Record<Quantity, number>,
    cBefore: stateOf(trace, layer, 'c', before)[unit] as number,
  };
}

/** What a layer reads at a position: a word's embedding, or the states of the layer below. */
function inputOf({ tensors }: Trace, layer: Layer, position: number): Float32Array {
  if (layer.part === 'decoder') return rowOf(matrixOf(tensors, 'decoder.embedded'), position);
  return layer.layer === 0
    ? rowOf(matrixOf(tensors, 'encoder.embedded'), position)
    : rowOf(matrixOf(tensors, `encoder.h.l${layer.layer - 1}`), position + 1);
}

/** The context that a decoder step reads: its own, or under 'after' that of the step before. */
function contextFed({ tensors, placement }: Trace, { off }: Scene, position: number): Float32Array {
  const contexts = matrixOf(tensors, 'decoder.contexts');
  const row = rowOf(contexts, placement === 'after' ? position : position + 1);
  return off.inputFeeding ? new Float32Array(row.length) : row;
}

/** weights[from…]·x */
function product(weights: Float32Array, x: Float32Array, from: number): number {
  let sum = 0;
  for (let i = 0; i < x.length; i++) sum += (weights[from + i] as number) * (x[i] as number);
  return sum;
}
