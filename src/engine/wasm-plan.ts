/** A program prepared on the shards: inputs are cut into their rows, results put together again. */

import { ShapeError } from '../lib/errors.ts';
import type { Plan, TensorData } from './executor.ts';
import { dispatchCount, type Program, type TensorSpec } from './program.ts';
import { blocksOf, copyRows, type ShardProgram } from './wasm-program.ts';
import type { Shard, ShardData } from './wasm-shard.ts';

/** What a plan needs of its executor. */
export interface PlanHost {
  readonly shards: readonly Shard[];
  submit(plan: number, from: number, to: number, shards: number): void;
  release(plan: WasmPlan): void;
}

/** @throws ShapeError */
export function checkLength(spec: TensorSpec, data: TensorData): void {
  if (data.length !== spec.length)
    throw new ShapeError(`${spec.name}: expected ${spec.length} elements, got ${data.length}`);
}

const allocate = (spec: TensorSpec) =>
  spec.type === 'u32' ? new Uint32Array(spec.length) : new Float32Array(spec.length);

/** A copy in the type of the tensor. */
export const converted = (spec: TensorSpec, data: TensorData) =>
  spec.type === 'u32' ? Uint32Array.from(data) : Float32Array.from(data);

export class WasmPlan implements Plan {
  readonly dispatches: number;

  constructor(
    readonly program: Program,
    readonly id: number,
    /** The program of each shard; one of the whole batch for all shards where it can't be split. */
    readonly parts: readonly ShardProgram[],
    readonly shardCount: number,
    private readonly host: PlanHost,
  ) {
    this.dispatches = dispatchCount(program);
  }

  /** Elements that the plan holds beside the shared ones, over all shards. */
  get localSpecs(): readonly TensorSpec[] {
    return this.#shards.flatMap((_, s) => this.#part(s).tensors.filter(({ role }) => role !== 'shared'));
  }

  write(tensor: string, data: TensorData): void {
    const spec = this.#spec(tensor);
    checkLength(spec, data);
    this.#shards.forEach((shard, s) => {
      shard.write(this.id, tensor, this.cut(s, tensor, data));
    });
  }

  /** The rows of a tensor that a shard has, as a copy. */
  cut(s: number, tensor: string, data: TensorData): Float32Array | Uint32Array {
    const spec = this.#spec(tensor);
    const { rows } = this.#part(s);
    const part = this.#partSpec(s, tensor);
    const blocks = rows ? blocksOf(spec, part, rows) : 0;
    if (!rows || blocks === 0) return converted(spec, data);
    const cut = allocate(part);
    copyRows(data, cut, rows, blocks, 'cut');
    return cut;
  }

  run(from = 0, to = this.program.calls.length): void {
    this.host.submit(this.id, from, to, this.shardCount);
  }

  async read<Name extends string>(...names: readonly Name[]): Promise<Record<Name, TensorData>> {
    const specs = names.map((name) => this.#spec(name));
    const { rows } = this.#part(0);
    const isSplit = (spec: TensorSpec) => rows !== null && blocksOf(spec, this.#partSpec(0, spec.name), rows) > 0;
    const split = specs.filter(isSplit).map(({ name }) => name);
    // What is whole on every shard is the same on every shard.
    const answers = await Promise.all(
      this.#shards.map(async (shard, s): Promise<ShardData> => {
        const wanted = s === 0 ? names : split;
        return wanted.length > 0 ? shard.read(this.id, wanted) : {};
      }),
    );
    const result = {} as Record<Name, TensorData>;
    specs.forEach((spec, i) => {
      const name = names[i] as Name;
      result[name] = isSplit(spec) ? this.#merge(spec, answers) : (answers[0]?.[name] as TensorData);
    });
    return result;
  }

  dispose(): void {
    for (const shard of this.#shards) shard.release(this.id);
    this.host.release(this);
  }

  #merge(spec: TensorSpec, answers: readonly ShardData[]): TensorData {
    const whole = allocate(spec);
    answers.forEach((answer, s) => {
      const { rows } = this.#part(s);
      if (!rows) return;
      const blocks = blocksOf(spec, this.#partSpec(s, spec.name), rows);
      copyRows(whole, answer[spec.name] as TensorData, rows, blocks, 'merge');
    });
    return whole;
  }

  get #shards(): readonly Shard[] {
    return this.host.shards.slice(0, this.shardCount);
  }

  #part(shard: number): ShardProgram {
    return (this.parts[shard] ?? this.parts[0]) as ShardProgram;
  }

  #partSpec(shard: number, tensor: string): TensorSpec {
    return this.#part(shard).tensors.find(({ name }) => name === tensor) as TensorSpec;
  }

  #spec(name: string): TensorSpec {
    const spec = this.program.tensors.get(name);
    if (!spec) throw new ShapeError(`${name}: no such tensor in ${this.program.name}`);
    return spec;
  }
}
