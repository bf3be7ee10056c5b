/** The plans of a training step, one for each length bucket, and the search for the way to run them fastest. */

import type { Batcher } from '../data/batching.ts';
import type { Executor, Plan } from '../engine/executor.ts';
import { type Program, programFlops } from '../engine/program.ts';
import { nextTask } from '../lib/next-task.ts';
import type { OptimizerOptions } from '../model/optimizer.ts';
import type { ParameterLayout } from '../model/parameters.ts';
import { trainingProgram } from '../model/translator.ts';
import type { Variant } from './model-programs.ts';
import type { StrategyDescription } from './protocol.ts';

/** Steps with the same plans before the executor looks for a faster way to run them: by then each has been run. */
const TUNING_STEPS = 10;

/** What all plans have in common. */
export interface StepPlansOptions {
  readonly executor: Executor;
  readonly layout: ParameterLayout;
  readonly buckets: Batcher['buckets'];
  /** B, rows of a batch. */
  readonly batch: number;
  readonly optimizer: OptimizerOptions;
}

/** The plans that a trainer runs; they are freed with their executor. */
export class StepPlans {
  /** Called when the executor has looked for a faster way to run the steps. */
  onTuned: () => void = () => {};
  #variant: Variant | null = null;
  /** By bucket; none until they are prepared. */
  #plans: readonly Plan[] = [];
  /** By bucket, for slow motion: calls of their own, made when they are first wanted. */
  readonly #stepped = new Map<number, Plan>();
  /** Plans that have been run, and so have inputs to be measured with. */
  readonly #used = new Set<Plan>();
  #stepsUntilTuning = TUNING_STEPS;
  #tuning = new AbortController();

  constructor(private readonly options: StepPlansOptions) {}

  /** Prepares plans that contain what `variant` asks for, and frees the ones before once nothing runs on them. */
  async prepare(variant: Variant): Promise<void> {
    const before = this.#variant;
    if (before?.hasDropout === variant.hasDropout && before.isSampled === variant.isSampled) return;
    const { executor, buckets } = this.options;
    const plans: Plan[] = [];
    for (let bucket = 0; bucket < buckets.length; bucket++) {
      plans.push(await executor.prepare(this.#program(bucket, variant)));
      // On the CPU that keeps this thread busy: whoever looks meanwhile is answered in between.
      await nextTask();
    }
    if (before) {
      this.stopTuning();
      await executor.idle();
      for (const plan of [...this.#plans, ...this.#stepped.values()]) plan.dispose();
    }
    this.#stepped.clear();
    this.#used.clear();
    this.#plans = plans;
    this.#variant = variant;
  }

  #program(bucket: number, variant: Variant): Program {
    const { layout, buckets, batch, optimizer } = this.options;
    const { sourceLength, targetLength } = buckets[bucket] as Batcher['buckets'][number];
    return trainingProgram(layout, { batch, sourceLength, targetLength }, { ...variant, optimizer });
  }

  /** Dispatches of a step, the largest over the buckets; 0 where there are no plans. */
  get dispatches(): number {
    return Math.max(0, ...this.#plans.map(({ dispatches }) => dispatches));
  }

  /** How a step is cut into GPU launches; null where there are no plans, and where calls are interpreted. */
  get strategy(): StrategyDescription | null {
    return this.#plans[0]?.strategy ?? null;
  }

  /** The bucket whose step has the most arithmetic. */
  get longest(): number {
    const flops = this.#plans.map(({ program }) => programFlops(program));
    return flops.indexOf(Math.max(...flops));
  }

  at(bucket: number): Plan {
    return this.#plans[bucket] as Plan;
  }

  /** A plan of the same step that can be run call by call. */
  async steppedAt(bucket: number): Promise<Plan> {
    const known = this.#stepped.get(bucket);
    if (known) return known;
    const plan = await this.options.executor.prepare(this.#program(bucket, this.#variant as Variant), {
      isStepped: true,
    });
    this.#stepped.set(bucket, plan);
    return plan;
  }

  /** A step has been run on this plan; the search for a faster way begins after a few of them. */
  ran(plan: Plan): void {
    this.#used.add(plan);
    if (--this.#stepsUntilTuning === 0) void this.#tune();
  }

  /** Calls the search off; it begins again after the next steps. */
  stopTuning(): void {
    this.#tuning.abort();
    this.#tuning = new AbortController();
    this.#stepsUntilTuning = TUNING_STEPS;
  }

  /** Has the executor measure the longest of the plans that have inputs, and run all of them as it finds best. */
  async #tune(): Promise<void> {
    const byLength = this.#plans.toSorted((a, b) => programFlops(b.program) - programFlops(a.program));
    const [used, unused] = [true, false].map((isUsed) => byLength.filter((plan) => this.#used.has(plan) === isUsed));
    const { signal } = this.#tuning;
    await this.options.executor.tune?.([...(used as Plan[]), ...(unused as Plan[])], signal);
    if (!signal.aborted) this.onTuned();
  }
}
