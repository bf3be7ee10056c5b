/** The sizes and contents of the cases of ops. */

import fc from 'fast-check';
import type { DrawOptions, Sizes } from './case-draw.ts';

/** Shapes that bite: single elements, sizes beside the multiples of a workgroup and above them, V = 1, more rows than ids. */
const BITING_SIZES = [
  { rows: 1, steps: 1, size: 1, vocabulary: 1 },
  { rows: 7, steps: 5, size: 3, vocabulary: 130 },
  { rows: 65, steps: 3, size: 65, vocabulary: 9 },
  { rows: 3, steps: 70, size: 5, vocabulary: 4 },
  { rows: 8, steps: 64, size: 16, vocabulary: 65 },
] as const satisfies readonly Sizes[];

const anySizes = fc.record({
  rows: fc.integer({ min: 1, max: 20 }),
  steps: fc.integer({ min: 1, max: 12 }),
  size: fc.integer({ min: 1, max: 40 }),
  vocabulary: fc.integer({ min: 1, max: 40 }),
});

/** What the cases of every op are drawn from. */
export const DRAW_OPTIONS: readonly DrawOptions[] = [
  ...BITING_SIZES.map((sizes, seed): DrawOptions => ({ sizes, seed, content: 'normal', isStrided: seed > 0 })),
  ...(['large', 'equal'] as const).flatMap((content) =>
    [1, 2].map((i): DrawOptions => ({ sizes: BITING_SIZES[i], seed: 10 + i, content, isStrided: true })),
  ),
  ...fc
    .sample(anySizes, { seed: 1, numRuns: 4 })
    .map((sizes, i): DrawOptions => ({ sizes, seed: 20 + i, content: 'normal', isStrided: i % 2 === 0 })),
];
