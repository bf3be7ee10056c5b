/** Gradients by central differences in float64: an oracle that knows nothing of the formulas of a backward pass. */

import { createRandom, type Random } from '../lib/random.ts';
import type { OpCall } from '../ops/op.ts';
import { type OpName, opDefinition } from '../ops/registry.ts';
import type { Numbers, Operand, View } from '../ops/view.ts';

/** Step of the differences: its square is the truncation error, 1e-16 over it the rounding error. */
const STEP = 1e-6;

/**
 * (loss(x + ε) - loss(x - ε)) / 2ε for the elements of `data` at the given indices. A loss that comes later reads `data` when it is
 * called, as everything does that goes through the queue of an executor.
 */
export async function centralDifferences(
  loss: () => number | Promise<number>,
  data: Float64Array,
  indices: readonly number[],
): Promise<number[]> {
  const pairs = indices.map((index) => {
    const kept = data[index];
    data[index] = kept + STEP;
    const above = loss();
    data[index] = kept - STEP;
    const below = loss();
    data[index] = kept;
    return Promise.all([above, below]);
  });
  return (await Promise.all(pairs)).map(([above, below]) => (above - below) / (2 * STEP));
}

export interface GradientComparison {
  /** |got - want| / |want|, Euclidean norms over all compared elements; |got| where want is 0. */
  readonly relativeError: number;
  /** Largest |want|: where it is tiny, agreement means little. */
  readonly largest: number;
}

export function compareGradients(got: ArrayLike<number>, want: ArrayLike<number>): GradientComparison {
  const norm = (values: readonly number[]) => Math.hypot(...values);
  const wanted = Array.from(want);
  const size = norm(wanted);
  const difference = norm(wanted.map((value, i) => got[i] - value));
  return {
    relativeError: size > 0 ? difference / size : difference,
    largest: Math.max(0, ...wanted.map(Math.abs)),
  };
}

/** Up to `count` different indices below `length`, in their order. */
export function sampleIndices(random: Random, length: number, count: number): number[] {
  const all = Array.from({ length }, (_, i) => i);
  return random
    .shuffle(all)
    .slice(0, count)
    .sort((a, b) => a - b);
}

interface Watched {
  readonly name: string;
  readonly x: View;
  readonly dX: View;
  readonly adds: boolean;
}

const elements = (view: View): number[] =>
  Array.from(
    { length: view.rows * view.columns },
    (_, i) => view.offset + Math.floor(i / view.columns) * view.stride + (i % view.columns),
  );

/**
 * Calls forward and backward whose gradients are to be checked. The loss is the sum of all outputs, each weighted with a random
 * number; those numbers are the gradients that the backward calls start from.
 */
export class GradientCheck {
  readonly random: Random;
  readonly #tensors = new Map<string, Float64Array | Uint32Array>();
  readonly #forward: OpCall[] = [];
  readonly #backward: OpCall[] = [];
  readonly #outputs: { readonly y: View; readonly dY: View | null }[] = [];
  readonly #inputs: Watched[] = [];

  constructor(seed: number) {
    this.random = createRandom(seed);
  }

  /** A new tensor of normal draws, and a view within it that has an offset and gaps between its rows. */
  tensor(rows: number, columns: number, scale = 1): View {
    const tensor = `t${this.#tensors.size}`;
    const [offset, stride] = [this.random.integer(4), columns + this.random.integer(4)];
    const data = Float64Array.from({ length: offset + rows * stride }, () => scale * this.random.normal());
    this.#tensors.set(tensor, data);
    return { tensor, offset, rows, columns, stride };
  }

  /** A new tensor of ids [n, 1]. */
  ids(values: readonly number[]): View {
    const tensor = `t${this.#tensors.size}`;
    this.#tensors.set(tensor, Uint32Array.from(values));
    return { tensor, offset: 0, rows: values.length, columns: 1, stride: 1 };
  }

  /** A new tensor [1, n] with the given numbers. */
  row(values: readonly number[]): View {
    const tensor = `t${this.#tensors.size}`;
    this.#tensors.set(tensor, Float64Array.from(values));
    return { tensor, offset: 0, rows: 1, columns: values.length, stride: values.length };
  }

  forward(op: OpName, operands: Readonly<Record<string, View>>, numbers: Numbers = {}): void {
    this.#forward.push(this.#checked({ op, operands, numbers }));
  }

  backward(op: OpName, operands: Readonly<Record<string, View>>, numbers: Numbers = {}): void {
    this.#backward.push(this.#checked({ op, operands, numbers }));
  }

  /** The loss has a share of y, whose gradient is expected in dY. */
  output(y: View, dY: View): void {
    this.#outputs.push({ y, dY });
  }

  /** The loss has y itself as a share, for an op whose backward pass starts from its own loss. */
  loss(y: View): void {
    this.#outputs.push({ y, dY: null });
  }

  /** The backward calls leave the gradient of x in dX, or `adds` it to what is there. */
  input(name: string, x: View, dX: View, adds = false): void {
    this.#inputs.push({ name, x, dX, adds });
  }

  /** Compares the gradient of every input, over up to `count` of its elements. */
  async run(count = 30): Promise<Record<string, GradientComparison>> {
    const weights = this.#outputs.map(({ y, dY }) => elements(y).map(() => (dY ? this.random.normal() : 1)));
    const loss = () => {
      const after = this.#copies();
      this.#execute(this.#forward, after);
      return this.#outputs.reduce((total, { y }, output) => {
        const data = after.get(y.tensor) as Float64Array;
        return elements(y).reduce((sum, at, i) => sum + weights[output][i] * data[at], total);
      }, 0);
    };
    const state = this.#copies();
    this.#execute(this.#forward, state);
    this.#outputs.forEach(({ dY }, output) => {
      if (!dY) return;
      const data = state.get(dY.tensor) as Float64Array;
      elements(dY).forEach((at, i) => {
        data[at] = weights[output][i];
      });
    });
    const before = new Map([...state].map(([name, data]) => [name, data.slice()]));
    this.#execute(this.#backward, state);
    const results: Record<string, GradientComparison> = {};
    for (const { name, x, dX, adds } of this.#inputs) {
      const chosen = sampleIndices(this.random, x.rows * x.columns, count);
      const [at, dAt] = [elements(x), elements(dX)];
      const start = (i: number) => (adds ? (before.get(dX.tensor) as Float64Array)[dAt[i]] : 0);
      const got = chosen.map((i) => (state.get(dX.tensor) as Float64Array)[dAt[i]] - start(i));
      const data = this.#tensors.get(x.tensor) as Float64Array;
      const indices = chosen.map((i) => at[i]);
      results[name] = compareGradients(got, await centralDifferences(loss, data, indices));
    }
    return results;
  }

  #checked(call: OpCall): OpCall {
    opDefinition(call.op).check(call);
    return call;
  }

  #copies(): Map<string, Float64Array | Uint32Array> {
    return new Map([...this.#tensors].map(([name, data]) => [name, data.slice()]));
  }

  #execute(calls: readonly OpCall[], tensors: ReadonlyMap<string, Float64Array | Uint32Array>): void {
    for (const { op, operands, numbers } of calls) {
      const bound: Record<string, Operand> = {};
      for (const [name, view] of Object.entries(operands))
        bound[name] = { ...view, data: tensors.get(view.tensor) as Float64Array | Uint32Array };
      opDefinition(op).reference(bound, numbers);
    }
  }
}
