import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { holdLifeLock } from '../lib/life-lock.ts';
import { defaultConfig } from '../model/config.ts';
import { FakeLocks } from '../testing/fake-locks.ts';
import { FakeWorker } from '../testing/fake-worker.ts';
import { createTrainingClient, RequestError, WORKER_ERROR } from './client.ts';
import type { Event } from './protocol.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const start = () => {
  const worker = new FakeWorker();
  const locks = new FakeLocks();
  const client = createTrainingClient(worker, locks);
  const events: Event[] = [];
  client.subscribe((event) => events.push(event));
  return { worker, client, events, locks };
};

describe('the training client', () => {
  it('answers each question with its own answer', async () => {
    const { client } = start();
    const opened = client.open(defaultConfig('phrases'), 'auto');
    const one = client.translate('she washes herself .');
    const two = client.translate('a dog');
    await vi.advanceTimersByTimeAsync(10);
    expect((await opened).config.task).toBe('phrases');
    expect((await two).translation.source).toHaveLength(2);
    expect((await one).translation.source).toHaveLength(4);
  });

  it('hands every event to its listeners, in order, until they leave', async () => {
    const { client, events } = start();
    const late: Event[] = [];
    const leave = client.subscribe((event) => late.push(event));
    leave();
    void client.open(defaultConfig('phrases'), 'auto');
    await vi.advanceTimersByTimeAsync(10);
    expect(events.map((event) => event.type)).toEqual(['opened', 'status', 'frame']);
    expect(late).toEqual([]);
  });

  it('rejects a question that the worker refuses, with what it reported', async () => {
    const { client } = start();
    const refused = client.open({ ...defaultConfig('phrases'), hidden: 9999 }, 'auto');
    const rejection = expect(refused).rejects.toMatchObject({
      reported: { name: 'ConfigError', details: { field: 'hidden' } },
    });
    await vi.advanceTimersByTimeAsync(10);
    await rejection;
  });

  it('reports a worker that stops, and rejects what was asked of it', async () => {
    const { worker, client, events } = start();
    const open = client.open(defaultConfig('phrases'), 'auto');
    const rejection = expect(open).rejects.toBeInstanceOf(RequestError);
    worker.dispatch('error', { message: 'out of memory' });
    await rejection;
    expect(events).toEqual([{ type: 'failed', error: { name: WORKER_ERROR, message: 'out of memory', details: {} } }]);
    worker.dispatch('messageerror', {});
    expect(events).toHaveLength(2);
  });

  it('notices a worker that answers no more within ten seconds', async () => {
    const { worker, events } = start();
    await vi.advanceTimersByTimeAsync(5_500);
    worker.isSilent = true;
    await vi.advanceTimersByTimeAsync(8_000);
    expect(events).toEqual([]);
    await vi.advanceTimersByTimeAsync(2_000);
    expect(events).toMatchObject([{ type: 'failed', error: { name: WORKER_ERROR, message: 'no answer for 9 s' } }]);
  });

  it('reports a worker that ends without a word at once, and once, where it holds a lock', async () => {
    const { worker, client, events, locks } = start();
    const lock = (await holdLifeLock(locks)) as string;
    worker.emit({ type: 'alive', lock });
    await vi.advanceTimersByTimeAsync(60_000);
    expect(events).toEqual([]);
    worker.isSilent = true;
    const open = client.open(defaultConfig('phrases'), 'auto');
    const rejection = expect(open).rejects.toBeInstanceOf(RequestError);
    locks.free(lock);
    await vi.advanceTimersByTimeAsync(0);
    await rejection;
    expect(events).toMatchObject([{ type: 'failed', error: { name: WORKER_ERROR } }]);
    await vi.advanceTimersByTimeAsync(60_000);
    expect(events).toHaveLength(1);
  });

  it('waits no longer for the end of a worker that it ends itself', async () => {
    const { worker, client, events, locks } = start();
    const lock = (await holdLifeLock(locks)) as string;
    worker.emit({ type: 'alive', lock });
    client.dispose();
    locks.free(lock);
    await vi.advanceTimersByTimeAsync(60_000);
    expect(events).toEqual([]);
    expect(locks.held).toEqual([]);
  });

  it('ends the worker on dispose', () => {
    const { worker, client } = start();
    client.dispose();
    expect(worker.isTerminated).toBe(true);
  });
});
