/**
 * Writes the inner loop of a matrix product in WGSL: a tile of rows by four columns an invocation, in named accumulators, because
 * an array in registers can't be indexed by a loop without being slow, and writing it out by hand is no way to read it.
 */

export interface Tile {
  /** Rows of the tile. */
  readonly rows: number;
  /** The four invocations of a quad share the rows: each loads every fourth term and gets the others by swapping. */
  readonly hasQuads: boolean;
}

/** Where the terms come from: WGSL expressions of u32. */
export interface TileTerms {
  readonly depth: string;
  /** First element of row r of the left operand. */
  readonly left: (row: number) => string;
  readonly leftTerm: string;
  /** vec4u of the first elements of the four columns of the right operand. */
  readonly right: string;
  readonly rightTerm: string;
  /** The arrays that hold them. */
  readonly leftArray: string;
  readonly rightArray: string;
}

const SWAPS = ['', 'quadSwapX', 'quadSwapY', 'quadSwapDiagonal'] as const;

const each = (count: number, line: (i: number) => string): string =>
  Array.from({ length: count }, (_, i) => line(i)).join('\n');

/** Declares the accumulators `sum0` to `sum<rows-1>`, four columns each. */
export const declareSums = ({ rows }: Tile, start = 'vec4f()'): string => each(rows, (r) => `var sum${r} = ${start};`);

/** The accumulators as an array, for the loops that store them. */
export const sumsArray = ({ rows }: Tile): string =>
  `array<vec4f, ${rows}>(${Array.from({ length: rows }, (_, r) => `sum${r}`).join(', ')})`;

/** An array of the start value, to which `takeSums` and `putSums` move the accumulators between two calls of `accumulate`. */
export const startSums = ({ rows }: Tile, start: string): string =>
  `array<vec4f, ${rows}>(${Array.from({ length: rows }, () => start).join(', ')})`;

/** Declares the accumulators with what is in `sums`. */
export const takeSums = ({ rows }: Tile): string => each(rows, (r) => `var sum${r} = sums[${r}];`);

/** Puts the accumulators back into `sums`. */
export const putSums = ({ rows }: Tile): string => each(rows, (r) => `sums[${r}] = sum${r};`);

/** Adds Σ_l left[r, l] · right[l, 0..3] to the accumulators; expects `quad_lane` in scope where the tile has quads. */
export function accumulate(tile: Tile, terms: TileTerms): string {
  const { depth, left, leftTerm, right, rightTerm, leftArray, rightArray } = terms;
  const rows = each(tile.rows, (r) => `let left${r} = ${left(r)};`);
  const four = (name: string, at: string) =>
    `let ${name}_at = right_at + vec4u(${at});
let ${name} = vec4f(${rightArray}[${name}_at.x], ${rightArray}[${name}_at.y], ${rightArray}[${name}_at.z], ${rightArray}[${name}_at.w]);`;
  if (!tile.hasQuads)
    return `${rows}
let right_at = ${right};
for (var l = 0u; l < ${depth}; l++) {
  ${four('w', `l * ${rightTerm}`)}
  let x_at = l * ${leftTerm};
  ${each(tile.rows, (r) => `sum${r} += ${leftArray}[left${r} + x_at] * w;`)}
}`;
  return `${rows}
let right_at = ${right};
let last_term = ${depth} - 1u;
for (var l = 0u; l < ${depth}; l += 4u) {
  let is_term = l + quad_lane < ${depth};
  let x_at = min(l + quad_lane, last_term) * ${leftTerm};
  ${each(tile.rows, (r) => `let x${r} = select(0.0, ${leftArray}[left${r} + x_at], is_term);`)}
  ${each(
    4,
    (swap) => `${four(`w${swap}`, `min(l + (quad_lane ^ ${swap}u), last_term) * ${rightTerm}`)}
  ${each(tile.rows, (r) => `sum${r} += ${SWAPS[swap]}(x${r}) * w${swap};`)}`,
  )}
}`;
}
