import { describe, expect, it, vi } from 'vitest';
import type { Program } from '../engine/program.ts';
import { ReferenceExecutor } from '../engine/reference-executor.ts';
import { settingsFor } from '../engine/strategy.ts';
import { defaultConfig } from '../model/config.ts';
import { useGpu } from '../testing/gpu-fixture.ts';
import { openRun } from '../testing/open-run.ts';

describe('what is compiled while a corpus is made', () => {
  const gpu = useGpu();

  it.each(['phrases', 'dates', 'actor', 'plates'] as const)('is what a run needs to begin: %s', async (task) => {
    const executor = new ReferenceExecutor();
    const prepare = vi.spyOn(executor, 'prepare');
    const warmUp = vi.spyOn(executor, 'warmUp');
    await openRun(executor, defaultConfig(task));
    const kernelsOf = (programs: readonly Program[]): Set<string> =>
      new Set(
        programs.flatMap((program) =>
          gpu.scheduler.kernels(program, settingsFor({ isSoftware: false, hasQuads: false }, program)),
        ),
      );
    const needed = kernelsOf(prepare.mock.calls.map(([program]) => program));
    const ahead = kernelsOf(warmUp.mock.calls.flatMap((args: unknown[]) => args[0] as Program[]));
    executor.dispose();
    expect(needed.size).toBeGreaterThan(5);
    const missing = [...needed].filter((kernel) => !ahead.has(kernel));
    const useless = [...ahead].filter((kernel) => !needed.has(kernel));
    const named = (kernels: string[]) => kernels.map((kernel) => kernel.slice(0, 200));
    expect({ missing: named(missing), useless: named(useless) }).toEqual({ missing: [], useless: [] });
  });
});
