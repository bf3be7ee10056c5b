/** The rows that the benchmark saves: one a model and engine. */

import type { StrategyReason } from '../engine/executor.ts';
import type { Strategy } from '../engine/lowering.ts';

import { fasterModes, type Measurement, stepMsOf } from './contest.ts';
import { isOnGpu } from './engines.ts';
import { type BenchModel, benchTask, stepFlops } from './models.ts';
import { median } from './statistics.ts';

/** Where and when a run was measured. */
export interface RunDescription {
  /** The WebGPU adapter; null where the run asked for none. */
  readonly adapter: string | null;
  readonly browser: string;
  readonly cores: number;
  readonly cpu: string;
  /** ISO 8601 */
  readonly date: string;
}

/** GFLOP/s of the best plain matrix product of the run. */
export interface ProductRates {
  readonly gpu: number | null;
  readonly cpu: number | null;
}

/** One model on one engine. Times in milliseconds a step; a field that does not apply or was not measured is null. */
export interface BenchRow extends RunDescription {
  readonly model: string;
  readonly engine: string;
  /** Kind of page, for engines that were tried in several. */
  readonly mode: string | null;
  /** How Heed's scheduler cuts the step into launches; null for every other engine. */
  readonly strategy: Strategy | null;
  /** Rows of the batch a workgroup owns, and its invocations. */
  readonly tile: { readonly rows: number; readonly lanes: number } | null;
  /** Why it runs so: asked for, by the rule for adapters and shapes, or measured. */
  readonly strategyReason: StrategyReason | null;
  readonly msMedian: number | null;
  readonly msMin: number | null;
  readonly msMax: number | null;
  readonly turns: number;
  readonly stepsPerTurn: number;
  readonly firstStepMs: number | null;
  /** JavaScript time of submitting a step. */
  readonly jsMs: number | null;
  readonly dispatches: number | null;
  readonly submits: number | null;
  readonly buffers: number | null;
  readonly bindGroups: number | null;
  readonly pipelines: number | null;
  /** Memory of the buffers that training keeps. */
  readonly bytes: number | null;
  /** Of the matrix products of a step in Heed's Program, the same for every engine. */
  readonly gflop: number;
  readonly gflops: number | null;
  /** `gflops` over the rate of the best plain matrix product on the same processor in the same run. */
  readonly gemmShare: number | null;
  readonly losses: readonly number[];
  /** What others on the same machine took meanwhile, as far as it can be told. */
  readonly lostCores: number;
  readonly error: string | null;
}

/** Work of a step in GFLOP. */
export const stepGflop = (model: BenchModel): number => stepFlops(benchTask(model)) / 1e9;

/** The rows of one model's contest. */
export function benchRows(
  model: BenchModel,
  measurements: readonly Measurement[],
  products: ProductRates,
  run: RunDescription,
): BenchRow[] {
  const gflop = stepGflop(model);
  return fasterModes(measurements).map((measurement) => {
    const { entry, turns, calls, opened, losses, firstStepMs, stepsPerTurn, lostCores, error } = measurement;
    const { engine, mode } = entry;
    const times = turns.map(({ stepMs }) => stepMs);
    const isMeasured = Number.isFinite(stepMsOf(measurement));
    const msMedian = isMeasured ? median(times) : null;
    const gflops = msMedian === null ? null : (1000 * gflop) / msMedian;
    const product = isOnGpu(engine) ? products.gpu : products.cpu;
    return {
      model: model.name,
      engine: engine.name,
      mode: engine.modes.length > 1 ? mode : null,
      strategy: opened?.strategy?.strategy ?? entry.strategy,
      tile: opened?.strategy ? { rows: opened.strategy.rows, lanes: opened.strategy.lanes } : null,
      strategyReason: opened?.strategy?.reason ?? null,
      msMedian,
      msMin: isMeasured ? Math.min(...times) : null,
      msMax: isMeasured ? Math.max(...times) : null,
      turns: times.length,
      stepsPerTurn,
      firstStepMs,
      // Engines without a GPU may compute the step before submitting returns: that is no cost of submitting.
      jsMs: isMeasured && calls ? median(turns.map(({ submitMs }) => submitMs)) : null,
      dispatches: calls?.dispatches ?? null,
      submits: calls?.submits ?? null,
      buffers: calls?.buffers ?? null,
      bindGroups: calls?.bindGroups ?? null,
      pipelines: calls?.pipelines ?? null,
      bytes: opened?.bytes ?? null,
      gflop,
      gflops,
      gemmShare: gflops !== null && product !== null ? gflops / product : null,
      losses,
      lostCores,
      error,
      ...run,
    };
  });
}
