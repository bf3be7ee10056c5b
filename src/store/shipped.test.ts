import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { FakeWorker } from '../testing/fake-worker.ts';
import { createTrainingClient } from '../training/client.ts';
import type { Command, Event } from '../training/protocol.ts';
import { decodeLink } from './link.ts';
import { createSession } from './session.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const MODELS = 'https://example.org/models/';
const wait = (ms: number) => vi.advanceTimersByTimeAsync(ms);

/** A page whose worker has a model that ships, wherever one may be shown. */
async function start(hash = '') {
  const worker = new FakeWorker();
  const sent = <T extends Command['type']>(type: T) =>
    worker.sent.filter((command) => command.type === type) as Extract<Command, { type: T }>[];
  const shipped = (event: Event): Event => {
    if (sent('open').at(-1)?.models === undefined) return event;
    if (event.type === 'status' && event.status === 'paused' && event.step === 0) return { ...event, step: 1500 };
    if (event.type !== 'opened') return event;
    const curves = { lastStep: 1500, series: {}, means: [] };
    return { ...event, resumed: { step: 1500, curves, evaluation: null, origin: { kind: 'shipped' } } };
  };
  const startClient = () => {
    const client = createTrainingClient(worker);
    return {
      ...client,
      subscribe: (listener: (event: Event) => void) => client.subscribe((e) => listener(shipped(e))),
    };
  };
  const { state, problems } = decodeLink(hash);
  const session = createSession({ startClient, link: state, problems, models: MODELS });
  await wait(5);
  return { session, sent };
}

describe('a page that opens on a model that ships', () => {
  it('says so, without a notice', async () => {
    const { session, sent } = await start();
    expect(sent('open')[0]?.models).toBe(MODELS);
    expect(session.run.getState()).toMatchObject({ isShipped: true, step: 1500 });
    expect(session.notices.getState().notices).toEqual([]);
  });

  it('trains a new one, or this one where it is asked to', async () => {
    const { session, sent } = await start();
    session.actions.train();
    expect(sent('train').at(-1)).toEqual({ type: 'train', isFromStart: true });
    await wait(200);
    expect(session.run.getState().isShipped).toBe(false);
    session.actions.train();
    expect(sent('train').at(-1)).toEqual({ type: 'train', isFromStart: false });

    const other = await start();
    other.session.actions.step(3);
    expect(other.sent('step').at(-1)).toEqual({ type: 'step', count: 3, isFromStart: true });
    const third = await start();
    third.session.actions.goOn();
    expect(third.sent('train').at(-1)).toEqual({ type: 'train' });
  });

  it('shows another task with its model, and other settings without one', async () => {
    const { session, sent } = await start();
    session.actions.set('task', 'numbers');
    await wait(400);
    expect(sent('open').at(-1)?.models).toBe(MODELS);
    session.actions.set('hidden', 32);
    await wait(400);
    expect(sent('open').at(-1)?.models).toBeUndefined();
    expect(session.run.getState().isShipped).toBe(false);
  });

  it('goes on training through a change of the task, and shows nothing where the link says so', async () => {
    const { session, sent } = await start();
    session.actions.train();
    await wait(50);
    session.actions.set('task', 'dates');
    await wait(400);
    expect(sent('open').at(-1)?.models).toBeUndefined();
    expect((await start('shipped=0')).sent('open')[0]?.models).toBeUndefined();
  });
});
