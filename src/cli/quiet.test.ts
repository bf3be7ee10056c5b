import os from 'node:os';
import { describe, expect, test } from 'vitest';
import { QuietMeter } from './quiet.mjs';

describe('QuietMeter', () => {
  test('tells what others took, between nothing and the whole machine', async () => {
    const end = await new QuietMeter(0).watch();
    const { lostCores } = end();
    expect(lostCores).toBeGreaterThanOrEqual(0);
    expect(lostCores).toBeLessThanOrEqual(os.availableParallelism());
  });
});
