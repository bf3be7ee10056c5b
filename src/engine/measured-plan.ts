/** A plan that can go on as the plan of another executor. */

import type { Executor, Plan, PrepareOptions, ProfileOptions, TensorData } from './executor.ts';
import type { PlanProfile } from './profile.ts';
import type { Program } from './program.ts';

/** What a plan needs of its executor. */
export interface MeasuredHost {
  /** Called before each run; `isWhole` for one of all calls. */
  submitting(plan: MeasuredPlan, isWhole: boolean): void;
  track<T>(reading: Promise<T>): Promise<T>;
  release(plan: MeasuredPlan): void;
}

export class MeasuredPlan implements Plan {
  /** The newest of each input, which another executor has to be given as well. */
  readonly #inputs = new Map<string, TensorData>();

  constructor(
    readonly program: Program,
    readonly options: PrepareOptions | undefined,
    private target: Plan,
    private readonly host: MeasuredHost,
  ) {}

  get dispatches(): number {
    return this.target.dispatches;
  }

  get strategy(): Plan['strategy'] {
    return this.target.strategy;
  }

  write(tensor: string, data: TensorData): void {
    this.target.write(tensor, data);
    this.#inputs.set(tensor, data.slice());
  }

  /** Gives the newest inputs to a plan of the same program. */
  copyInputs(to: Plan): void {
    for (const [tensor, data] of this.#inputs) to.write(tensor, data);
  }

  /** Continues on the plan of another executor; the one before is the caller's. */
  moveTo(target: Plan): void {
    this.copyInputs(target);
    this.target = target;
  }

  /** Has the executor that the plan is on at the moment profile it. */
  profileOn(executor: Executor, options: ProfileOptions): Promise<PlanProfile> {
    return executor.profile(this.target, options);
  }

  run(from?: number, to?: number): void {
    const { length } = this.program.calls;
    this.host.submitting(this, (from ?? 0) === 0 && (to ?? length) === length);
    this.target.run(from, to);
  }

  read<Name extends string>(...tensors: readonly Name[]): Promise<Record<Name, TensorData>> {
    return this.host.track(this.target.read(...tensors));
  }

  dispose(): void {
    this.target.dispose();
    this.host.release(this);
  }
}
