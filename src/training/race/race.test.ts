import { afterEach, describe, expect, it } from 'vitest';
import { loadCorpus } from '../../data/tasks.ts';
import type { Config } from '../../model/config.ts';
import { openCpu, openRun, tinyConfig } from '../../testing/open-run.ts';
import type { OpenedExecutor } from '../executors.ts';
import { Race } from './race.ts';
import type { RaceNews, RaceSetup } from './race-protocol.ts';

const SENTENCE = 'the small black cat does not see the bird';
const small = (changes: Partial<Config>): Config => tinyConfig({ batch: 4, ...changes });

/** A race on the CPU whose news can be waited for. */
async function start(changes: Partial<RaceSetup> = {}) {
  const lanes = [small({ score: 'none' }), small({ score: 'dot' }), small({ score: 'additive' })];
  const setup: RaceSetup = { lanes, sentence: SENTENCE, measure: 'overall', sentencesPerLength: 4, ...changes };
  const news: RaceNews[] = [];
  const opened: OpenedExecutor[] = [];
  const disposed = new Set<unknown>();
  let listener = (): void => {};
  const race = await Race.open({
    race: 1,
    setup,
    corpus: await loadCorpus(small({})),
    executor: 'cpu',
    executors: {
      async open() {
        const executor = await openCpu();
        const dispose = executor.dispose.bind(executor);
        executor.dispose = () => {
          disposed.add(executor);
          dispose();
        };
        const one: OpenedExecutor = {
          executor,
          description: { kind: 'cpu', adapter: '', isSoftware: true, threads: 0, reasons: [] },
          lost: new Promise<never>(() => {}),
          onDescription: () => {},
        };
        opened.push(one);
        return one;
      },
    },
    tell: (one) => {
      news.push(one);
      listener();
    },
  });
  const until = (accept: (one: RaceNews) => boolean, from = 0): Promise<RaceNews> =>
    new Promise((resolve) => {
      listener = () => {
        const found = news.slice(from).find(accept);
        if (found) resolve(found);
      };
      listener();
    });
  const losses = (lane: number, from = 0) =>
    news.slice(from).flatMap(({ lanes: told }) => [...(told[lane]?.columns?.loss ?? [])]);
  return { race, setup, news, until, losses, opened, disposed };
}

describe('a race', () => {
  let current: Awaited<ReturnType<typeof start>>;
  afterEach(() => current.race.close());

  it('makes the same number of steps in every lane, and what a run of its own would make', async () => {
    current = await start();
    current.race.go(30);
    const end = await current.until(({ phase }) => phase === 'finished');
    expect(end.step).toBe(30);
    for (const lane of [0, 1, 2]) expect(current.losses(lane)).toHaveLength(30);
    for (const { stepMs, probe, brokenAt } of end.lanes) {
      expect(stepMs).toBeGreaterThan(0);
      expect(probe?.source.map(({ text }) => text).join(' ')).toBe(SENTENCE);
      expect(brokenAt).toBeNull();
    }
    // At every multiple of 25 and at the end, in all lanes alike.
    const measured = current.news.flatMap(({ lanes }) => [lanes.map(({ evaluation }) => evaluation?.step)]);
    expect(measured.filter(([step]) => step)).toEqual([
      [25, 25, 25],
      [30, 30, 30],
    ]);
    const alone = await openRun(await openCpu(), current.setup.lanes[1]);
    for (let step = 0; step < 30; step++) alone.trainer.submitStep();
    const { loss } = await alone.trainer.readProgress();
    expect(current.losses(1)).toEqual([...loss]);
    alone.dispose();
  });

  it('goes on after a pause, a stay in the parking place and a reset as if there had been none', async () => {
    current = await start();
    current.race.go(10);
    await current.until(({ phase }) => phase === 'finished');
    const whole = current.losses(2);
    await current.race.reset();
    const mark = current.news.length;
    current.race.go(4);
    await current.until(({ phase }) => phase === 'finished', mark);
    await current.race.park();
    // Nothing is held while it is parked.
    expect(current.disposed.size).toBe(3);
    current.race.go(10);
    await current.until(({ phase, step }) => phase === 'finished' && step === 10, mark);
    expect(current.losses(2, mark)).toEqual(whole);
    expect(current.opened).toHaveLength(6);
    await current.race.close();
    expect(current.disposed.size).toBe(6);
  });

  it('pauses where all lanes are at the same step', async () => {
    current = await start();
    current.race.go(1000);
    await current.until(({ step }) => step > 0);
    await current.race.pause();
    const last = current.news.at(-1) as RaceNews;
    expect(last.phase).toBe('paused');
    expect(last.step).toBeLessThan(1000);
    for (const lane of [0, 1, 2]) expect(current.losses(lane)).toHaveLength(last.step);
  });

  it('measures by length at multiples of 50 steps, the shortest first', async () => {
    current = await start({ measure: 'lengths' });
    current.race.go(50);
    const { lanes } = await current.until(({ phase }) => phase === 'finished');
    const buckets = lanes[0]?.lengths?.buckets ?? [];
    expect(buckets.map(({ from }) => from)).toEqual([3, 4, 5, 6, 7, 8, 9, 10]);
    for (const { sentences, exactMatch, bleu, tokenAccuracy } of buckets) {
      expect(sentences).toBe(4);
      for (const share of [exactMatch, bleu, tokenAccuracy]) expect(share).toBeGreaterThanOrEqual(0);
    }
  });

  it('lets a lane rest that broke down, and goes on with the others', async () => {
    current = await start({ lanes: [small({ learningRate: 1e6, warmup: 0, clip: 20, optimizer: 'sgd' }), small({})] });
    current.race.go(40);
    const { lanes } = await current.until(({ phase }) => phase === 'finished');
    const [broken, whole] = lanes;
    expect(whole?.brokenAt).toBeNull();
    expect(current.losses(1)).toHaveLength(40);
    expect(broken?.brokenAt).toBeLessThanOrEqual(40);
    expect(current.losses(0).length).toBeLessThan(40);
  });

  it('follows another sentence while it rests', async () => {
    current = await start();
    await current.race.follow('the old man often looks at her');
    const told = await current.until(({ lanes }) => lanes.length > 0);
    expect(told.lanes.map(({ probe }) => probe?.source.length)).toEqual([7, 7, 7]);
    await expect(current.race.follow(' ')).rejects.toMatchObject({ name: 'SentenceError' });
  });

  it('refuses lanes that would not see the same batches, and leaves nothing open', async () => {
    current = await start();
    await expect(start({ lanes: [small({ seed: 1 }), small({ seed: 2 })] })).rejects.toMatchObject({
      name: 'ConfigError',
      field: 'seed',
    });
    await expect(start({ lanes: [] })).rejects.toMatchObject({ name: 'ConfigError' });
  });

  it('says so when a lane can not go on', async () => {
    current = await start();
    const [first] = current.opened;
    if (first) first.executor.idle = () => Promise.reject(new Error('the device went away'));
    current.race.go(10);
    const { error } = await current.until(({ phase }) => phase === 'failed');
    expect(error?.message).toBe('the device went away');
    expect(current.disposed.size).toBe(3);
  });
});
