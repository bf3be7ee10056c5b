import { describe, expect, it } from 'vitest';
import { useGpu } from '../testing/gpu-fixture.ts';
import { BufferLedger, checked } from './buffers.ts';

describe('the buffer ledger', () => {
  const gpu = useGpu();

  it('counts buffers and bytes, and frees each once', () => {
    const ledger = new BufferLedger(gpu.device);
    const small = ledger.create('small', 3, GPUBufferUsage.STORAGE);
    const large = ledger.create('large', 64, GPUBufferUsage.STORAGE);
    expect(small.size).toBe(4);
    expect(large.label).toBe('large');
    expect({ count: ledger.count, bytes: ledger.bytes }).toEqual({ count: 2, bytes: 68 });
    ledger.destroy(small);
    ledger.destroy(small);
    expect({ count: ledger.count, bytes: ledger.bytes }).toEqual({ count: 1, bytes: 64 });
    ledger.destroyAll();
    expect({ count: ledger.count, bytes: ledger.bytes }).toEqual({ count: 0, bytes: 0 });
    expect(gpu.liveBuffers().filter((label) => label === 'large')).toEqual([]);
  });

  it('turns what WebGPU reports later into an error at its place', async () => {
    const ledger = new BufferLedger(gpu.device);
    const usage = GPUBufferUsage.MAP_READ | GPUBufferUsage.STORAGE;
    await expect(checked(gpu.device, 'weights', () => ledger.create('impossible', 4, usage))).rejects.toThrow(
      /^weights: .*usage/is,
    );
    ledger.destroyAll();
    expect(await checked(gpu.device, 'weights', async () => 5)).toBe(5);
    await expect(checked(gpu.device, 'weights', () => Promise.reject(new RangeError('own')))).rejects.toThrow('own');
  });
});
