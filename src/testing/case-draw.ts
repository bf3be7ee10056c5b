/** Draws the operands of op calls: tensors that are longer than their views, so that a write beside a view shows. */

import { createRandom, type Random } from '../lib/random.ts';
import type { OpName } from '../ops/registry.ts';
import { COUNTERS, COUNTERS_LENGTH, METRICS, METRICS_LENGTH, VALUES, VALUES_LENGTH } from '../ops/step-data.ts';
import type { Numbers, View } from '../ops/view.ts';

/** Sizes from which the shapes of a case are made; their product stays small enough for plain loops. */
export interface Sizes {
  /** B */
  readonly rows: number;
  /** S or T */
  readonly steps: number;
  /** H, E, A: columns */
  readonly size: number;
  /** V, or the outputs of a linear layer */
  readonly vocabulary: number;
}

/**
 * What the operands that feed a non-linearity hold: normal draws; a mix of 0, ±1, ±89 (where exp overflows) and ±1e4; or the same
 * number everywhere, so that all are the maximum.
 */
export type Content = 'normal' | 'large' | 'equal';

export interface DrawOptions {
  readonly sizes: Sizes;
  readonly seed: number;
  readonly content: Content;
  /** Views with an offset and rows further apart than their columns; else each view is its whole tensor but for the guards. */
  readonly isStrided: boolean;
}

/** An operand: a tensor with its contents before the call, and the view of it that the call gets. */
export interface CaseTensor {
  readonly view: View;
  readonly data: Float64Array | Uint32Array;
}

/** One call of an op with everything it needs. */
export interface OpCase {
  readonly name: string;
  readonly op: OpName;
  readonly tensors: Readonly<Record<string, CaseTensor>>;
  readonly numbers: Numbers;
  /** Operands whose contents after the call mean nothing outside of it. */
  readonly scratch: readonly string[];
}

const LARGE = [0, 1, -1, 89, -89, 1e4, -1e4] as const;

/** Words behind every view that no call may touch; an access beyond a buffer's end lands on its last word. */
const GUARD_WORDS = 3;

export class Draw {
  readonly random: Random;

  constructor(
    readonly op: OpName,
    readonly options: DrawOptions,
  ) {
    this.random = createRandom(options.seed, options.sizes.rows, options.sizes.steps, options.sizes.size);
  }

  get sizes(): Sizes {
    return this.options.sizes;
  }

  /** Normal draws with standard deviation `scale`, in float32 so that every executor starts from the same numbers. */
  normal(rows: number, columns: number, scale = 1): CaseTensor {
    return this.#matrix(rows, columns, () => scale * this.random.normal());
  }

  /** Uniform draws between 0 and `scale`. */
  uniform(rows: number, columns: number, scale = 1): CaseTensor {
    return this.#matrix(rows, columns, () => scale * this.random.uniform());
  }

  /** 1 or -1. */
  signs(rows: number, columns: number): CaseTensor {
    return this.#matrix(rows, columns, () => this.random.pick([-1, 1]));
  }

  /** An operand of the case's content. */
  content(rows: number, columns: number): CaseTensor {
    const { content } = this.options;
    if (content === 'normal') return this.normal(rows, columns, 2);
    const same = this.random.normal();
    return this.#matrix(rows, columns, () => (content === 'equal' ? same : this.random.pick(LARGE)));
  }

  /** Ids below `below` [count, 1]; the second repeats the first. */
  ids(count: number, below: number): CaseTensor {
    const values = Uint32Array.from({ length: count }, () => this.random.integer(below));
    if (count > 1) values[1] = values[0];
    return this.#ids(values);
  }

  /** Targets [count, 1]: columns plus `shift`, of which 0 is padding, as about every fourth is. */
  targets(count: number, columns: number, shift: number): CaseTensor {
    const target = () => (this.random.integer(4) === 0 ? 0 : shift + this.random.integer(columns));
    return this.#ids(Uint32Array.from({ length: count }, target));
  }

  /** Lengths [B, 1] from 1 to `steps`: the first row is full, the last has one real word. */
  lengths(count: number, steps: number): CaseTensor {
    const values = Uint32Array.from({ length: count }, () => 1 + this.random.integer(steps));
    values[count - 1] = 1;
    values[0] = steps;
    return this.#ids(values);
  }

  /** Learning rate, rates and bias corrections [1, 8] of a step. */
  stepValues(): CaseTensor {
    const data = new Float64Array(VALUES_LENGTH);
    data[VALUES.learningRate] = 0.01;
    data[VALUES.dropout] = this.random.pick([0, 0.3, 0.8]);
    data[VALUES.teacherForcing] = this.random.pick([0, 0.5, 1]);
    data[VALUES.correction1] = 1 - 0.9 ** 3;
    data[VALUES.correction2] = 1 - 0.999 ** 3;
    return this.#place(data.map(Math.fround), 1, VALUES_LENGTH, 0, VALUES_LENGTH);
  }

  /** Seed and step [1, 4]. */
  counters(): CaseTensor {
    const data = new Uint32Array(COUNTERS_LENGTH);
    data[COUNTERS.seed] = this.random.integer(1_000_000);
    data[COUNTERS.step] = this.random.integer(100_000);
    return this.#place(data, 1, COUNTERS_LENGTH, 0, COUNTERS_LENGTH);
  }

  /** Metrics [1, 8] as a step leaves them: `count` targets, and the factor that clips the gradients. */
  metrics(count = 3): CaseTensor {
    const tensor = this.uniform(1, METRICS_LENGTH);
    tensor.data[tensor.view.offset + METRICS.count] = count;
    tensor.data[tensor.view.offset + METRICS.clipFactor] = Math.fround(0.7);
    return tensor;
  }

  /** A matrix without gaps between its rows, for the operands that have an offset but no stride. */
  dense(rows: number, columns: number): CaseTensor {
    const values = Float64Array.from({ length: rows * columns }, () => Math.fround(this.random.normal()));
    return this.#place(values, rows, columns, this.#offset(), columns);
  }

  /** The call. Operands that are undefined are left out. */
  call(
    variant: string,
    operands: Readonly<Record<string, CaseTensor | undefined>>,
    numbers: Numbers = {},
    scratch: readonly string[] = [],
  ): OpCase {
    const tensors: Record<string, CaseTensor> = {};
    for (const [name, tensor] of Object.entries(operands))
      if (tensor) tensors[name] = { ...tensor, view: { ...tensor.view, tensor: name } };
    const { sizes, seed, content, isStrided } = this.options;
    const shape = `B ${sizes.rows} S ${sizes.steps} H ${sizes.size} V ${sizes.vocabulary}`;
    const name = [variant, shape, content, isStrided ? 'strided' : 'dense', `seed ${seed}`].filter(Boolean).join(', ');
    return { name, op: this.op, tensors, numbers, scratch };
  }

  #offset(): number {
    return this.options.isStrided ? 1 + this.random.integer(5) : 0;
  }

  #matrix(rows: number, columns: number, value: () => number): CaseTensor {
    const stride = columns + (this.options.isStrided ? 1 + this.random.integer(3) : 0);
    const values = Float64Array.from({ length: rows * columns }, () => Math.fround(value()));
    return this.#place(values, rows, columns, this.#offset(), stride);
  }

  #ids(values: Uint32Array): CaseTensor {
    return this.#place(values, values.length, 1, this.#offset(), 1);
  }

  /** Puts values into a tensor whose other words are guards: numbers that spoil every result they get into. */
  #place(values: CaseTensor['data'], rows: number, columns: number, offset: number, stride: number): CaseTensor {
    const length = offset + (rows - 1) * stride + columns + GUARD_WORDS;
    const isIds = values instanceof Uint32Array;
    const data = isIds ? new Uint32Array(length) : new Float64Array(length);
    for (let i = 0; i < length; i++) data[i] = 7000 + i;
    for (let r = 0; r < rows; r++)
      data.set(values.subarray(r * columns, (r + 1) * columns) as never, offset + r * stride);
    return { view: { tensor: '', offset, rows, columns, stride }, data };
  }
}
