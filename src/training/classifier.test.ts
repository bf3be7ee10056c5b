import { describe, expect, it } from 'vitest';
import { annotationSize, defaultConfig } from '../model/config.ts';
import { openCpu, openRun, sharpen } from '../testing/open-run.ts';
import { explore } from './explore/explore.ts';
import { SceneDecoder } from './explore/scene-decoder.ts';
import { type Answer, plainScene, type QuestionKind } from './questions.ts';
import type { Run } from './run.ts';

const SIZES = { embedding: 8, hidden: 8, decoderHidden: 10, attention: 6, readout: 7, batch: 16 };
const openActor = async (changes = {}): Promise<Run> =>
  openRun(await openCpu(), { ...defaultConfig('actor'), ...SIZES, ...changes });

async function ask<K extends QuestionKind>(run: Run, kind: K, question: object): Promise<Answer<K>> {
  return (await run.explorer.answer({ kind, ...question } as never)) as Answer<K>;
}

describe('a classifier', () => {
  it('learns who did it, and looks there', async () => {
    const sizes = { embedding: 16, hidden: 16, decoderHidden: 16, attention: 16, readout: 16, batch: 32 };
    const run = await openActor({ ...sizes, learningRate: 0.01, warmup: 10 });
    for (let step = 0; step < 160; step++) {
      await run.executor.ready();
      run.trainer.submitStep();
    }
    const evaluation = await run.evaluate(run.corpus.validation, 200, () => false);
    expect(evaluation?.exactMatch).toBeGreaterThan(0.9);
    expect(evaluation?.decidingWord).toBeGreaterThan(0.7);
    expect(evaluation?.alignmentError).toBeNull();
    expect(evaluation?.tokenAccuracy).toBe(evaluation?.exactMatch);
    run.dispose();
  });

  it('answers with one class, the probabilities of all of them, and one row of attention', async () => {
    const run = await openActor();
    await sharpen(run);
    const [probe] = run.corpus.probes;
    const answer = await run.translate(probe?.source ?? []);
    expect(answer.target).toHaveLength(1);
    expect(answer.weights).toHaveLength(probe?.source.length as number);
    expect(answer.weights.reduce((sum, weight) => sum + weight, 0)).toBeCloseTo(1, 5);
    const [classes] = answer.candidates ?? [];
    expect(classes).toHaveLength(10);
    expect(classes?.reduce((sum, { probability }) => sum + probability, 0)).toBeCloseTo(1, 5);
    expect(classes?.[0]?.token).toBe(answer.target[0]?.text);
    expect(classes?.[0]?.probability).toBeCloseTo(answer.probabilities[0] as number, 5);
    // Nothing is fed to a classifier, so that no mode of decoding makes a difference.
    expect(await run.translateProbes('teacher-forced')).toEqual(await run.translateProbes('free-running'));
    run.dispose();
  });

  it('is explored like any model: other weights, another class asked for, a part switched off', async () => {
    const run = await openActor();
    await sharpen(run);
    const source = run.corpus.probes[0]?.source ?? [];
    const plain = plainScene(source);
    const scenes = [
      plain,
      { ...plain, attention: [source.map((_, j) => (j === 0 ? 1 : 0))] },
      { ...plain, words: ['Jonas'] },
      { ...plain, off: { ...plain.off, attention: true } },
    ];
    const { scenes: answers } = await explore(new SceneDecoder(run.explorer.run), { scenes });
    const { reference, candidates, ...own } = await run.translate(source);
    expect(answers[0]?.translation).toEqual(own);
    expect(answers[0]?.candidates).toEqual(candidates);
    expect(answers[1]?.candidates).not.toEqual(answers[0]?.candidates);
    expect(answers[2]?.translation.target[0]?.text).toBe('Jonas');
    const asked = answers[0]?.candidates[0]?.find(({ token }) => token === 'Jonas')?.probability as number;
    expect(answers[2]?.translation.probabilities[0]).toBeCloseTo(asked, 5);
    expect(answers[3]?.candidates).not.toEqual(answers[0]?.candidates);
    run.dispose();
  });

  it('is opened like any model: query, context, gradients and attributions, which agree with differences', async () => {
    const run = await openActor();
    await sharpen(run);
    const { config } = run.describe();
    const source = run.corpus.probes[1]?.source ?? [];
    const trace = await ask(run, 'trace', { scene: plainScene(source) });
    expect(trace.tensors.query).toMatchObject({ rows: 1, columns: config.decoderHidden });
    expect(trace.tensors.context).toMatchObject({ rows: 1, columns: annotationSize(config) });
    expect(trace.tensors['readout.logits']).toMatchObject({ rows: 1, columns: 10 });
    const pair = { source, target: ['Emma'] };
    const backward = await ask(run, 'backward', pair);
    expect(backward.tensors.dQuery?.data.some((value) => value !== 0)).toBe(true);
    expect(backward.tensors['attention.dWeights']).toMatchObject({ rows: 1, columns: source.length });
    const { checked } = await ask(run, 'gradient-check', { ...pair, count: 8, seed: 3 });
    for (const { analytic, numeric } of checked) expect(Math.abs(analytic - numeric)).toBeLessThan(1e-4);
    const attributions = await ask(run, 'attributions', pair);
    expect(attributions.erasure).toMatchObject({ rows: 1, columns: source.length });
    await expect(ask(run, 'backward', { source, target: ['nobody'] })).rejects.toThrow(
      'nobody: expected one of the classes',
    );
    run.dispose();
  });
});
