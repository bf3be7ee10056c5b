import { describe, expect, it } from 'vitest';
import { fuzz } from './fuzz.ts';
import { TARGETS } from './targets.ts';

/** Other seeds are for `npm run fuzz`; what they find becomes a test of its own where the parser is tested. */
const SEED = 5;
const COUNT = 10_000;
/** For what never ends or grows with a power: beside other tests an input takes a multiple of its time by itself, which `npm run fuzz` holds to 50 ms. */
const LIMIT_MS = 500;

describe('damaged input', () => {
  const each = Math.ceil(COUNT / TARGETS.length);
  it.each(TARGETS.map(({ name }) => name))(
    'is taken or refused at once, with a typed error and nothing else changed: %s',
    async (only) => {
      const { inputs, refused, findings } = await fuzz({ count: each, seed: SEED, only, limitMs: LIMIT_MS });
      expect(findings).toEqual([]);
      expect(inputs).toBe(each);
      expect(refused).toBeLessThan(inputs);
    },
    300_000,
  );
});
