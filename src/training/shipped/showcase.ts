/**
 * A trained model on show. It has no pairs yet and computes in this thread, so that it is there at once; whatever only needs the
 * weights is answered from it. The whole run, on the executor that was asked for, takes its place when something needs one.
 */

import { loadOutlined, preloadOutlined } from '../../data/outline.ts';
import { loadCorpus } from '../../data/tasks.ts';
import { WasmExecutor } from '../../engine/wasm-executor.ts';
import type { Config } from '../../model/config.ts';
import { compileKernels } from '../../wasm/kernels.ts';
import type { OpenedExecutor } from '../executors.ts';
import type { Command, ExecutorPreference, ExecutorReason } from '../protocol.ts';
import { Run } from '../run.ts';
import type { OpenRun } from '../safety/rescuer.ts';
import type { ShippedModel } from './shipped-model.ts';

/** Everything but looking: what trains, measures on the pairs, keeps the run, or asks how fast it is. */
const NEEDS_WHOLE: ReadonlySet<Command['type']> = new Set([
  'train',
  'pause',
  'step',
  'reset',
  'configure',
  'evaluate',
  'checkpoint',
  'move',
  'race',
]);

export function needsWhole(command: Command): boolean {
  if (command.type === 'ask') return command.question.kind === 'profile';
  if (command.type === 'shelf') return command.action.kind === 'save';
  return NEEDS_WHOLE.has(command.type);
}

async function openThread(preference: ExecutorPreference): Promise<OpenedExecutor> {
  const wasm = await WasmExecutor.open({ shards: 1 });
  const executor = wasm ?? new (await import('../../engine/reference-executor.ts')).ReferenceExecutor();
  const reasons: readonly ExecutorReason[] = [
    ...(wasm ? [] : [{ kind: 'no-simd' } as const]),
    ...(preference === 'auto' ? [{ kind: 'on-show' } as const] : []),
  ];
  return {
    executor,
    description: { kind: 'cpu', adapter: '', isSoftware: true, threads: wasm ? 1 : 0, reasons },
    lost: new Promise(() => {}),
    onDescription: () => {},
  };
}

/** Begins to load what `openShown` needs beside the model. */
export function preloadShown(task: Config['task']): void {
  preloadOutlined(task);
  compileKernels().catch(() => {});
}

/** Puts a model on show. @throws CheckpointFormatError where it is not of this version's tasks */
export async function openShown(model: ShippedModel, preference: ExecutorPreference): Promise<OpenRun> {
  const { checkpoint, outline } = model;
  const { config, sourceTokens, targetTokens } = checkpoint;
  const tokens = { source: sourceTokens, target: targetTokens };
  const [opened, outlined] = await Promise.all([openThread(preference), loadOutlined(config.task, outline, tokens)]);
  return { run: await Run.show(opened, outlined ?? (await loadCorpus(config)), checkpoint), opened };
}

/** A run on show, and the whole one that takes its place. */
export class Showcase {
  #whole: Promise<boolean> | null = null;

  constructor(
    readonly run: Run,
    private readonly open: () => Promise<boolean>,
  ) {}

  /** Opens the whole run, once. @returns false where it took nobody's place */
  whole(): Promise<boolean> {
    this.#whole ??= this.open();
    return this.#whole;
  }
}
