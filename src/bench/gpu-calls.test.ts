import { afterEach, describe, expect, test } from 'vitest';
import { countGpuCalls } from './gpu-calls.ts';

class FakeQueue {
  submitted = 0;
  submit(commands: readonly unknown[]): number {
    this.submitted += commands.length;
    return this.submitted;
  }
}

class FakeContext {
  drawArrays(): void {}
}

const globals = globalThis as unknown as Record<string, unknown>;

describe('countGpuCalls', () => {
  afterEach(() => {
    delete globals.GPUQueue;
    delete globals.WebGL2RenderingContext;
  });

  test('counts calls while it runs, and lets them through', async () => {
    Object.assign(globals, { GPUQueue: FakeQueue, WebGL2RenderingContext: FakeContext });
    const queue = new FakeQueue();
    const calls = await countGpuCalls(async () => {
      expect(queue.submit([1, 2])).toBe(2);
      queue.submit([3]);
      new FakeContext().drawArrays();
    });
    queue.submit([4]);
    expect(calls).toEqual({ dispatches: 1, submits: 2, buffers: 0, bindGroups: 0, pipelines: 0 });
    expect(queue.submitted).toBe(4);
  });

  test('leaves the classes as they were, after an error too', async () => {
    globals.GPUQueue = FakeQueue;
    const { submit } = FakeQueue.prototype;
    await expect(countGpuCalls(() => Promise.reject(new Error('no device')))).rejects.toThrow('no device');
    expect(FakeQueue.prototype.submit).toBe(submit);
  });
});
