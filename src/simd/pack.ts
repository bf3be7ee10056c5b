// Panels for `product.ts`: `width` rows or columns side by side (4 or 8), one line of them after the other along k. What a
// panel has beyond the edge of the matrix is zero.

/** Panels of `width` columns of x [depth, columns]: whole lines of 16 columns are read at once. */
export function packAlong(x: usize, stride: usize, depth: i32, columns: i32, to: usize, width: i32): void {
  const lineBytes = <usize>(width << 2);
  const panelBytes = lineBytes * <usize>depth;
  let j = 0;
  for (; j + 16 <= columns; j += 16) {
    const p0 = to + <usize>(j / width) * panelBytes;
    const p1 = width === 8 ? p0 + 16 : p0 + panelBytes;
    const p2 = width === 8 ? p0 + panelBytes : p1 + panelBytes;
    const p3 = width === 8 ? p2 + 16 : p2 + panelBytes;
    let from = x + <usize>(j << 2);
    const end = panelBytes;
    for (let at: usize = 0; at < end; at += lineBytes) {
      v128.store(p0 + at, v128.load(from));
      v128.store(p1 + at, v128.load(from, 16));
      v128.store(p2 + at, v128.load(from, 32));
      v128.store(p3 + at, v128.load(from, 48));
      from += stride;
    }
  }
  for (; j < columns; j += 4) {
    const count = min(4, columns - j);
    const isLast = j + 4 >= columns;
    // The last group of a panel of 8 may have none beside it.
    const isHalf = isLast && width === 8 && (j & 4) === 0;
    let from = x + <usize>(j << 2);
    let at = to + <usize>(j / width) * panelBytes + (width === 8 ? <usize>((j & 4) << 2) : 0);
    for (let k = 0; k < depth; k++) {
      v128.store(at, count === 4 ? v128.load(from) : firstOf(from, count));
      if (isHalf) v128.store(at, f32x4.splat(0), 16);
      from += stride;
      at += lineBytes;
    }
  }
}

/** Panels of `width` rows of x [rows, depth], transposed four by four. */
export function packAcross(x: usize, stride: usize, rows: i32, depth: i32, to: usize, width: i32): void {
  const lineBytes = <usize>(width << 2);
  const panelBytes = lineBytes * <usize>depth;
  const whole = ((rows + width - 1) / width) * width;
  for (let i = 0; i < whole; i += 4) {
    let at = to + <usize>(i / width) * panelBytes + <usize>((i % width) << 2);
    const count = min(4, rows - i);
    if (count <= 0) {
      for (let k = 0; k < depth; k++) {
        v128.store(at, f32x4.splat(0));
        at += lineBytes;
      }
      continue;
    }
    // Rows beyond the edge repeat the first, and are cleared after the transposition.
    let r0 = x + <usize>i * stride;
    let r1 = count > 1 ? r0 + stride : r0;
    let r2 = count > 2 ? r1 + stride : r0;
    let r3 = count > 3 ? r2 + stride : r0;
    const mask = i32x4.lt_s(i32x4(0, 1, 2, 3), i32x4.splat(count));
    let k = 0;
    for (; k + 4 <= depth; k += 4) {
      const x0 = v128.load(r0);
      const x1 = v128.load(r1);
      const x2 = v128.load(r2);
      const x3 = v128.load(r3);
      const low01 = v128.shuffle<f32>(x0, x1, 0, 4, 1, 5);
      const high01 = v128.shuffle<f32>(x0, x1, 2, 6, 3, 7);
      const low23 = v128.shuffle<f32>(x2, x3, 0, 4, 1, 5);
      const high23 = v128.shuffle<f32>(x2, x3, 2, 6, 3, 7);
      v128.store(at, v128.and(v128.shuffle<f32>(low01, low23, 0, 1, 4, 5), mask));
      at += lineBytes;
      v128.store(at, v128.and(v128.shuffle<f32>(low01, low23, 2, 3, 6, 7), mask));
      at += lineBytes;
      v128.store(at, v128.and(v128.shuffle<f32>(high01, high23, 0, 1, 4, 5), mask));
      at += lineBytes;
      v128.store(at, v128.and(v128.shuffle<f32>(high01, high23, 2, 3, 6, 7), mask));
      at += lineBytes;
      r0 += 16;
      r1 += 16;
      r2 += 16;
      r3 += 16;
    }
    for (; k < depth; k++) {
      const column = f32x4(f32.load(r0), f32.load(r1), f32.load(r2), f32.load(r3));
      v128.store(at, v128.and(column, mask));
      at += lineBytes;
      r0 += 4;
      r1 += 4;
      r2 += 4;
      r3 += 4;
    }
  }
}

/** Up to three numbers, and zeros. */
function firstOf(from: usize, count: i32): v128 {
  return f32x4(f32.load(from), count > 1 ? f32.load(from, 4) : 0, count > 2 ? f32.load(from, 8) : 0, 0);
}
