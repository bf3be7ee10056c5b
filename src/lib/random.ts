/** Seeded pseudo-random draws: the same seeds give the same draws on every machine. */

/** A stream of draws; each call moves it on. */
export interface Random {
  /** Uniform in [0, 1), a multiple of 2⁻³². */
  uniform(): number;
  /** Uniform among 0, 1, …, n − 1. */
  integer(n: number): number;
  /** Standard normal. */
  normal(): number;
  /** Permutes an array in place (Fisher & Yates) and returns it. */
  shuffle<A extends { readonly length: number; [index: number]: unknown }>(items: A): A;
  /** One of the items, all alike. */
  pick<T>(items: readonly T[]): T;
}

/** The finalizer of MurmurHash3: every input bit changes about half of the output bits. */
function scramble(word: number): number {
  let h = word >>> 0;
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return (h ^ (h >>> 16)) >>> 0;
}

/**
 * A generator from one or more seeds, as in `createRandom(seed, epoch)`; streams of neighbouring seeds are unrelated.
 * xoshiro128** 1.1 (Blackman & Vigna 2021, "Scrambled linear pseudorandom number generators"), period 2¹²⁸ − 1.
 */
export function createRandom(...seeds: readonly number[]): Random {
  // The golden ratio's bits keep the four words different, and so never all zero.
  let mixed = 0x9e3779b9;
  for (const seed of seeds) mixed = scramble(Math.imul(mixed, 31) + Math.trunc(seed));
  let [a, b, c, d] = [1, 2, 3, 4].map((k) => scramble(mixed + Math.imul(k, 0x9e3779b9))) as [
    number,
    number,
    number,
    number,
  ];
  let spareNormal: number | null = null;

  const rotate = (x: number, bits: number): number => (x << bits) | (x >>> (32 - bits));

  const uniform = (): number => {
    const result = Math.imul(rotate(Math.imul(b, 5), 7), 9) >>> 0;
    const shifted = b << 9;
    c ^= a;
    d ^= b;
    b ^= c;
    a ^= d;
    c ^= shifted;
    d = rotate(d, 11);
    return result / 0x1_0000_0000;
  };

  const integer = (n: number): number => Math.floor(uniform() * n);

  /** Marsaglia's polar method, which yields two at a time. */
  const normal = (): number => {
    if (spareNormal !== null) {
      const value = spareNormal;
      spareNormal = null;
      return value;
    }
    for (;;) {
      const x = 2 * uniform() - 1;
      const y = 2 * uniform() - 1;
      const square = x * x + y * y;
      if (square === 0 || square >= 1) continue;
      const factor = Math.sqrt((-2 * Math.log(square)) / square);
      spareNormal = y * factor;
      return x * factor;
    }
  };

  return {
    uniform,
    integer,
    normal,
    shuffle(items) {
      for (let last = items.length - 1; last > 0; last--) {
        const chosen = integer(last + 1);
        const kept = items[last];
        (items as { [index: number]: unknown })[last] = items[chosen];
        (items as { [index: number]: unknown })[chosen] = kept;
      }
      return items;
    },
    pick: (items) => items[integer(items.length)],
  };
}
