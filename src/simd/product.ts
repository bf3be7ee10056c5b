// C [m, n] = addend + A [m, k] · B [k, n], the matrix product behind every linear layer and LSTM step.
//
// B lies in panels of 8 columns, A in panels of 4 rows, so that the inner loop reads both in order and keeps 4×8 sums in
// registers. Panels that run over an edge are filled with zeros. k is cut into blocks of 256, so that a panel of B stays in the
// first-level cache, and m into blocks of 64, so that the panels of A stay in the second. (Goto & van de Geijn 2008, "Anatomy of
// high-performance matrix multiplication".)
//
// All strides are in bytes, from row to row. The addend is C itself to accumulate, a bias with a stride of 0, or 0 for none.

import { multiplyAdd } from './lib/vector';
import { packAcross, packAlong } from './pack';

const TILE_ROWS: i32 = 4;
const TILE_COLUMNS: i32 = 8;
const BLOCK_ROWS: i32 = 64;
const BLOCK_DEPTH: i32 = 256;

const aPanels: usize = memory.data(BLOCK_ROWS * BLOCK_DEPTH * 4, 64);
const zeros: usize = memory.data(TILE_COLUMNS * 4, 64);
const edgeTile: usize = memory.data(TILE_ROWS * TILE_COLUMNS * 4, 64);

/** One tile of C, from a panel of A and one of B. */
function tile(a: usize, b: usize, depth: i32, c: usize, cStride: usize, addend: usize, addendStride: usize): void {
  let c00 = v128.load(addend);
  let c01 = v128.load(addend, 16);
  addend += addendStride;
  let c10 = v128.load(addend);
  let c11 = v128.load(addend, 16);
  addend += addendStride;
  let c20 = v128.load(addend);
  let c21 = v128.load(addend, 16);
  addend += addendStride;
  let c30 = v128.load(addend);
  let c31 = v128.load(addend, 16);
  for (; depth !== 0; depth--) {
    const b0 = v128.load(b);
    const b1 = v128.load(b, 16);
    const a0 = v128.load32_splat(a);
    c00 = multiplyAdd(a0, b0, c00);
    c01 = multiplyAdd(a0, b1, c01);
    const a1 = v128.load32_splat(a, 4);
    c10 = multiplyAdd(a1, b0, c10);
    c11 = multiplyAdd(a1, b1, c11);
    const a2 = v128.load32_splat(a, 8);
    c20 = multiplyAdd(a2, b0, c20);
    c21 = multiplyAdd(a2, b1, c21);
    const a3 = v128.load32_splat(a, 12);
    c30 = multiplyAdd(a3, b0, c30);
    c31 = multiplyAdd(a3, b1, c31);
    a += 16;
    b += 32;
  }
  v128.store(c, c00);
  v128.store(c, c01, 16);
  c += cStride;
  v128.store(c, c10);
  v128.store(c, c11, 16);
  c += cStride;
  v128.store(c, c20);
  v128.store(c, c21, 16);
  c += cStride;
  v128.store(c, c30);
  v128.store(c, c31, 16);
}

/** A tile that sticks out of C: computed aside, its inner part copied. */
function tileAtEdge(
  a: usize,
  b: usize,
  depth: i32,
  c: usize,
  cStride: usize,
  addend: usize,
  addendStride: usize,
  rows: i32,
  columns: i32,
): void {
  tile(a, b, depth, edgeTile, TILE_COLUMNS * 4, zeros, 0);
  for (let i = 0; i < rows; i++) {
    const from = edgeTile + <usize>(i * TILE_COLUMNS * 4);
    for (let j = 0; j < columns; j++) {
      const at = <usize>(j << 2);
      f32.store(c + at, f32.load(from + at) + (addend ? f32.load(addend + at) : 0));
    }
    c += cStride;
    addend += addendStride;
  }
}

function multiplyBlock(
  b: usize,
  rows: i32,
  columns: i32,
  depth: i32,
  c: usize,
  cStride: usize,
  addend: usize,
  addendStride: usize,
): void {
  const aStep = <usize>(depth * TILE_ROWS * 4);
  const bStep = <usize>(depth * TILE_COLUMNS * 4);
  for (let j = 0; j < columns; j += TILE_COLUMNS) {
    const width = min(TILE_COLUMNS, columns - j);
    let a = aPanels;
    for (let i = 0; i < rows; i += TILE_ROWS) {
      const height = min(TILE_ROWS, rows - i);
      const at = <usize>(j << 2);
      const to = c + <usize>i * cStride + at;
      const from = addend ? addend + <usize>i * addendStride + at : 0;
      if (width < TILE_COLUMNS || height < TILE_ROWS)
        tileAtEdge(a, b, depth, to, cStride, from, from ? addendStride : 0, height, width);
      else if (from) tile(a, b, depth, to, cStride, from, addendStride);
      else tile(a, b, depth, to, cStride, zeros, 0);
      a += aStep;
    }
    b += bStep;
  }
}

/** The blocks of one range of k, whose panels of B are at `b`. */
function multiplyDepth(
  isTransposed: bool,
  a: usize,
  aStride: usize,
  b: usize,
  rows: i32,
  columns: i32,
  depth: i32,
  c: usize,
  cStride: usize,
  addend: usize,
  addendStride: usize,
): void {
  for (let i = 0; i < rows; i += BLOCK_ROWS) {
    const height = min(BLOCK_ROWS, rows - i);
    if (isTransposed) packAlong(a + <usize>(i << 2), aStride, depth, height, aPanels, TILE_ROWS);
    else packAcross(a + <usize>i * aStride, aStride, height, depth, aPanels, TILE_ROWS);
    const from = addend ? addend + <usize>i * addendStride : 0;
    multiplyBlock(b, height, columns, depth, c + <usize>i * cStride, cStride, from, addendStride);
  }
}

/** Bytes of the panels of B [depth, columns]. */
export function panelBytes(columns: i32, depth: i32): i32 {
  return ((columns + TILE_COLUMNS - 1) / TILE_COLUMNS) * TILE_COLUMNS * depth * 4;
}

/** Panels of B [depth, columns], or of the transpose of B [columns, depth], block by block of k. */
export function packPanels(isTransposed: bool, b: usize, bStride: usize, columns: i32, depth: i32, to: usize): void {
  for (let k = 0; k < depth; k += BLOCK_DEPTH) {
    const height = min(BLOCK_DEPTH, depth - k);
    if (isTransposed) packAcross(b + <usize>(k << 2), bStride, columns, height, to, TILE_COLUMNS);
    else packAlong(b + <usize>k * bStride, bStride, height, columns, to, TILE_COLUMNS);
    to += <usize>panelBytes(columns, height);
  }
}

/** C = addend + A · B with the panels of B; A is [rows, depth], or with `isTransposed` the transpose of [depth, rows]. */
export function multiplyPanels(
  isTransposed: bool,
  a: usize,
  aStride: usize,
  panels: usize,
  rows: i32,
  columns: i32,
  depth: i32,
  c: usize,
  cStride: usize,
  addend: usize,
  addendStride: usize,
): void {
  for (let k = 0; k < depth; k += BLOCK_DEPTH) {
    const height = min(BLOCK_DEPTH, depth - k);
    const part = a + (isTransposed ? <usize>k * aStride : <usize>(k << 2));
    multiplyDepth(isTransposed, part, aStride, panels, rows, columns, height, c, cStride, addend, addendStride);
    panels += <usize>panelBytes(columns, height);
    addend = c;
    addendStride = cStride;
  }
}

/** C = addend + Aᵀ · B for A [depth, rows] and B [depth, columns], which is packed block by block into `scratch`. */
export function multiplyTransposed(
  a: usize,
  aStride: usize,
  b: usize,
  bStride: usize,
  rows: i32,
  columns: i32,
  depth: i32,
  c: usize,
  cStride: usize,
  addend: usize,
  addendStride: usize,
  scratch: usize,
): void {
  for (let k = 0; k < depth; k += BLOCK_DEPTH) {
    const height = min(BLOCK_DEPTH, depth - k);
    packAlong(b + <usize>k * bStride, bStride, height, columns, scratch, TILE_COLUMNS);
    const part = a + <usize>k * aStride;
    multiplyDepth(true, part, aStride, scratch, rows, columns, height, c, cStride, addend, addendStride);
    addend = c;
    addendStride = cStride;
  }
}
