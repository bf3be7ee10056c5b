/** Small runs on any executor, for tests of what a run answers. */

import { loadCorpus } from '../data/tasks.ts';
import type { Executor } from '../engine/executor.ts';
import { WasmExecutor } from '../engine/wasm-executor.ts';
import { type Config, defaultConfig, needsEqualSizes } from '../model/config.ts';
import { plainScene, type Scene } from '../training/questions.ts';
import { Run } from '../training/run.ts';

/** A translator of Phrases whose sizes all differ, with the given changes; Hd follows De where it has to. */
export function tinyConfig(changes: Partial<Config> = {}): Config {
  const sizes = { embedding: 6, hidden: 4, decoderHidden: 7, attention: 5, readout: 6, batch: 8 };
  const config = { ...defaultConfig('phrases'), ...sizes, ...changes };
  const annotation = (config.bidirectional ? 2 : 1) * config.hidden;
  return needsEqualSizes(config.score) ? { ...config, decoderHidden: annotation } : config;
}

export const openRun = (executor: Executor, config: Config = tinyConfig()): Promise<Run> =>
  Run.open(
    {
      executor,
      description: { kind: executor.kind, adapter: '', isSoftware: true, threads: 0, reasons: [] },
      lost: new Promise<never>(() => {}),
      onDescription: () => {},
    },
    () => loadCorpus(config),
    config,
  );

/** The CPU's kernels in one thread. */
export const openCpu = async (): Promise<WasmExecutor> => (await WasmExecutor.open({ shards: 1 })) as WasmExecutor;

/** Larger weights than the initial ones, so that each word of a translation is a clear choice and attention is uneven. */
export async function sharpen(run: Run, factor = 3): Promise<void> {
  const initial = await run.executor.read('parameters');
  run.executor.write(
    'parameters',
    Float64Array.from(initial, (value) => Math.fround(factor * value)),
  );
}

/** The source of a pinned sentence. */
export const sourceOf = (run: Run, probe = 0): readonly string[] => run.corpus.probes[probe]?.source ?? [];

/** A scene of a pinned sentence with the given changes. */
export function sceneOf(run: Run, changes: Partial<Scene> = {}, probe = 0): Scene {
  return { ...plainScene(sourceOf(run, probe)), ...changes };
}

/** `off` with the parts named. */
export const without = (...parts: readonly (keyof Scene['off'])[]): Scene['off'] => ({
  attention: parts.includes('attention'),
  forward: parts.includes('forward'),
  backward: parts.includes('backward'),
  inputFeeding: parts.includes('inputFeeding'),
  paddingMask: parts.includes('paddingMask'),
});

/** One weight for each source word: all on one. */
export const oneHot = (length: number, at: number): number[] => Array.from({ length }, (_, j) => (j === at ? 1 : 0));

/** One scene for everything that can be changed, and one for some of it at once. */
export function scenesOf(run: Run): Record<string, Scene> {
  const { length } = sourceOf(run);
  const { tokens } = run.corpus.targetVocabulary;
  const rows = (probe: number) => {
    const own = sourceOf(run, probe).length;
    return [null, oneHot(own, own - 1), null, oneHot(own, 0)];
  };
  const words = [tokens[40] as string, null, tokens[50] as string];
  return {
    plain: sceneOf(run),
    'another sentence': sceneOf(run, {}, 1),
    'attention of two rows': sceneOf(run, { attention: rows(0) }),
    'weight on padding': sceneOf(run, { attention: [[...oneHot(length, 0).map((w) => w / 2), 0.25, 0.25]] }),
    'words given': sceneOf(run, { words }),
    temperature: sceneOf(run, { temperature: 0.3 }),
    'without attention': sceneOf(run, { off: without('attention') }),
    'without the forward direction': sceneOf(run, { off: without('forward') }),
    'without the backward direction': sceneOf(run, { off: without('backward') }),
    'padding unmasked': sceneOf(run, { off: without('paddingMask') }),
    'without input feeding': sceneOf(run, { off: without('inputFeeding') }),
    'much at once': sceneOf(
      run,
      { attention: rows(2), words, temperature: 2, off: without('forward', 'inputFeeding') },
      2,
    ),
  };
}
