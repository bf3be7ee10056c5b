/** Heed as a contestant: the training Program on one of its executors, driven as `Trainer` drives it. */

import type { Executor, Plan, StrategyDescription } from '../engine/executor.ts';
import type { Strategy } from '../engine/lowering.ts';
import { ReferenceExecutor } from '../engine/reference-executor.ts';
import { Scheduler } from '../engine/scheduler.ts';
import { type DeviceHandle, openDevice } from '../gpu/device.ts';
import { defaultConfig } from '../model/config.ts';
import { biasCorrections } from '../model/optimizer.ts';
import {
  COUNTERS,
  COUNTERS_LENGTH,
  HISTORY_SLOTS,
  METRICS,
  METRICS_LENGTH,
  VALUES,
  VALUES_LENGTH,
} from '../ops/step-data.ts';
import { ExecutorFactory } from '../training/executors.ts';
import type { Contestant, OpenContestant } from './contestant.ts';
import { type BenchBatch, type BenchTask, benchProgram } from './models.ts';

export interface OpenedExecutor {
  readonly executor: Executor;
  readonly adapter: string;
  /** Errors that no scope caught. */
  readonly errors: readonly Error[];
}

/** Writes the weights and an optimizer that has not stepped yet. */
function writeStart(executor: Executor, { layout, initial }: BenchTask): void {
  executor.write('parameters', initial);
  executor.write('moment1', new Float64Array(layout.length));
  executor.write('moment2', new Float64Array(layout.length));
  executor.write('history', new Float64Array(HISTORY_SLOTS * METRICS_LENGTH));
}

class HeedContestant implements Contestant {
  #step = 0;

  constructor(
    private readonly opened: OpenedExecutor,
    private readonly plan: Plan,
    private readonly task: BenchTask,
  ) {}

  get adapter(): string {
    return this.opened.adapter;
  }

  get strategy(): StrategyDescription | null {
    return this.plan.strategy ?? null;
  }

  get bytes(): number {
    return this.opened.executor.counters().bytes;
  }

  async tune(): Promise<void> {
    await this.opened.executor.tune?.([this.plan], new AbortController().signal);
  }

  ready(): Promise<void> {
    return this.opened.executor.ready();
  }

  submit(batch: BenchBatch): void {
    const { plan, task } = this;
    const values = new Float64Array(VALUES_LENGTH);
    const [correction1, correction2] = biasCorrections(task.optimizer, this.#step + 1);
    values[VALUES.learningRate] = task.learningRate;
    values[VALUES.teacherForcing] = 1;
    values[VALUES.correction1] = correction1;
    values[VALUES.correction2] = correction2;
    const counters = new Uint32Array(COUNTERS_LENGTH);
    counters[COUNTERS.step] = this.#step;
    plan.write('values', values);
    plan.write('counters', counters);
    plan.write('source', batch.source);
    plan.write('sourceLengths', batch.sourceLengths);
    plan.write('targetIn', batch.targetIn);
    plan.write('targetOut', batch.targetOut);
    plan.run();
    this.#step++;
  }

  async loss(): Promise<number> {
    const { metrics } = await this.plan.read('metrics');
    const [error] = this.opened.errors;
    if (error) throw error;
    return metrics[METRICS.loss] as number;
  }

  dispose(): void {
    this.opened.executor.dispose();
  }
}

/** Trains on an executor that is open; disposing of the contestant disposes of the executor. */
export async function openOn(opened: OpenedExecutor, task: BenchTask): Promise<Contestant> {
  try {
    const plan = await opened.executor.prepare(benchProgram(task));
    writeStart(opened.executor, task);
    return new HeedContestant(opened, plan, task);
  } catch (error) {
    opened.executor.dispose();
    throw error;
  }
}

/** A scheduler on a device; `strategy` null leaves the choice to it. */
export function openScheduler(handle: DeviceHandle, strategy: Strategy | null): OpenedExecutor {
  const errors: Error[] = [];
  handle.onError((error) => errors.push(error));
  return { executor: new Scheduler(handle, strategy ? { strategy } : {}), adapter: handle.adapter, errors };
}

export async function openCpu(): Promise<OpenedExecutor> {
  const { executor } = await new ExecutorFactory().open('cpu', 'auto', defaultConfig('phrases'));
  return { executor, adapter: '', errors: [] };
}

/** Heed's engine by its backend: the scheduler, the executor of a page without WebGPU, or the float64 oracle. */
export function openHeed(backend: 'webgpu' | 'cpu' | 'reference', strategy: Strategy | null): OpenContestant {
  return async (task) => {
    if (backend === 'webgpu') return openOn(openScheduler(await openDevice(), strategy), task);
    if (backend === 'cpu') return openOn(await openCpu(), task);
    return openOn({ executor: new ReferenceExecutor(), adapter: '', errors: [] }, task);
  };
}
