import { describe, expect, it } from 'vitest';
import { useGpu } from '../testing/gpu-fixture.ts';
import { BufferLedger } from './buffers.ts';
import { StagingRing } from './readback.ts';

const BYTES = 16;

describe('the staging ring', () => {
  const gpu = useGpu();

  /** A source buffer of four numbers and a ring of two slots on a ledger of its own. */
  function setUp() {
    const ledger = new BufferLedger(gpu.device);
    const buffer = ledger.create('source', BYTES, GPUBufferUsage.COPY_SRC | GPUBufferUsage.COPY_DST);
    const ring = new StagingRing(gpu.device, ledger, 'ring', BYTES, 2);
    const write = (value: number) => gpu.device.queue.writeBuffer(buffer, 0, new Uint32Array(4).fill(value));
    const read = async () => new Uint32Array((await ring.read([{ buffer, bytes: BYTES }]))[0])[0];
    return { ledger, buffer, ring, write, read };
  }

  it('copies what the buffer holds at the time of the call', async () => {
    const { ledger, write, read } = setUp();
    write(1);
    const first = read();
    write(2);
    const second = read();
    write(3);
    expect(await Promise.all([first, second])).toEqual([1, 2]);
    ledger.destroyAll();
  });

  it('never has more buffers than slots, and serves all that wait', async () => {
    const { ledger, write, read } = setUp();
    write(7);
    expect(await Promise.all(Array.from({ length: 20 }, read))).toEqual(new Array(20).fill(7));
    expect(ledger.count).toBe(3);
    ledger.destroyAll();
  });

  it('reads several sources in one copy, each in its own array', async () => {
    const { ledger, buffer, write, ring } = setUp();
    write(5);
    const half = { buffer, bytes: BYTES / 2 };
    const copies = await ring.read([half, half]);
    expect(copies.map((copy) => [...new Uint32Array(copy)])).toEqual([
      [5, 5],
      [5, 5],
    ]);
    ledger.destroyAll();
  });

  it('finishes the copies on their way when it is disposed, turns the waiting ones away and frees all', async () => {
    const { ledger, buffer, write, read, ring } = setUp();
    write(9);
    const reads = Array.from({ length: 4 }, read);
    ring.dispose();
    ledger.destroy(buffer);
    const settled = await Promise.allSettled(reads);
    expect(settled.slice(0, 2)).toEqual([
      { status: 'fulfilled', value: 9 },
      { status: 'fulfilled', value: 9 },
    ]);
    for (const result of settled.slice(2)) {
      if (result.status === 'fulfilled') throw new Error('expected a rejection');
      expect(result.reason.message).toBe('ring: disposed before it was read');
    }
    await expect(read()).rejects.toThrow('ring: disposed before it was read');
    expect(ledger.count).toBe(0);
  });

  it('says so when its buffers go away under a copy, which is no loss of the device', async () => {
    const { ledger, read, ring } = setUp();
    const lost = read();
    ring.dispose();
    ledger.destroyAll();
    await expect(lost).rejects.toThrow('ring: disposed before it was read');
    expect(ledger.count).toBe(0);
  });

  it('takes the end of an executor, which frees all buffers at once, for no loss of the device either', async () => {
    const gone = setUp();
    const lost = gone.read();
    gone.ledger.destroyAll();
    await expect(lost).rejects.toThrow('ring: disposed before it was read');
    const next = setUp();
    next.write(4);
    expect(await next.read()).toBe(4);
    next.ring.dispose();
    next.ledger.destroyAll();
  });
});
