import { describe, expect, it } from 'vitest';
import { ReferenceExecutor } from '../engine/reference-executor.ts';
import { GOLDEN_CASES } from './golden.ts';
import { TOLERANCES } from './tolerance.ts';
import { verifyOn } from './verify.ts';

describe('the float64 reference', () => {
  it.each(GOLDEN_CASES.map((file) => [file.name, file] as const))('agrees with PyTorch on %s', async (_, file) => {
    const rows = await verifyOn(new ReferenceExecutor(), file, TOLERANCES.float64);
    expect(rows.filter(({ isWithin }) => !isWithin)).toEqual([]);
    expect(rows.length).toBeGreaterThanOrEqual(30);
  });
});
