import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { DeviceLostError } from '../lib/errors.ts';
import { STUCK_MS, Watch } from './watch.ts';

const NEVER = new Promise<never>(() => {});

describe('a watch over a device', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  const create = () => {
    const watch = new Watch();
    const losses: unknown[] = [];
    watch.lost.catch((error) => losses.push(error));
    return { watch, losses };
  };

  it('passes on what settles in time, and leaves no timer behind', async () => {
    const { watch, losses } = create();
    expect(await watch.over(Promise.resolve(3), 'a read')).toBe(3);
    await expect(watch.over(Promise.reject(new Error('refused')), 'a read')).rejects.toThrow('refused');
    expect(vi.getTimerCount()).toBe(0);
    expect(losses).toEqual([]);
  });

  it('calls a device stuck when it does not answer in time, for everybody', async () => {
    const { watch, losses } = create();
    const waiting = [watch.over(NEVER, 'a read'), watch.over(NEVER, 'the queue', 60_000)];
    const outcomes = Promise.allSettled(waiting);
    await vi.advanceTimersByTimeAsync(STUCK_MS - 1);
    expect(losses).toEqual([]);
    await vi.advanceTimersByTimeAsync(2);
    for (const outcome of await outcomes)
      expect(outcome).toMatchObject({ status: 'rejected', reason: { name: 'DeviceLostError', cause: 'stuck' } });
    await expect(watch.over(Promise.resolve(1), 'later')).rejects.toThrow(DeviceLostError);
    expect(losses).toHaveLength(1);
  });

  it('does not count the time of a frozen tab, in which no timer ran', async () => {
    const { watch, losses } = create();
    watch.over(NEVER, 'a read').catch(() => {});
    vi.setSystemTime(Date.now() + 3_600_000);
    await vi.advanceTimersByTimeAsync(STUCK_MS - 1000);
    expect(losses).toEqual([]);
  });

  it('ends all waiting when the device is lost', async () => {
    const { watch } = create();
    const read = watch.over(NEVER, 'a read');
    watch.fail(new DeviceLostError('gone'));
    await expect(read).rejects.toThrow('gone');
    expect(vi.getTimerCount()).toBe(0);
  });
});
