import { expect, test } from 'playwright/test';
import { soak } from '../src/cli/soak-run.mjs';

/** The short form of `npm run soak`: counts and the heap, nothing that depends on speed. */
for (const executor of ['cpu', 'webgpu'] as const)
  test(`300 steps and 10 resets leave nothing behind: ${executor}`, async () => {
    test.setTimeout(300_000);
    const { executor: name, samples, broken } = await soak({ steps: 300, resets: 10, executor });
    expect(name).toMatch(executor === 'cpu' ? /^CPU/ : /^WebGPU/);
    expect(samples.length).toBeGreaterThan(10);
    expect(executor === 'cpu' ? samples[0]?.wasmMemories : samples[0]?.gpuBuffers).toBeGreaterThan(0);
    expect(broken).toEqual([]);
  });
