import { describe, expect, it, vi } from 'vitest';
import type { Strategy } from '../../engine/lowering.ts';
import { Scheduler } from '../../engine/scheduler.ts';
import { SelfTestError } from '../../lib/errors.ts';
import { useGpu } from '../../testing/gpu-fixture.ts';
import { tinyConfig } from '../../testing/open-run.ts';
import { runSelfTest, selfTestFor } from './self-test.ts';
import { Trust } from './trust.ts';

describe('the self-test of a device', () => {
  const gpu = useGpu();

  it.each<[string, Strategy, Parameters<typeof tinyConfig>[0]]>([
    ['persistent', 'persistent', {}],
    ['wide with dropout and sampling', 'wide', { dropout: 0.2, teacherForcing: 0.5 }],
    ['separate', 'separate', { score: 'dot', placement: 'after', optimizer: 'sgd' }],
    ['of a reader', 'persistent', { task: 'plates', bidirectional: false }],
  ])('is passed: %s', async (_name, strategy, changes) => {
    const scheduler = new Scheduler(gpu.handle, { strategy });
    const ms = await runSelfTest(scheduler, selfTestFor(tinyConfig(changes), 16));
    scheduler.dispose();
    expect(ms).toBeGreaterThan(0);
  });

  it('is made once for an adapter and its kernels, and not passed by a device that drops a write', async () => {
    const texts = new Map<string, string>();
    const store = {
      get: async (key: string) => texts.get(key) ?? null,
      set: async (key: string, text: string) => void texts.set(key, text),
    };
    const { queue } = gpu.device;
    const write = vi.spyOn(queue, 'writeBuffer').mockImplementation(() => {});
    await expect(new Trust(store).earn(gpu.handle, 'auto', tinyConfig())).rejects.toThrow(SelfTestError);
    expect(texts.size).toBe(0);
    write.mockRestore();
    await new Trust(store).earn(gpu.handle, 'auto', tinyConfig());
    expect([...texts.values()]).toEqual(['passed']);
    const submit = vi.spyOn(queue, 'submit');
    await new Trust(store).earn(gpu.handle, 'auto', tinyConfig());
    expect(submit).not.toHaveBeenCalled();
    submit.mockRestore();
  });
});
