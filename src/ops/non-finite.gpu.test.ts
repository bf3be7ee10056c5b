import { describe, expect, it } from 'vitest';
import { useGpu } from '../testing/gpu-fixture.ts';
import { flagsOf, NON_FINITE_CASES } from '../testing/non-finite.ts';

describe('the flag of a step', () => {
  const gpu = useGpu();

  it('tells infinities and NaN by their bits on the GPU', async () => {
    expect(await flagsOf(gpu.scheduler)).toEqual(NON_FINITE_CASES.map(([, , flag]) => flag));
  });
});
