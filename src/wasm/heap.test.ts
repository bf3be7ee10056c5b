import { describe, expect, it } from 'vitest';
import { Heap } from './heap.ts';

const openHeap = () => {
  const heap = new Heap();
  heap.startAt(1000);
  return heap;
};

describe('Heap', () => {
  it('hands out zeroed blocks that do not overlap, on lines of the cache', () => {
    const heap = openHeap();
    const sizes = [4, 100, 64, 1000];
    const addresses = sizes.map((bytes) => heap.allocate(bytes));
    for (const address of addresses) expect(address % 64).toBe(0);
    addresses.slice(1).forEach((address, i) => {
      expect(address).toBeGreaterThanOrEqual((addresses[i] as number) + (sizes[i] as number));
    });
    expect(addresses[0]).toBeGreaterThanOrEqual(1000);
    expect(heap.blocks).toBe(4);
  });

  it('uses freed blocks again, joined with their neighbours and zeroed', () => {
    const heap = openHeap();
    const [a, b, c] = [heap.allocate(1000), heap.allocate(1000), heap.allocate(1000)] as [number, number, number];
    const bytes = heap.bytes;
    heap.floats.fill(7, a / 4, b / 4 + 100);
    for (const address of [a, c, b]) heap.free(address);
    expect([heap.blocks, heap.bytes]).toEqual([0, 0]);
    expect(heap.allocate(bytes - 64)).toBe(a);
    expect(heap.floats.slice(a / 4, b / 4 + 100).every((value) => value === 0)).toBe(true);
  });

  it('grows, and keeps what it holds', () => {
    const heap = openHeap();
    const first = heap.allocate(400);
    heap.floats[first / 4] = 5;
    const second = heap.allocate(3_000_000);
    heap.integers[second / 4 + 749_999] = 6;
    expect(heap.floats[first / 4]).toBe(5);
    expect(heap.memory.buffer.byteLength).toBeGreaterThan(3_000_000);
  });

  it('knows its blocks', () => {
    const heap = openHeap();
    const address = heap.allocate(4);
    heap.free(address);
    expect(() => heap.free(address)).toThrow(`no block begins at ${address}`);
  });
});
