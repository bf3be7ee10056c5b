import { describe, expect, it } from 'vitest';
import { ReferenceExecutor } from '../engine/reference-executor.ts';
import { GOLDEN_CASES } from './golden.ts';
import { TOLERANCES } from './tolerance.ts';
import { verifyOn } from './verify.ts';

const cases = [false, true].flatMap((isProjected) =>
  GOLDEN_CASES.map((file) => [file.name, isProjected, file] as const),
);

describe('the float64 reference', () => {
  it.each(cases)('agrees with PyTorch on %s, projected by word: %s', async (_, isProjected, file) => {
    const rows = await verifyOn(new ReferenceExecutor(), file, TOLERANCES.float64, isProjected);
    expect(rows.filter(({ isWithin }) => !isWithin)).toEqual([]);
    expect(rows.length).toBeGreaterThanOrEqual(30);
  });
});
