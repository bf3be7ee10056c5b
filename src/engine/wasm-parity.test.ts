import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { OP_NAMES } from '../ops/registry.ts';
import { failuresOf } from '../testing/parity.ts';
import { WasmExecutor } from './wasm-executor.ts';

describe('the SIMD kernels of', () => {
  let executor: WasmExecutor;
  beforeAll(async () => {
    executor = (await WasmExecutor.open({ shards: 1 })) as WasmExecutor;
  });
  afterAll(() => executor.dispose());

  it.each(OP_NAMES)('%s agree with the float64 reference and write nowhere else', async (op) => {
    expect(await failuresOf(op, executor)).toEqual([]);
  });
});
