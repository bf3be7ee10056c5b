import { describe, expect, it } from 'vitest';
import type { Executor } from '../../engine/executor.ts';
import { ReferenceExecutor } from '../../engine/reference-executor.ts';
import { Scheduler } from '../../engine/scheduler.ts';
import { useGpu } from '../../testing/gpu-fixture.ts';
import { USED_PLACEMENTS } from '../../testing/model-matrix.ts';
import { openCpu, openRun, sceneOf, scenesOf, sharpen, tinyConfig } from '../../testing/open-run.ts';
import { compare, TOLERANCES } from '../../testing/tolerance.ts';
import type { Answer, Trace } from '../questions.ts';
import type { Run } from '../run.ts';

async function openSharp(executor: Executor, changes: Parameters<typeof tinyConfig>[0]): Promise<Run> {
  const run = await openRun(executor, tinyConfig(changes));
  await sharpen(run, 2);
  return run;
}

const traceAll = (run: Run): Promise<Trace[]> =>
  Promise.all(
    Object.values(scenesOf(run)).map((scene) => run.explorer.answer({ kind: 'trace', scene }) as Promise<Trace>),
  );

const wordsOf = ({ translation, candidates }: Trace) => [
  translation.target.map(({ text }) => text),
  candidates.map(([best]) => best?.token),
];

describe('scenes', () => {
  const gpu = useGpu();

  // Every family of scores once, with placements, directions and layers in turn; all of them meet on the CPU's executors.
  const models = (['additive', 'general', 'linear-concat', 'none'] as const).map((score, i) => ({
    score,
    placement: USED_PLACEMENTS[i % 2] as (typeof USED_PLACEMENTS)[number],
    bidirectional: i % 3 > 0,
    layers: 1 + (i % 2),
  }));
  it.each(models)(
    'are decoded alike in float64, on the CPU and on the GPU, with every tensor: $score $placement, bidirectional $bidirectional, layers $layers',
    async (model) => {
      const exact = await openSharp(new ReferenceExecutor(), model);
      const want = await traceAll(exact);
      const names = Object.keys(scenesOf(exact));
      exact.dispose();
      for (const executor of [await openCpu(), new Scheduler(gpu.handle)]) {
        const run = await openSharp(executor, model);
        const got = await traceAll(run);
        run.dispose();
        for (const [i, trace] of got.entries()) {
          const who = `${executor.kind}, ${names[i]}`;
          const wanted = want[i] as Trace;
          expect(wordsOf(trace), who).toEqual(wordsOf(wanted));
          const { probabilities, weights } = trace.translation;
          const value = TOLERANCES.float32.value;
          expect(compare(probabilities, wanted.translation.probabilities, value), who).toMatchObject({
            isWithin: true,
          });
          expect(compare(weights, wanted.translation.weights, value), who).toMatchObject({ isWithin: true });
          expect(Object.keys(trace.tensors)).toEqual(Object.keys(wanted.tensors));
          for (const [name, { data }] of Object.entries(wanted.tensors)) {
            const own = trace.tensors[name]?.data ?? [];
            expect(compare(own, data, value), `${who}: ${name}`).toMatchObject({ isWithin: true });
          }
        }
      }
    },
  );

  it.each(['separate', 'persistent'] as const)(
    'that nothing is changed about are what the sentence box shows, bit for bit: %s',
    async (strategy) => {
      const run = await openSharp(new Scheduler(gpu.handle, { strategy }), { layers: 2 });
      const sources = run.corpus.probes.map(({ source }) => source);
      const scenes = sources.map((source) => sceneOf(run, { source }));
      const answer = (await run.explorer.answer({ kind: 'explore', scenes })) as Answer<'explore'>;
      for (const [i, source] of sources.entries()) {
        const { reference, ...plain } = await run.translate(source);
        expect(answer.scenes[i]?.translation).toEqual(plain);
      }
      run.dispose();
    },
  );

  it.each(['separate', 'persistent'] as const)('leave the training bit for bit as it is: %s', async (strategy) => {
    const train = async (isAsked: boolean) => {
      const run = await openRun(new Scheduler(gpu.handle, { strategy }));
      const answers: Promise<unknown>[] = [];
      for (let step = 0; step < 20; step++) {
        await run.executor.ready();
        run.trainer.submitStep();
        if (!isAsked) continue;
        answers.push(run.explorer.answer({ kind: 'explore', scenes: Object.values(scenesOf(run)).slice(2, 5) }));
        if (step % 4 === 3) await run.explorer.answer({ kind: 'trace', scene: sceneOf(run) });
      }
      await Promise.all(answers);
      const { loss } = await run.trainer.readProgress();
      run.dispose();
      return loss;
    };
    expect(await train(true)).toEqual(await train(false));
  });
});
