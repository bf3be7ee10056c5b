import { describe, expect, it, vi } from 'vitest';
import { FakeLocks } from '../testing/fake-locks.ts';
import { holdLifeLock, whenEnded } from './life-lock.ts';

const settled = () => new Promise((resolve) => setTimeout(resolve));

describe('a lock that a thread holds as long as it lives', () => {
  it('tells once that the thread has ended, and not before', async () => {
    const locks = new FakeLocks();
    const name = (await holdLifeLock(locks)) as string;
    const onEnd = vi.fn();
    whenEnded(name, onEnd, locks);
    await settled();
    expect(onEnd).not.toHaveBeenCalled();
    locks.free(name);
    await settled();
    expect(onEnd).toHaveBeenCalledOnce();
    expect(locks.held).toEqual([]);
  });

  it('is another one for each thread', async () => {
    const locks = new FakeLocks();
    const [one, other] = [await holdLifeLock(locks), await holdLifeLock(locks)];
    expect(one).not.toBe(other);
    expect(locks.held).toEqual([one, other]);
  });

  it('tells nothing to who has stopped waiting, not even when the thread ends in the same moment', async () => {
    const locks = new FakeLocks();
    const [early, late] = [await holdLifeLock(locks), await holdLifeLock(locks)] as [string, string];
    const onEnd = vi.fn();
    whenEnded(early, onEnd, locks)();
    locks.free(early);
    const stop = whenEnded(late, onEnd, locks);
    locks.free(late);
    stop();
    await settled();
    expect(onEnd).not.toHaveBeenCalled();
  });

  it('is none where the browser has none or refuses them', async () => {
    const refusing = { request: () => Promise.reject(new DOMException('no origin', 'SecurityError')) };
    expect(await holdLifeLock(null)).toBeNull();
    expect(await holdLifeLock(refusing)).toBeNull();
    const onEnd = vi.fn();
    whenEnded('any', onEnd, refusing);
    whenEnded('any', onEnd, null)();
    await settled();
    expect(onEnd).not.toHaveBeenCalled();
  });
});
