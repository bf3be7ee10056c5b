import { describe, expect, it } from 'vitest';
import { meanMs } from './timing.ts';

describe('meanMs', () => {
  it('finds a duration below the resolution of the clock by averaging', () => {
    // 30 µs on a clock of 100 µs: begun at 40, 70 and so on, most readings are 0 and some one tick.
    const tick = 100_000;
    const durations = Array.from({ length: 1000 }, (_, i) => {
      const begin = 40_000 + 130_000 * i;
      return tick * (Math.floor((begin + 30_000) / tick) - Math.floor(begin / tick));
    });
    expect(meanMs(durations)).toBeCloseTo(0.03, 6);
  });

  it('leaves out what a clock that was set back has measured', () => {
    expect(meanMs([2e6, -5e9, 4e6])).toBe(3);
    expect(meanMs([-1])).toBeNull();
  });
});
