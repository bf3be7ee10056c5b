// Pictures; formulas and shapes stand in `shaders/pixels.wgsl` and `shaders/conv-patches.wgsl`. Pixel p of row b of the batch is row
// p·B + b.

const CHANNEL_BYTES: i32 = 4;

/** x = [level / 3, (2 px + 1) / width - 1, (2 py + 1) / height - 1] */
export function pixelsForward(batch: i32, height: i32, width: i32, source: usize, x: usize, xStride: usize): void {
  for (let py = 0; py < height; py++) {
    const doubleY: i32 = 2 * py + 1;
    const y = <f32>doubleY / <f32>height - 1;
    for (let px = 0; px < width; px++) {
      const doubleX: i32 = 2 * px + 1;
      const left = <f32>doubleX / <f32>width - 1;
      const cells = source + <usize>((((py >> 2) * (width >> 2) + (px >> 2)) * batch) << 2);
      const shift = <u32>(2 * (4 * (py & 3) + (px & 3)));
      for (let b = 0; b < batch; b++) {
        const level = (load<u32>(cells + <usize>(b << 2)) >> shift) & 3;
        f32.store(x, <f32>level / 3);
        f32.store(x, left, 4);
        f32.store(x, y, 8);
        x += xStride;
      }
    }
  }
}

/** y[q, 9 c + tap] = x[p, c], 0 beyond the picture */
export function patchesForward(
  batch: i32,
  channels: i32,
  height: i32,
  width: i32,
  step: i32,
  x: usize,
  xStride: usize,
  y: usize,
  yStride: usize,
): void {
  const outHeight = (height - 1) / step + 1;
  const outWidth = (width - 1) / step + 1;
  for (let oy = 0; oy < outHeight; oy++)
    for (let ox = 0; ox < outWidth; ox++) {
      for (let tap = 0; tap < 9; tap++) {
        const py = step * oy + tap / 3 - 1;
        const px = step * ox + (tap % 3) - 1;
        const isInside = py >= 0 && py < height && px >= 0 && px < width;
        let from = x + <usize>((py * width + px) * batch) * xStride;
        let to = y + <usize>(tap << 2);
        for (let b = 0; b < batch; b++) {
          for (let c = 0; c < channels; c++)
            f32.store(to + <usize>(c * 36), isInside ? f32.load(from + <usize>(c << 2)) : 0);
          from += xStride;
          to += yStride;
        }
      }
      y += <usize>batch * yStride;
    }
}

/** dx[p, c] = Σ dy[q, 9 c + tap] */
export function patchesBackward(
  batch: i32,
  channels: i32,
  height: i32,
  width: i32,
  step: i32,
  dY: usize,
  dYStride: usize,
  dX: usize,
  dXStride: usize,
): void {
  const outHeight = (height - 1) / step + 1;
  const outWidth = (width - 1) / step + 1;
  const pixels = height * width * batch;
  for (let r = 0; r < pixels; r++) memory.fill(dX + <usize>r * dXStride, 0, <usize>(channels * CHANNEL_BYTES));
  for (let oy = 0; oy < outHeight; oy++)
    for (let ox = 0; ox < outWidth; ox++) {
      for (let tap = 0; tap < 9; tap++) {
        const py = step * oy + tap / 3 - 1;
        const px = step * ox + (tap % 3) - 1;
        if (py < 0 || py >= height || px < 0 || px >= width) continue;
        let from = dY + <usize>(tap << 2);
        let to = dX + <usize>((py * width + px) * batch) * dXStride;
        for (let b = 0; b < batch; b++) {
          for (let c = 0; c < channels; c++) {
            const at = to + <usize>(c << 2);
            f32.store(at, f32.load(at) + f32.load(from + <usize>(c * 36)));
          }
          from += dYStride;
          to += dXStride;
        }
      }
      dY += <usize>batch * dYStride;
    }
}
