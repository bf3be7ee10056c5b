import { describe, expect, it } from 'vitest';
import { QueueDepth } from './queue-depth.ts';

/** Keeps a queue filled to its limit with runs of the given length, which are reported `tick` ms apart; returns the last limit. */
function filled(runMs: number, tick: number, runs = 200): number {
  const depth = new QueueDepth();
  const waiting: { submitted: number; ends: number }[] = [];
  let [now, busyUntil, made] = [0, 0, 0];
  while (made < runs) {
    while (waiting.length < depth.limit) {
      busyUntil = Math.max(now, busyUntil) + runMs;
      waiting.push({ submitted: now, ends: busyUntil });
      made++;
    }
    now += tick;
    while (waiting[0] && waiting[0].ends <= now) depth.done((waiting.shift() as { submitted: number }).submitted, now);
  }
  return depth.limit;
}

describe('the depth of the queue', () => {
  it('is one before anything is known', () => {
    expect(new QueueDepth().limit).toBe(1);
  });

  it('keeps about 50 ms of work waiting', () => {
    expect(filled(5, 0.1)).toBeGreaterThanOrEqual(9);
    expect(filled(5, 0.1)).toBeLessThanOrEqual(10);
    expect(filled(12, 0.1)).toBe(4);
    expect(filled(30, 0.1)).toBe(2);
  });

  it('is one where a single run takes long, and bounded where runs take next to nothing', () => {
    expect(filled(45, 0.1)).toBe(1);
    expect(filled(0.05, 0.01)).toBe(32);
  });

  it('finds the length of runs that are told of in clumps', () => {
    const limit = filled(4, 2.5);
    expect(limit).toBeGreaterThanOrEqual(10);
    expect(limit).toBeLessThanOrEqual(13);
    expect(filled(2, 10)).toBeGreaterThanOrEqual(16);
  });

  it('does not count the time in which nothing was to be done', () => {
    const depth = new QueueDepth();
    for (let i = 0; i < 50; i++) depth.done(1000 * i, 1000 * i + 5);
    expect(depth.limit).toBe(10);
  });

  it('follows a run that becomes longer', () => {
    const depth = new QueueDepth();
    for (let i = 0; i < 50; i++) depth.done(i, i + 1);
    expect(depth.limit).toBe(32);
    for (let i = 0; i < 40; i++) depth.done(100 * i + 100, 100 * i + 160);
    expect(depth.limit).toBe(1);
  });
});
