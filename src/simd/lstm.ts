// The gates of an LSTM step (Hochreiter & Schmidhuber 1997; forget gate Gers 2000), around the products of `product.ts`. The
// equations stand at the head of `shaders/lstm.wgsl`; gates lie in the order i, f, g, o, `hidden` columns each.

import { sigmoid, tanh } from './lib/activations';
import { multiplyAdd, storeLanes } from './lib/vector';

/** True for a row whose sentence has ended before `position`; `lengths` 0 means that none has. */
function hasEnded(lengths: usize, row: i32, position: u32): bool {
  return lengths !== 0 && position >= load<u32>(lengths + <usize>(row << 2));
}

function sigmoidInPlace(x: usize, count: i32): void {
  for (let i = 0; i < count; i += 4) {
    storeLanes(x, sigmoid(v128.load(x)), count - i);
    x += 16;
  }
}

function tanhInPlace(x: usize, count: i32): void {
  for (let i = 0; i < count; i += 4) {
    storeLanes(x, tanh(v128.load(x)), count - i);
    x += 16;
  }
}

/**
 * gates [B, 4H] from z = W x + b + W h to the activated gates, in place; c' = f c + i g and h' = o tanh c'. Rows that have ended
 * keep their state.
 */
export function lstmGates(
  batch: i32,
  hidden: i32,
  gates: usize,
  gatesStride: usize,
  cBefore: usize,
  cBeforeStride: usize,
  cAfter: usize,
  cAfterStride: usize,
  hBefore: usize,
  hBeforeStride: usize,
  hAfter: usize,
  hAfterStride: usize,
  lengths: usize,
  position: u32,
): void {
  const bytes = <usize>(hidden << 2);
  for (let b = 0; b < batch; b++) {
    if (hasEnded(lengths, b, position)) {
      memory.copy(hAfter, hBefore, bytes);
      memory.copy(cAfter, cBefore, bytes);
      memory.fill(gates, 0, bytes << 2);
    } else {
      sigmoidInPlace(gates, hidden << 1);
      tanhInPlace(gates + (bytes << 1), hidden);
      sigmoidInPlace(gates + bytes * 3, hidden);
      for (let u = 0; u < hidden; u += 4) {
        const left = hidden - u;
        const at = <usize>(u << 2);
        const zi = gates + at;
        const f = v128.load(zi + bytes);
        const g = v128.load(zi + bytes * 2);
        const o = v128.load(zi + bytes * 3);
        const c = multiplyAdd(f, v128.load(cBefore + at), f32x4.mul(v128.load(zi), g));
        storeLanes(cAfter + at, c, left);
        storeLanes(hAfter + at, f32x4.mul(o, tanh(c)), left);
      }
    }
    gates += gatesStride;
    cBefore += cBeforeStride;
    cAfter += cAfterStride;
    hBefore += hBeforeStride;
    hAfter += hAfterStride;
  }
}

/**
 * dZ [B, 4H] and, in place, dC [B, H], from the whole gradient dH [B, H] of h. Rows that have ended hand dH on to the state
 * before, and have no dZ.
 */
export function lstmGatesBackward(
  batch: i32,
  hidden: i32,
  gates: usize,
  gatesStride: usize,
  cBefore: usize,
  cBeforeStride: usize,
  cAfter: usize,
  cAfterStride: usize,
  dH: usize,
  dHStride: usize,
  dHBefore: usize,
  dHBeforeStride: usize,
  dC: usize,
  dCStride: usize,
  dZ: usize,
  dZStride: usize,
  lengths: usize,
  position: u32,
): void {
  const bytes = <usize>(hidden << 2);
  const one = f32x4.splat(1);
  for (let b = 0; b < batch; b++) {
    if (hasEnded(lengths, b, position)) {
      for (let u = 0; u < hidden; u += 4) {
        const at = <usize>(u << 2);
        storeLanes(dHBefore + at, f32x4.add(v128.load(dHBefore + at), v128.load(dH + at)), hidden - u);
      }
      memory.fill(dZ, 0, bytes << 2);
    } else
      for (let u = 0; u < hidden; u += 4) {
        const left = hidden - u;
        const at = <usize>(u << 2);
        const i = v128.load(gates + at);
        const f = v128.load(gates + at + bytes);
        const g = v128.load(gates + at + bytes * 2);
        const o = v128.load(gates + at + bytes * 3);
        const dh = v128.load(dH + at);
        const squashed = tanh(v128.load(cAfter + at));
        // h = o tanh c
        const bend = f32x4.sub(one, f32x4.mul(squashed, squashed));
        const dc = multiplyAdd(f32x4.mul(dh, o), bend, v128.load(dC + at));
        // c = f c' + i g
        const di = f32x4.mul(f32x4.mul(dc, g), f32x4.mul(i, f32x4.sub(one, i)));
        const df = f32x4.mul(f32x4.mul(dc, v128.load(cBefore + at)), f32x4.mul(f, f32x4.sub(one, f)));
        const dg = f32x4.mul(f32x4.mul(dc, i), f32x4.sub(one, f32x4.mul(g, g)));
        const do_ = f32x4.mul(f32x4.mul(dh, squashed), f32x4.mul(o, f32x4.sub(one, o)));
        const to = dZ + at;
        storeLanes(to, di, left);
        storeLanes(to + bytes, df, left);
        storeLanes(to + bytes * 2, dg, left);
        storeLanes(to + bytes * 3, do_, left);
        storeLanes(dC + at, f32x4.mul(dc, f), left);
      }
    gates += gatesStride;
    cBefore += cBeforeStride;
    cAfter += cAfterStride;
    dH += dHStride;
    dHBefore += dHBeforeStride;
    dC += dCStride;
    dZ += dZStride;
  }
}
