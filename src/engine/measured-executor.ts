/**
 * Two executors that both compute on this computer's CPU: its own kernels, and WebGPU on a software adapter. A run begins on the
 * first, which is ready at once; after some steps the second is given the same work, and the run goes on where it was faster.
 */

import type { Executor, ExecutorCounters, Plan, PrepareOptions, ProfileOptions, TensorData } from './executor.ts';
import { type MeasuredHost, MeasuredPlan } from './measured-plan.ts';
import type { PlanProfile } from './profile.ts';
import { type Program, programFlops } from './program.ts';
import { sharedWrites } from './wasm-program.ts';

/** Milliseconds of one training step. */
export interface Measurement {
  readonly firstMs: number;
  readonly secondMs: number;
  /** The second takes at least as long: its matrix products alone would. */
  readonly isLeast: boolean;
}

/** Steps before the measurement, so that kernels are compiled and the visitor has something to look at. */
const WARM_STEPS = 10;
/** Steps that are timed one by one; the fastest counts, since other work only ever makes a step slower. */
const TIMED_STEPS = 4;
/** The second executor gets no more runs once it is this much slower. */
const HOPELESS = 3;
/**
 * Nor is it tried where its products alone take this much longer than whole steps of the first: what they take is measured beside the
 * training, which may cost them half of the processors.
 */
const OUT_OF_REACH = 2;
/** Moving is worth it for a gain beyond the noise. */
const MIN_GAIN = 1.1;

/** Measurements by what was computed. */
export type Measurements = Map<string, Measurement>;

const keyOf = (program: Program): string => `${program.name}, ${program.calls.length} calls, ${programFlops(program)}`;

const isSecondFaster = ({ firstMs, secondMs }: Measurement): boolean => secondMs * MIN_GAIN < firstMs;

export interface MeasuredOptions {
  readonly openSecond: () => Promise<Executor>;
  /**
   * Floating-point operations a second of the second's best matrix product, which is known long before its kernels for a whole step
   * are compiled.
   */
  readonly secondRate: () => Promise<number>;
  /** What earlier runs have measured; this one adds to it. */
  readonly known: Measurements;
  /** Called once the executor is decided. */
  readonly onMeasured: (measurement: Measurement) => void;
}

/** A plan on both executors. */
interface Trial {
  readonly plan: MeasuredPlan;
  readonly other: Plan;
}

export class MeasuredExecutor implements Executor, MeasuredHost {
  #current: Executor;
  #second: Executor | null = null;
  readonly #plans = new Set<MeasuredPlan>();
  readonly #readings = new Set<Promise<unknown>>();
  /** Steps are timed before the second executor is opened, and once more when `trial` holds its plan. */
  #phase: 'deciding' | 'warming' | 'timing' | 'opening' | 'ready' | 'decided' = 'deciding';
  #timed: MeasuredPlan | null = null;
  #trial: Trial | null = null;
  #steps = 0;
  #started = 0;
  #times: number[] = [];
  #moving: Promise<void> = Promise.resolve();
  #isDisposed = false;

  constructor(
    first: Executor,
    private readonly options: MeasuredOptions,
  ) {
    this.#current = first;
  }

  get kind(): Executor['kind'] {
    return this.#current.kind;
  }

  warmUp(programs: readonly Program[]): void {
    this.#current.warmUp(programs);
  }

  async prepare(program: Program, options?: PrepareOptions): Promise<Plan> {
    await this.#moving;
    if (this.#phase === 'deciding' && sharedWrites(program).length > 0) await this.#recall(program);
    const plan = new MeasuredPlan(program, options, await this.#current.prepare(program, options), this);
    this.#plans.add(plan);
    return plan;
  }

  write(tensor: string, data: TensorData): void {
    this.#current.write(tensor, data);
  }

  read(tensor: string): Promise<TensorData> {
    return this.track(this.#current.read(tensor));
  }

  readTogether<Name extends string>(tensors: readonly Name[]): Promise<Record<Name, TensorData>> {
    return this.track(this.#current.readTogether(tensors));
  }

  async profile(plan: Plan, options: ProfileOptions): Promise<PlanProfile> {
    await this.#moving;
    return this.track((plan as MeasuredPlan).profileOn(this.#current, options));
  }

  async ready(): Promise<void> {
    await this.#current.ready();
    if (this.#phase === 'timing' || this.#phase === 'ready') await this.#timeStep();
  }

  async idle(): Promise<void> {
    await this.#moving;
    await this.#current.idle();
  }

  counters(): ExecutorCounters {
    return this.#current.counters();
  }

  dispose(): void {
    this.#isDisposed = true;
    this.#phase = 'decided';
    this.#current.dispose();
    this.#second?.dispose();
    this.#plans.clear();
  }

  submitting(plan: MeasuredPlan, isWhole: boolean): void {
    if (!isWhole) return;
    if (this.#phase === 'warming' && sharedWrites(plan.program).length > 0) {
      this.#steps++;
      if (this.#steps === WARM_STEPS) {
        this.#phase = 'timing';
        this.#timed = plan;
      }
    }
    if (this.#timed === plan) this.#started = performance.now();
  }

  track<T>(reading: Promise<T>): Promise<T> {
    const settled: Promise<unknown> = reading.then(
      () => this.#readings.delete(settled),
      () => this.#readings.delete(settled),
    );
    this.#readings.add(settled);
    return reading;
  }

  release(plan: MeasuredPlan): void {
    this.#plans.delete(plan);
    if (this.#timed === plan) this.#giveUp();
  }

  /** Where the program has been measured before, that decides. */
  async #recall(program: Program): Promise<void> {
    const known = this.options.known.get(keyOf(program));
    this.#phase = known ? 'decided' : 'warming';
    if (!known) return;
    try {
      if (isSecondFaster(known)) {
        this.#second = await this.options.openSecond();
        await this.#move();
      }
      this.options.onMeasured(known);
    } catch {
      this.#giveUp();
    }
  }

  /** Prepares the second executor beside the training. An executor that can't be had is one that is not faster. */
  async #openTrial(plan: MeasuredPlan): Promise<void> {
    this.#phase = 'opening';
    try {
      const firstMs = Math.min(...this.#times);
      const leastMs = (1000 * programFlops(plan.program)) / (await this.options.secondRate());
      if (this.#isDisposed || this.#timed !== plan) return;
      if (leastMs > OUT_OF_REACH * firstMs) {
        this.#giveUp();
        this.#tell(plan.program, { firstMs, secondMs: leastMs, isLeast: true });
        return;
      }
      this.#second = await this.options.openSecond();
      if (this.#isDisposed) this.#second.dispose();
      else {
        this.#trial = { plan, other: await this.#second.prepare(plan.program, plan.options) };
        this.#times = [];
        this.#phase = 'ready';
      }
    } catch {
      this.#giveUp();
    }
  }

  #giveUp(): void {
    this.#phase = 'decided';
    this.#timed = null;
    this.#trial = null;
    this.#second?.dispose();
    this.#second = null;
  }

  #tell(program: Program, measurement: Measurement): void {
    this.options.known.set(keyOf(program), measurement);
    this.options.onMeasured(measurement);
  }

  /** Times one more step of the run; after the last of them the second executor is opened, or has its turn. */
  async #timeStep(): Promise<void> {
    await this.#current.idle();
    if (this.#started > 0) this.#times.push(performance.now() - this.#started);
    this.#started = 0;
    if (this.#times.length < TIMED_STEPS) return;
    if (this.#trial) await this.#compare(this.#trial);
    else if (this.#timed) void this.#openTrial(this.#timed);
  }

  /** The same step on the other executor. */
  async #compare({ plan, other }: Trial): Promise<void> {
    try {
      const firstMs = Math.min(...this.#times);
      const measurement = { firstMs, secondMs: await this.#timeOther(plan, other), isLeast: false };
      if (this.#isDisposed) return;
      this.#phase = 'decided';
      this.#timed = null;
      this.#trial = null;
      if (isSecondFaster(measurement)) await this.#move();
      else this.#giveUp();
      this.#tell(plan.program, measurement);
    } catch {
      this.#giveUp();
    }
  }

  /** The fastest of some runs on weights that nobody uses; the first one warms up. */
  async #timeOther(plan: MeasuredPlan, other: Plan): Promise<number> {
    const second = this.#second as Executor;
    const limit = HOPELESS * Math.min(...this.#times);
    plan.copyInputs(other);
    let fastest = Number.POSITIVE_INFINITY;
    for (let i = 0; i <= TIMED_STEPS && !this.#isDisposed; i++) {
      const start = performance.now();
      other.run();
      await second.idle();
      const duration = performance.now() - start;
      // A first run as slow as that includes no compilation that would explain it.
      if (i > 0 || duration > limit) fastest = Math.min(fastest, duration);
      if (fastest > limit && fastest < Number.POSITIVE_INFINITY) break;
    }
    return fastest;
  }

  /** Continues on the second executor with the same weights, moments and inputs. */
  async #move(): Promise<void> {
    const [from, to] = [this.#current, this.#second as Executor];
    let finish = () => {};
    this.#moving = new Promise((resolve) => {
      finish = resolve;
    });
    try {
      const plans = [...this.#plans];
      const targets: Plan[] = [];
      for (const { program, options } of plans) targets.push(await to.prepare(program, options));
      const shared = new Set(
        plans.flatMap(({ program }) =>
          [...program.tensors.values()].filter(({ role }) => role === 'shared').map(({ name }) => name),
        ),
      );
      for (const name of shared) to.write(name, await from.read(name));
      // From here on nothing waits, so that no run falls between the two.
      plans.forEach((plan, i) => {
        const target = targets[i] as Plan;
        if (this.#plans.has(plan)) plan.moveTo(target);
        else target.dispose();
      });
      this.#current = to;
      this.#second = null;
      await Promise.all(this.#readings);
    } finally {
      finish();
    }
    from.dispose();
  }
}
