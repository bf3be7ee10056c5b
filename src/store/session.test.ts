import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { PackedCorpus } from '../data/packed-corpus.ts';
import { holdLifeLock } from '../lib/life-lock.ts';
import { FakeLocks } from '../testing/fake-locks.ts';
import { FakeWorker } from '../testing/fake-worker.ts';
import { createTrainingClient } from '../training/client.ts';
import type { TrainingState } from '../training/protocol.ts';
import { decodeLink, encodeLink } from './link.ts';
import { isRunning } from './run-store.ts';
import { createSession } from './session.ts';
import { linkOf } from './session-link.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const wait = (ms: number) => vi.advanceTimersByTimeAsync(ms);

async function start(hash = '') {
  const workers: FakeWorker[] = [];
  const locks = new FakeLocks();
  let isReturning = false;
  const startClient = () => {
    const worker = Object.assign(new FakeWorker(), { isReturning });
    workers.push(worker);
    return createTrainingClient(worker, locks);
  };
  const { state, problems } = decodeLink(hash);
  const session = createSession({ startClient, link: state, problems });
  await wait(20);
  const sent = (type: string) => workers.flatMap((worker) => worker.sent).filter((command) => command.type === type);
  const startsReturning = () => {
    isReturning = true;
  };
  return { session, workers, sent, locks, startsReturning };
}

describe('a session', () => {
  it('opens a run and shows its first probe before any training', async () => {
    const { session } = await start();
    expect(session.run.getState().phase).toBe('ready');
    expect(session.frames.getState().shown?.step).toBe(0);
  });

  it('shows a press on Train and on Pause before the worker has answered', async () => {
    const { session } = await start();
    session.actions.train();
    expect(isRunning(session.run.getState())).toBe(true);
    await wait(500);
    expect(session.run.getState().status).toBe('training');
    session.actions.pause();
    expect(isRunning(session.run.getState())).toBe(false);
    await wait(50);
    expect(session.run.getState().status).toBe('paused');
  });

  it('makes as many steps as asked for, and pauses', async () => {
    const { session } = await start();
    session.actions.step(10);
    await wait(2000);
    expect(session.run.getState()).toMatchObject({ step: 10, status: 'paused', intent: null });
  });

  it('remembers the step at which the goal was reached, until a reset', async () => {
    const { session } = await start();
    session.actions.step(600);
    await wait(20_000);
    const { goalStep } = session.run.getState();
    expect(goalStep).toBeGreaterThan(0);
    expect(session.run.history.training.loss.length).toBeGreaterThan(0);
    session.actions.reset();
    await wait(50);
    expect(session.run.getState()).toMatchObject({ step: 0, goalStep: null, evaluation: null });
    expect(session.run.history.training.loss.length).toBe(0);
  });

  it('changes live settings without opening the run again', async () => {
    const { session, sent } = await start();
    session.actions.set('learningRate', 0.0123);
    await wait(1000);
    expect(sent('open')).toHaveLength(1);
    expect(sent('configure').at(-1)).toMatchObject({ live: { learningRate: 0.0123 } });
  });

  it('opens the run again once for a slider that is dragged, says so, and goes on training', async () => {
    const { session, sent } = await start();
    session.actions.train();
    await wait(300);
    for (const hidden of [70, 80, 90]) session.actions.set('hidden', hidden);
    await wait(1000);
    expect(sent('open')).toHaveLength(2);
    expect(session.run.getState().status).toBe('training');
    const [notice] = session.notices.getState().notices;
    expect(notice).toMatchObject({ kind: 'reopened', changes: [{ field: 'hidden', to: 90 }] });
    if (notice.kind === 'reopened') session.actions.restore(notice.previous);
    await wait(1000);
    expect(session.run.getState().run?.config).toEqual(decodeLink('').state.config);
  });

  it('throws for a value out of range and leaves everything as it was', async () => {
    const { session } = await start();
    const before = session.settings.getState();
    expect(() => session.actions.set('hidden', 100_000)).toThrow('hidden');
    expect(session.settings.getState()).toBe(before);
  });

  it('translates a typed sentence and keeps it pinned', async () => {
    const { session, sent } = await start();
    void session.actions.translate('the dog sleeps');
    await wait(20);
    expect(session.frames.getState().staged.kind).toBe('own');
    expect(sent('probes').at(-1)).toMatchObject({ sources: expect.arrayContaining(['the dog sleeps']) });
  });

  it('says why a sentence can’t be translated, and keeps the one on the stage', async () => {
    const { session } = await start();
    const before = session.frames.getState().shown?.key;
    void session.actions.translate('   ');
    await wait(20);
    expect(session.frames.getState().problem).toMatchObject({ details: { reason: 'empty' } });
    void session.actions.translate('word '.repeat(2000));
    await wait(20);
    expect(session.frames.getState().problem).toMatchObject({ details: { reason: 'too-long' } });
    expect(session.frames.getState().shown?.key).toBe(before);
  });

  it('comes back from its own link', async () => {
    const first = await start('#task=dates&seed=5&speed=20&decoding=teacher-forced&values=true&say=1%2F2%2F34');
    await wait(50);
    const link = encodeLink(linkOf(first.session));
    const second = await start(link);
    await wait(50);
    expect(encodeLink(linkOf(second.session))).toBe(link);
    expect(second.session.settings.getState().config).toMatchObject({ task: 'dates', seed: 5 });
    expect(second.sent('pace').at(-1)).toMatchObject({ pace: { kind: 'limited', stepsPerSecond: 20 } });
  });

  it('reports the bad values of a link and opens with the rest', async () => {
    const { session } = await start('#hidden=9999&seed=3');
    expect(session.notices.getState().notices).toMatchObject([{ kind: 'link-problems' }]);
    expect(session.run.getState().run?.config.seed).toBe(3);
  });

  it('goes on elsewhere without opening the run again, keeps it in the link, and takes over what the worker finds best', async () => {
    const { session, workers, sent } = await start();
    expect(session.run.getState().run?.strategy?.reason.kind).toBe('rule');
    session.actions.setStrategy('wide');
    await wait(50);
    expect(sent('move').at(-1)).toMatchObject({ executor: 'auto', strategy: 'wide' });
    expect(session.run.getState().run?.strategy).toMatchObject({ strategy: 'wide', reason: { kind: 'asked' } });
    expect(encodeLink(linkOf(session))).toBe('strategy=wide');
    session.actions.applyLink(decodeLink('').state, []);
    await wait(50);
    expect(sent('move').at(-1)).toMatchObject({ strategy: 'auto' });
    expect(sent('open')).toHaveLength(1);
    const strategy = { strategy: 'stepwise', rows: 2, lanes: 128, reason: { kind: 'asked' } } as const;
    workers[0].emit({ type: 'strategy', strategy, dispatchesPerStep: 17 });
    expect(session.run.getState().run).toMatchObject({ strategy, dispatchesPerStep: 17 });
  });

  it('keeps step, curves, time line, sentence and edits when it goes on elsewhere, and trains on', async () => {
    const { session } = await start();
    session.actions.train();
    await wait(2000);
    void session.actions.translate('the dog sleeps');
    await wait(50);
    const { run, timeline, frames } = session;
    const before = {
      step: run.getState().step,
      moments: timeline.moments().length,
      loss: run.history.training.loss.length,
    };
    session.actions.setExecutor('cpu');
    await wait(30);
    expect(run.getState()).toMatchObject({ phase: 'ready', status: 'training', run: { executor: { kind: 'cpu' } } });
    await wait(1000);
    expect(run.getState().step).toBeGreaterThan(before.step);
    expect(run.history.training.loss.length).toBeGreaterThan(before.loss);
    expect(timeline.moments().length).toBeGreaterThanOrEqual(before.moments);
    expect(frames.getState()).toMatchObject({ staged: { kind: 'own' }, own: { text: 'the dog sleeps' } });
  });

  it('stays where it is, and says why, when it can not go on elsewhere', async () => {
    const { session, workers } = await start();
    session.actions.train();
    await wait(500);
    workers[0].refusal = { name: 'DeviceUnavailableError', message: 'no adapter', details: {} };
    session.actions.setExecutor('webgpu');
    await wait(50);
    expect(session.settings.getState().executor).toBe('auto');
    expect(session.notices.getState().notices).toMatchObject([{ kind: 'refused', error: { message: 'no adapter' } }]);
    const { step } = session.run.getState();
    await wait(500);
    expect(session.run.getState()).toMatchObject({ phase: 'ready', status: 'training' });
    expect(session.run.getState().step).toBeGreaterThan(step);
  });

  it('starts a fresh worker for one that stopped, from the newest good state, and trains on', async () => {
    const { session, workers, sent } = await start('#seed=3');
    session.actions.train();
    await wait(500);
    const state = { step: 12, curves: { lastStep: 12, series: {}, means: [] } } as unknown as TrainingState;
    workers[0].emit({ type: 'snapshot', state });
    workers[0].dispatch('error', { message: 'gone' });
    await wait(200);
    expect(workers).toHaveLength(2);
    expect(workers[0].isTerminated).toBe(true);
    expect(sent('open').at(-1)).toMatchObject({ resume: { step: 12 }, config: { seed: 3 } });
    expect(session.run.getState()).toMatchObject({ phase: 'ready', failure: null, status: 'training' });
    expect(session.notices.getState().notices).toMatchObject([{ kind: 'recovered', recovery: { cause: 'worker' } }]);
  });

  it('gives the pairs that a worker has made to the one that takes its place, for the same task', async () => {
    const { session, workers, sent } = await start();
    session.actions.train();
    await wait(500);
    const corpus = {
      task: 'phrases',
      pairs: new Uint16Array(2),
      starts: new Uint32Array(1),
    } as unknown as PackedCorpus;
    workers[0].emit({ type: 'corpus', corpus });
    workers[0].dispatch('error', { message: 'gone' });
    await wait(200);
    expect(sent('open').at(-1)).toMatchObject({ succession: { corpus, hadGpu: true } });
    session.actions.set('task', 'numbers');
    await wait(1000);
    expect(sent('open').at(-1)).not.toHaveProperty('succession');
    workers[1].dispatch('error', { message: 'gone' });
    await wait(200);
    expect(sent('open').at(-1)).toMatchObject({ config: { task: 'numbers' }, succession: { corpus: null } });
  });

  it('says that a run comes back to its GPU after its worker ended', async () => {
    const { session, workers, startsReturning } = await start();
    session.actions.train();
    await wait(500);
    startsReturning();
    workers[0].dispatch('error', { message: 'gone' });
    await wait(200);
    expect(session.notices.getState().notices).toMatchObject([
      { kind: 'recovered', recovery: { cause: 'worker', isReturning: true } },
    ]);
  });

  it('starts a fresh worker at once for one that ended without a word, and takes that for no fault which it ends itself', async () => {
    const { session, workers, locks } = await start();
    session.actions.train();
    await wait(500);
    const [first, second] = [await holdLifeLock(locks), await holdLifeLock(locks)] as [string, string];
    workers[0].emit({ type: 'alive', lock: first });
    workers[0].isSilent = true;
    locks.free(first);
    await wait(500);
    expect(workers).toHaveLength(2);
    expect(session.run.getState()).toMatchObject({ phase: 'ready', failure: null, status: 'training' });
    expect(session.notices.getState().notices).toMatchObject([{ kind: 'recovered', recovery: { cause: 'worker' } }]);
    workers[1].emit({ type: 'alive', lock: second });
    session.dispose();
    locks.free(second);
    await wait(20_000);
    expect(workers).toHaveLength(2);
  });

  it('notices a worker that answers no more, though not in a tab whose timers stand still', async () => {
    const { workers } = await start();
    vi.setSystemTime(Date.now() + 3_600_000);
    await wait(5000);
    expect(workers).toHaveLength(1);
    workers[0].isSilent = true;
    await wait(9000);
    expect(workers).toHaveLength(1);
    await wait(3000);
    expect(workers).toHaveLength(2);
  });

  it('goes on at a lower rate after a breakdown, when it is asked to', async () => {
    const { session, workers, sent } = await start();
    const breakdown = { kind: 'absurd', step: 31, loss: 1e6, usualLoss: 2 } as const;
    const divergence = { breakdown, learningRate: 1, lowerRate: 0.1, step: 24 };
    const curves = { lastStep: 24, series: {}, means: [] };
    workers[0].emit({ type: 'diverged', divergence, curves });
    workers[0].emit({ type: 'status', status: 'paused', step: 24 });
    expect(session.run.getState()).toMatchObject({ step: 24, status: 'paused' });
    expect(session.notices.getState().notices).toMatchObject([{ kind: 'diverged', divergence }]);
    session.actions.goOnAt(0.1);
    expect(session.notices.getState().notices).toEqual([]);
    expect(sent('configure')).toMatchObject([{ live: { learningRate: 0.1 } }]);
    expect(sent('train')).toHaveLength(1);
  });

  it('starts a fresh worker after the third failure in a minute when it is asked to', async () => {
    const { session, workers } = await start('#seed=3');
    for (const i of [0, 1, 2]) {
      workers[i].dispatch('error', { message: 'gone' });
      await wait(50);
    }
    expect(session.run.getState()).toMatchObject({ phase: 'failed', failure: { message: 'gone' } });
    session.actions.reopen();
    await wait(50);
    expect(workers).toHaveLength(4);
    expect(workers[2].isTerminated).toBe(true);
    expect(session.run.getState()).toMatchObject({ phase: 'ready', failure: null });
    expect(session.run.getState().run?.config.seed).toBe(3);
  });

  it('goes back to the settings of the run where the worker refuses new ones', async () => {
    const { session, workers } = await start();
    const config = session.settings.getState().config;
    session.settings.setState({ config: { ...config, hidden: 100_000 } });
    session.actions.setExecutor('cpu');
    await wait(50);
    expect(session.settings.getState().config).toEqual(config);
    expect(session.notices.getState().notices).toMatchObject([{ kind: 'refused' }]);
    expect(workers).toHaveLength(1);
    expect(session.run.getState().phase).toBe('ready');
  });
});
