/** Looks for the settings that run plans fastest, once for an adapter, a program and the kernels as they are. */

import { hashText } from '../lib/hash.ts';
import { agreesWithFirst, autotune, candidatesAround } from './autotune.ts';
import type { StrategyChoice, StrategyDescription } from './executor.ts';
import type { GpuPlan } from './gpu-plan.ts';
import { type Program, printProgram } from './program.ts';
import { choiceOf, type EngineSettings, isSameChoice } from './strategy.ts';
import { poolBytes, tensorBytes } from './tensors.ts';
import { type BenchHost, GpuTrialBench } from './trial-bench.ts';
import type { TuningMemory, TuningRecord } from './tuning-memory.ts';

/** Memory that the copies of a plan's tensors may take. */
const MAX_TRIAL_BYTES = 2 ** 29;

export interface TuningOptions {
  /** Keeps what is measured. */
  readonly memory: TuningMemory;
  /** Time in ms for which the runs may be held, in all. */
  readonly budgetMs: number;
}

/** What tuning needs of the scheduler. */
export interface TuningHost extends BenchHost {
  /** As the adapter describes itself. */
  readonly adapter: string;
  readonly tuning: TuningOptions;
  /** The texts of the kernels of a program under some settings. */
  kernels(program: Program, settings: EngineSettings): readonly string[];
}

/** Changes with the adapter, with the shapes and calls of the program, and with any kernel of any candidate. */
function tuningKey(host: TuningHost, program: Program, candidates: readonly EngineSettings[]): string {
  const kernels = new Set(candidates.flatMap((settings) => host.kernels(program, settings)));
  const choices = candidates.map((candidate) => Object.values(choiceOf(candidate)).join());
  return hashText([host.adapter, printProgram(program), ...choices, ...kernels].join('\n'));
}

const trialBytes = (program: Program): number =>
  poolBytes(program) +
  2 * [...program.tensors.values()].reduce((sum, spec) => sum + (spec.role === 'shared' ? tensorBytes(spec) : 0), 0);

function describe(record: TuningRecord, first: StrategyChoice, isRemembered: boolean): StrategyDescription {
  const { chosen, rival, gain, measured, excluded } = record;
  const isRuleConfirmed = isSameChoice(chosen, first);
  return { ...chosen, reason: { kind: 'measured', isRuleConfirmed, rival, gain, measured, excluded, isRemembered } };
}

/** A remembered choice, after a look at whether it still computes the same; else the first one stays. */
async function confirm(
  record: TuningRecord,
  candidates: readonly EngineSettings[],
  bench: GpuTrialBench,
  signal: AbortSignal,
): Promise<TuningRecord | null> {
  const [first, chosen] = [candidates[0], candidates.find((other) => isSameChoice(choiceOf(other), record.chosen))];
  const problem = await agreesWithFirst([first as EngineSettings, chosen as EngineSettings], bench, signal);
  if (problem === 'unknown') return null;
  if (problem === null) return record;
  const excluded = [...record.excluded, { ...record.chosen, problem }];
  return { chosen: choiceOf(first as EngineSettings), rival: null, gain: 1, measured: 1, excluded };
}

async function measure(
  candidates: readonly EngineSettings[],
  bench: GpuTrialBench,
  budgetMs: number,
  signal: AbortSignal,
): Promise<TuningRecord | null> {
  const tuned = await autotune(candidates, bench, signal, budgetMs);
  if (!tuned) return null;
  const choices = candidates.map(choiceOf);
  const { winner, rival, gain, measured, excluded } = tuned;
  return {
    chosen: choices[winner] as StrategyChoice,
    rival: rival === null ? null : (choices[rival] as StrategyChoice),
    gain,
    measured,
    excluded,
  };
}

/**
 * Measures the first of some plans that all run under the same settings, and has all of them use what is fastest. Whatever goes
 * wrong, they stay as they are.
 */
export async function tunePlans(host: TuningHost, plans: readonly GpuPlan[], signal: AbortSignal): Promise<void> {
  const [sample] = plans;
  if (!sample || trialBytes(sample.program) > MAX_TRIAL_BYTES) return;
  const candidates = candidatesAround(sample.settings);
  const choices = candidates.map(choiceOf);
  const [first] = choices as [StrategyChoice, ...StrategyChoice[]];
  const key = tuningKey(host, sample.program, candidates);
  const known = await host.tuning.memory.recall(key, choices);
  if (signal.aborted) return;
  let record = known;
  if (!known || !isSameChoice(known.chosen, first)) {
    const bench = await GpuTrialBench.open(host, sample);
    try {
      record = known
        ? await confirm(known, candidates, bench, signal)
        : await measure(candidates, bench, host.tuning.budgetMs, signal);
    } finally {
      bench.dispose();
    }
  }
  if (!record || signal.aborted) return;
  if (record !== known) host.tuning.memory.remember(key, record);
  const description = describe(record, first, record === known);
  const settings = candidates.find((candidate) => isSameChoice(choiceOf(candidate), record.chosen)) as EngineSettings;
  for (const plan of plans) {
    const isNew = settings !== candidates[0];
    const recording = isNew ? await host.record(plan.program, plan.tensors, settings) : undefined;
    if (signal.aborted) {
      for (const buffer of recording?.buffers ?? []) host.ledger.destroy(buffer);
      return;
    }
    plan.use(description, recording);
  }
}
