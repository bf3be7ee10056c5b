import { describe, expect, it } from 'vitest';
import { WasmExecutor } from '../engine/wasm-executor.ts';
import { GOLDEN_CASES } from './golden.ts';
import { TOLERANCES } from './tolerance.ts';
import { verifyOn } from './verify.ts';

const cases = [false, true].flatMap((isProjected) =>
  GOLDEN_CASES.map((file) => [file.name, isProjected, file] as const),
);

describe('the SIMD kernels', () => {
  it.each(cases)('agree with PyTorch on %s, projected by word: %s', async (_, isProjected, file) => {
    const executor = (await WasmExecutor.open({ shards: 1 })) as WasmExecutor;
    const rows = await verifyOn(executor, file, TOLERANCES.float32, isProjected);
    executor.dispose();
    expect(rows.filter(({ isWithin }) => !isWithin)).toEqual([]);
    expect(rows.length).toBeGreaterThanOrEqual(30);
    expect(executor.counters().buffers).toBe(0);
  });
});
