/** Interprets Programs on the CPU in float64: the oracle of the kernels, and the fallback without WebGPU. */

import { ShapeError } from '../lib/errors.ts';
import { nextTask } from '../lib/next-task.ts';
import { opDefinition } from '../ops/registry.ts';
import type { Operand } from '../ops/view.ts';
import type { Executor, ExecutorCounters, Plan, ProfileOptions, TensorData } from './executor.ts';
import type { PlanProfile } from './profile.ts';
import { dispatchCount, type Program, type TensorSpec } from './program.ts';
import { profileReference } from './reference-profile.ts';

const allocate = (spec: TensorSpec): TensorData =>
  spec.type === 'u32' ? new Uint32Array(spec.length) : new Float64Array(spec.length);

/** Queues a write of what `data` holds now. */
function store(queue: WorkQueue, target: TensorData, name: string, data: TensorData): void {
  if (data.length !== target.length)
    throw new ShapeError(`${name}: expected ${target.length} elements, got ${data.length}`);
  const copy = data.slice();
  queue.push(() => target.set(copy));
}

/** Work in the order in which it came, in slices, as a GPU's queue would do it beside the thread that submits. */
class WorkQueue {
  readonly #tasks: (() => void)[] = [];
  #drained: Promise<void> | null = null;
  #failure: unknown = null;

  push(...tasks: (() => void)[]): void {
    for (const task of tasks) this.#tasks.push(task);
    this.#drained ??= this.#drain();
  }

  /** Resolves when everything pushed so far has run. @throws what a task threw */
  async idle(): Promise<void> {
    await this.#drained;
    if (this.#failure) throw this.#failure;
  }

  clear(): void {
    this.#tasks.length = 0;
  }

  async #drain(): Promise<void> {
    let next = 0;
    while (next < this.#tasks.length) {
      await nextTask();
      const until = performance.now() + SLICE_MS;
      try {
        while (next < this.#tasks.length && performance.now() < until) this.#tasks[next++]?.();
      } catch (error) {
        this.#failure = error;
        break;
      }
    }
    this.#tasks.length = 0;
    this.#drained = null;
  }
}

/** Longest stretch between two looks at the messages, but for a single op that takes longer. */
const SLICE_MS = 20;

interface Host {
  readonly queue: WorkQueue;
  count(calls: number): void;
  release(plan: ReferencePlan): void;
}

class ReferencePlan implements Plan {
  readonly dispatches: number;
  readonly #steps: readonly (() => void)[];

  constructor(
    readonly program: Program,
    private readonly tensors: ReadonlyMap<string, TensorData>,
    private readonly host: Host,
  ) {
    this.dispatches = dispatchCount(program);
    this.#steps = program.calls.map((call) => {
      const operands: Record<string, Operand> = {};
      for (const [name, view] of Object.entries(call.operands))
        operands[name] = { ...view, data: tensors.get(view.tensor) as TensorData };
      const { reference } = opDefinition(call.op);
      return () => reference(operands, call.numbers);
    });
  }

  write(tensor: string, data: TensorData): void {
    store(this.host.queue, this.#tensor(tensor), tensor, data);
  }

  run(from = 0, to = this.#steps.length): void {
    this.host.queue.push(...this.#steps.slice(from, to));
    this.host.count(to - from);
  }

  async read<Name extends string>(...names: readonly Name[]): Promise<Record<Name, TensorData>> {
    const tensors = names.map((name) => this.#tensor(name));
    return copyLater(this.host.queue, tensors, (copies) => byName(names, copies));
  }

  dispose(): void {
    this.host.release(this);
  }

  #tensor(name: string): TensorData {
    const tensor = this.tensors.get(name);
    if (!tensor) throw new ShapeError(`${name}: no such tensor in ${this.program.name}`);
    return tensor;
  }
}

function byName<Name extends string>(names: readonly Name[], copies: readonly TensorData[]): Record<Name, TensorData> {
  const result = {} as Record<Name, TensorData>;
  names.forEach((name, i) => {
    result[name] = copies[i] as TensorData;
  });
  return result;
}

async function copyLater<T>(
  queue: WorkQueue,
  tensors: readonly TensorData[],
  use: (copies: readonly TensorData[]) => T,
): Promise<T> {
  let copies: readonly TensorData[] = [];
  await new Promise<void>((resolve, reject) => {
    queue.push(() => {
      copies = tensors.map((data) => data.slice());
      resolve();
    });
    // Idle without having copied: the executor was disposed.
    queue.idle().then(() => reject(new Error('disposed before it was read')), reject);
  });
  return use(copies);
}

export class ReferenceExecutor implements Executor {
  readonly kind = 'cpu';
  readonly #queue = new WorkQueue();
  readonly #shared = new Map<string, TensorData>();
  readonly #plans = new Map<Plan, ReadonlyMap<string, TensorData>>();
  readonly #host: Host = {
    queue: this.#queue,
    count: (calls) => {
      this.#runs++;
      this.#calls += calls;
    },
    release: (plan) => this.#plans.delete(plan),
  };
  #runs = 0;
  #calls = 0;

  warmUp(): void {}

  async prepare(program: Program): Promise<Plan> {
    const tensors = new Map<string, TensorData>();
    const local = new Map<string, TensorData>();
    for (const spec of program.tensors.values()) {
      const owner = spec.role === 'shared' ? this.#shared : local;
      const data = owner.get(spec.name) ?? allocate(spec);
      owner.set(spec.name, data);
      if (data.length !== spec.length)
        throw new ShapeError(`${program.name}: shared ${spec.name} has ${data.length} elements, not ${spec.length}`);
      tensors.set(spec.name, data);
    }
    const plan = new ReferencePlan(program, tensors, this.#host);
    this.#plans.set(plan, local);
    return plan;
  }

  write(tensor: string, data: TensorData): void {
    store(this.#queue, this.#sharedTensor(tensor), tensor, data);
  }

  async read(tensor: string): Promise<TensorData> {
    return copyLater(this.#queue, [this.#sharedTensor(tensor)], ([copy]) => copy as TensorData);
  }

  async readTogether<Name extends string>(names: readonly Name[]): Promise<Record<Name, TensorData>> {
    const tensors = names.map((name) => this.#sharedTensor(name));
    return copyLater(this.#queue, tensors, (copies) => byName(names, copies));
  }

  profile({ program }: Plan, { inputs }: ProfileOptions): Promise<PlanProfile> {
    const shared = [...this.#shared].filter(([name]) => program.tensors.has(name));
    return copyLater(
      this.#queue,
      shared.map(([, data]) => data),
      (copies) => new Map([...shared.map(([name], i) => [name, copies[i] as TensorData] as const), ...inputs]),
    ).then((state) => profileReference(program, state));
  }

  ready(): Promise<void> {
    return this.#queue.idle();
  }

  idle(): Promise<void> {
    return this.#queue.idle();
  }

  counters(): ExecutorCounters {
    const all = [this.#shared, ...this.#plans.values()].flatMap((tensors) => [...tensors.values()]);
    return {
      buffers: all.length,
      bytes: all.reduce((total, data) => total + data.byteLength, 0),
      bindGroups: 0,
      pipelines: 0,
      submits: this.#runs,
      dispatches: this.#calls,
    };
  }

  dispose(): void {
    this.#queue.clear();
    this.#plans.clear();
    this.#shared.clear();
  }

  #sharedTensor(name: string): TensorData {
    const tensor = this.#shared.get(name);
    if (!tensor) throw new ShapeError(`${name}: no such shared tensor`);
    return tensor;
  }
}
