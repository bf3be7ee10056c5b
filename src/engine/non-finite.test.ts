import { describe, expect, it } from 'vitest';
import { flagsOf, NON_FINITE_CASES } from '../testing/non-finite.ts';
import { openCpu } from '../testing/open-run.ts';
import { ReferenceExecutor } from './reference-executor.ts';

const FLAGS = NON_FINITE_CASES.map(([, , flag]) => flag);

describe('the flag of a step that is no number', () => {
  it('is set by the SIMD kernels', async () => {
    const executor = await openCpu();
    expect(await flagsOf(executor)).toEqual(FLAGS);
    executor.dispose();
  });

  it('is set by the reference, which keeps numbers that float32 has no room for', async () => {
    const flags = await flagsOf(new ReferenceExecutor());
    // The square of 1e30 is a number in float64.
    expect(flags).toEqual(FLAGS.map((flag, i) => (NON_FINITE_CASES[i]?.[1] === 1e30 ? 0 : flag)));
  });
});
