/** Interprets Programs on the CPU in float64: the oracle of the kernels, and the fallback without WebGPU. */

import { ShapeError } from '../lib/errors.ts';
import { opDefinition } from '../ops/registry.ts';
import type { Operand } from '../ops/view.ts';
import type { Executor, ExecutorCounters, Plan, TensorData } from './executor.ts';
import { dispatchCount, type Program, type TensorSpec } from './program.ts';

const allocate = (spec: TensorSpec): TensorData =>
  spec.type === 'u32' ? new Uint32Array(spec.length) : new Float64Array(spec.length);

function store(target: TensorData | undefined, name: string, data: TensorData): void {
  if (!target) throw new ShapeError(`${name}: no such tensor`);
  if (data.length !== target.length)
    throw new ShapeError(`${name}: expected ${target.length} elements, got ${data.length}`);
  target.set(data);
}

class ReferencePlan implements Plan {
  readonly dispatches: number;
  readonly #tensors: Map<string, TensorData>;
  readonly #steps: readonly (() => void)[];

  constructor(
    readonly program: Program,
    tensors: Map<string, TensorData>,
    private readonly onRun: (calls: number) => void,
    private readonly onDispose: () => void,
  ) {
    this.dispatches = dispatchCount(program);
    this.#tensors = tensors;
    this.#steps = program.calls.map((call) => {
      const operands: Record<string, Operand> = {};
      for (const [name, view] of Object.entries(call.operands))
        operands[name] = { ...view, data: tensors.get(view.tensor) as TensorData };
      const { reference } = opDefinition(call.op);
      return () => reference(operands, call.numbers);
    });
  }

  write(tensor: string, data: TensorData): void {
    store(this.#tensors.get(tensor), tensor, data);
  }

  run(from = 0, to = this.#steps.length): void {
    for (let i = from; i < to; i++) this.#steps[i]?.();
    this.onRun(to - from);
  }

  async read<Name extends string>(...tensors: readonly Name[]): Promise<Record<Name, TensorData>> {
    const result = {} as Record<Name, TensorData>;
    for (const name of tensors) {
      const data = this.#tensors.get(name);
      if (!data) throw new ShapeError(`${name}: no such tensor in ${this.program.name}`);
      result[name] = data.slice();
    }
    return result;
  }

  dispose(): void {
    this.onDispose();
  }
}

/** Lets messages and timers through between two runs of a loop that never waits otherwise. */
function nextTask(): Promise<void> {
  return new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => {
      port1.close();
      resolve();
    };
    port2.postMessage(null);
  });
}

export class ReferenceExecutor implements Executor {
  readonly kind = 'cpu';
  readonly #shared = new Map<string, TensorData>();
  readonly #plans = new Map<ReferencePlan, Map<string, TensorData>>();
  #runs = 0;
  #calls = 0;

  async prepare(program: Program): Promise<Plan> {
    const tensors = new Map<string, TensorData>();
    const local = new Map<string, TensorData>();
    for (const spec of program.tensors.values()) {
      const owner = spec.role === 'shared' ? this.#shared : local;
      let data = owner.get(spec.name);
      if (!data) {
        data = allocate(spec);
        owner.set(spec.name, data);
      }
      if (data.length !== spec.length)
        throw new ShapeError(`${program.name}: shared ${spec.name} has ${data.length} elements, not ${spec.length}`);
      tensors.set(spec.name, data);
    }
    const plan: ReferencePlan = new ReferencePlan(
      program,
      tensors,
      (calls) => {
        this.#runs++;
        this.#calls += calls;
      },
      () => this.#plans.delete(plan),
    );
    this.#plans.set(plan, local);
    return plan;
  }

  write(tensor: string, data: TensorData): void {
    store(this.#shared.get(tensor), tensor, data);
  }

  async read(tensor: string): Promise<TensorData> {
    const data = this.#shared.get(tensor);
    if (!data) throw new ShapeError(`${tensor}: no such shared tensor`);
    return data.slice();
  }

  ready(): Promise<void> {
    return nextTask();
  }

  idle(): Promise<void> {
    return nextTask();
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
    this.#plans.clear();
    this.#shared.clear();
  }
}
