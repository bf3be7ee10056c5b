/** What `npm run ship` runs: the page's own trainer on the CPU's kernels, in one thread, so that the same sources give the same bytes. */

import { outlineOf } from '../data/outline.ts';
import { loadCorpus } from '../data/tasks.ts';
import { WasmExecutor } from '../engine/wasm-executor.ts';
import { type Config, checkConfig, defaultConfig, type TaskId } from '../model/config.ts';
import type { Evaluation } from '../training/protocol.ts';
import { Run } from '../training/run.ts';
import { decodeShipped, encodeShipped } from '../training/shipped/shipped-model.ts';
import { compileKernels } from '../wasm/kernels.ts';

export { MAX_SHIPPED_BYTES } from '../training/shipped/shipped-model.ts';

/** Looks at the validation part while training, so that the curves that ship have some points. */
const EVALUATIONS = 24;
const EVALUATION_PAIRS = 128;
/** Held-out pairs behind the figure that ships; all of them where there are fewer. */
const FINAL_PAIRS = 2000;
/** Steps between two reports of the progress. */
const REPORT_STEPS = 10;

export interface ShipOptions {
  readonly config: Config;
  readonly steps: number;
  readonly onProgress: (step: number, loss: number, exactMatch: number | null) => void;
}

export interface Shipped {
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly parameterCount: number;
  /** Test pairs, before and after the weights were packed. */
  readonly full: Evaluation;
  readonly packed: Evaluation;
  /** Validation pairs, packed: the figures that go into the file, as the page's meters take them. */
  readonly validation: Evaluation;
}

/** Only what every engine rounds alike: no relaxed SIMD, one thread. */
async function openRun(config: Config): Promise<Run> {
  const module = await compileKernels('plain');
  const executor = module && (await WasmExecutor.open({ module, shards: 1 }));
  if (!executor) throw new Error('This Node has no WebAssembly with SIMD.');
  const opened = {
    executor,
    description: { kind: 'cpu', adapter: '', isSoftware: true, threads: 1, reasons: [] } as const,
    lost: new Promise<never>(() => {}),
    onDescription: () => {},
  };
  const corpus = await loadCorpus(config);
  return Run.open(opened, () => corpus, config);
}

/** The settings that a task's model ships with. @throws ConfigError */
export function shippedConfig(task: TaskId): Config {
  const config = defaultConfig(task);
  checkConfig(config);
  return config;
}

const finalFigures = async (run: Run, part: 'validation' | 'test'): Promise<Evaluation> =>
  (await run.evaluate(run.corpus[part], FINAL_PAIRS, () => false)) as Evaluation;

/** Trains a model, packs it, and measures what packing costs. @throws RangeError where it does not fit */
export async function ship({ config, steps, onProgress }: ShipOptions): Promise<Shipped> {
  const run = await openRun(config);
  const { trainer, executor, corpus } = run;
  let exactMatch: number | null = null;
  let loss = Number.NaN;
  trainer.onProgress = (columns) => {
    loss = columns.loss.at(-1) ?? loss;
  };
  const spacing = Math.ceil(steps / EVALUATIONS);
  while (trainer.step < steps) {
    await executor.ready();
    trainer.submitStep();
    const { step } = trainer;
    if (step % spacing === 0 || step === steps) {
      await trainer.readProgress();
      exactMatch = (await run.evaluateLive(EVALUATION_PAIRS, () => false))?.exactMatch ?? null;
    }
    if (step % REPORT_STEPS !== 0) continue;
    await trainer.readProgress();
    onProgress(step, loss, exactMatch);
  }
  await executor.idle();
  const full = await finalFigures(run, 'test');
  const checkpoint = await run.save();
  const outline = outlineOf(corpus);
  const figures = await measurePacked(
    config,
    encodeShipped({ checkpoint: { ...checkpoint, evaluation: null }, outline }),
  );
  const bytes = encodeShipped({ checkpoint: { ...checkpoint, evaluation: figures.validation }, outline });
  run.dispose();
  return { bytes, parameterCount: trainer.layout.length, full, ...figures };
}

/** The figures of the model that a visitor gets. */
async function measurePacked(config: Config, bytes: Uint8Array): Promise<Pick<Shipped, 'packed' | 'validation'>> {
  const run = await openRun(config);
  try {
    await run.restore(decodeShipped(bytes).checkpoint);
    return { packed: await finalFigures(run, 'test'), validation: await finalFigures(run, 'validation') };
  } finally {
    run.dispose();
  }
}
