import { afterEach, describe, expect, it } from 'vitest';
import { loadCorpus } from '../../data/tasks.ts';
import type { Executor } from '../../engine/executor.ts';
import { programWork } from '../../engine/profile.ts';
import { ReferenceExecutor } from '../../engine/reference-executor.ts';
import { WasmExecutor } from '../../engine/wasm-executor.ts';
import { type Config, defaultConfig } from '../../model/config.ts';
import { ShardWorkers } from '../../testing/shard-workers.ts';
import { Trainer } from '../trainer.ts';
import { profile } from './profile.ts';

const sizes = { embedding: 4, hidden: 4, decoderHidden: 4, attention: 4, readout: 4, batch: 16 };
const config: Config = { ...defaultConfig('phrases'), ...sizes };
const corpus = await loadCorpus(config);
const workers = new ShardWorkers();
const opened: Executor[] = [];

afterEach(() => {
  for (const executor of opened.splice(0)) executor.dispose();
});

async function open(kind: 'reference' | 'one thread' | 'two threads') {
  const executor =
    kind === 'reference'
      ? new ReferenceExecutor()
      : ((await WasmExecutor.open({
          shards: kind === 'one thread' ? 1 : 2,
          createWorker: workers.create,
        })) as WasmExecutor);
  opened.push(executor);
  const trainer = await Trainer.open(executor, corpus, config);
  return { executor, trainer, corpus, sourceLength: 8, targetLength: 8 };
}

describe.each(['reference', 'one thread', 'two threads'] as const)('a profile on the CPU, %s', (kind) => {
  it('has every call of the step in order, with its work and its time', async () => {
    const run = await open(kind);
    const { plan } = run.trainer.sampleStep();
    const answer = await profile(run, { isFused: true });
    const { launches, rows } = answer;
    expect(launches.map(({ label }) => label)).toEqual(plan.program.calls.map(({ op }) => op));
    expect(launches.every(({ calls, source, workgroups }) => calls.length === 1 && !source && !workgroups)).toBe(true);
    const timed = rows ? (plan.program.forBatch?.(rows.timed) ?? plan.program) : plan.program;
    expect(rows).toEqual(kind === 'two threads' ? { timed: 8, batch: 16 } : null);
    expect(launches.reduce((sum, { flops }) => sum + flops, 0)).toBeCloseTo(programWork(timed), 4);
    launches.reduce((end, { startMs, ms }) => {
      expect(startMs).toBeCloseTo(end, 9);
      expect(ms).toBeGreaterThanOrEqual(0);
      return startMs + ms;
    }, 0);
    expect([answer.clock, answer.stepMs > 0]).toEqual(['cpu', true]);
    expect(Math.min(answer.roofline.gflops, answer.roofline.gigabytesPerSecond)).toBeGreaterThan(0);
  });

  it('leaves the run as it is, bit for bit', async () => {
    const [run, other] = [await open(kind), await open(kind)];
    for (let step = 0; step < 3; step++) {
      await profile(run, { isFused: step % 2 === 0 });
      for (const { trainer, executor } of [run, other]) {
        trainer.submitStep();
        await executor.idle();
      }
    }
    for (const tensor of ['parameters', 'moment1', 'moment2', 'history'])
      expect(await run.executor.read(tensor)).toEqual(await other.executor.read(tensor));
  });
});
