import { describe, expect, it } from 'vitest';
import type { TrainingState } from '../training-state.ts';
import { type Capturable, Snapshots } from './snapshots.ts';

const stateAt = (step: number, weight = 1) =>
  ({
    step,
    parameters: Float32Array.of(weight),
    moment1: Float32Array.of(0),
    moment2: null,
  }) as unknown as TrainingState;

const sourceAt = (step: number, weight?: number): Capturable => ({
  step,
  capture: () => Promise.resolve(stateAt(step, weight)),
});

describe('snapshots', () => {
  it('are good once a later step has shown it, and are told of then', async () => {
    const told: number[] = [];
    const snapshots = new Snapshots(({ step }) => told.push(step));
    await snapshots.take(sourceAt(10));
    expect([snapshots.good, snapshots.newest?.step]).toEqual([null, 10]);
    snapshots.confirm(10);
    expect(snapshots.good).toBeNull();
    snapshots.confirm(11);
    expect(snapshots.good?.step).toBe(10);
    expect(told).toEqual([10]);
  });

  it('are thrown away when a step speaks against them, and when they hold what is no number', async () => {
    const snapshots = new Snapshots();
    snapshots.restart(stateAt(5));
    await snapshots.take(sourceAt(10));
    snapshots.doubt();
    snapshots.confirm(12);
    await snapshots.take(sourceAt(20, Number.NaN));
    snapshots.confirm(22);
    expect(snapshots.good?.step).toBe(5);
  });

  it('of a run that ended meanwhile, or of a device that is gone, change nothing', async () => {
    const snapshots = new Snapshots();
    const taking = snapshots.take(sourceAt(10));
    snapshots.restart(stateAt(3));
    await taking;
    await snapshots.take({ step: 11, capture: () => Promise.reject(new Error('gone')) });
    expect(snapshots.newest?.step).toBe(3);
  });

  it('are taken seldom enough to cost little', async () => {
    const snapshots = new Snapshots();
    let taken = 0;
    const source: Capturable = {
      step: 1,
      capture: async () => {
        taken++;
        await new Promise((resolve) => setTimeout(resolve, 40));
        return stateAt(1);
      },
    };
    await snapshots.take(source);
    snapshots.confirm(2);
    expect(snapshots.spacingMs).toBeGreaterThan(1500);
    snapshots.takeWhenDue(source, performance.now() + 1000);
    expect(taken).toBe(1);
    snapshots.takeWhenDue(source, performance.now() + 5001);
    expect(taken).toBe(2);
  });
});
