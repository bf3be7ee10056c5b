import { describe, expect, it } from 'vitest';
import { fuzz } from './fuzz.ts';
import { TARGETS } from './targets.ts';

/** Other seeds are for `npm run fuzz`; what they find becomes a test of its own where the parser is tested. */
const SEED = 5;
const COUNT = 10_000;

describe('damaged input', () => {
  const each = Math.ceil(COUNT / TARGETS.length);
  it.each(TARGETS.map(({ name }) => name))(
    'is taken or refused at once, with a typed error and nothing else changed: %s',
    async (only) => {
      const { inputs, refused, findings } = await fuzz({ count: each, seed: SEED, only });
      expect(findings).toEqual([]);
      expect(inputs).toBe(each);
      expect(refused).toBeLessThan(inputs);
    },
    300_000,
  );
});
