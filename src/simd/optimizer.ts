// Clipping and the updates of all parameters; formulas stand in `shaders/grad-norm.wgsl`, `adam.wgsl` and `sgd.wgsl`. All shards
// make the same update and must come to the same bits, so that nothing here leaves the rounding to the browser.

import { storeLanes, sumLanes } from './lib/vector';

/** Squares that are added in float32 before their sum goes to a float64, so that long sums keep their digits. */
const RUN: i32 = 512;

/** a · b + c, rounded twice in every build. */
function addProduct(a: v128, b: v128, c: v128): v128 {
  return f32x4.add(f32x4.mul(a, b), c);
}

/** √Σ g² */
export function globalNorm(gradients: usize, count: i32): f64 {
  let total: f64 = 0;
  let i = 0;
  while (i + 16 <= count) {
    const end = min(i + RUN, count);
    let s0 = f32x4.splat(0);
    let s1 = f32x4.splat(0);
    let s2 = f32x4.splat(0);
    let s3 = f32x4.splat(0);
    for (; i + 16 <= end; i += 16) {
      const at = gradients + <usize>(i << 2);
      const g0 = v128.load(at);
      const g1 = v128.load(at, 16);
      const g2 = v128.load(at, 32);
      const g3 = v128.load(at, 48);
      s0 = addProduct(g0, g0, s0);
      s1 = addProduct(g1, g1, s1);
      s2 = addProduct(g2, g2, s2);
      s3 = addProduct(g3, g3, s3);
    }
    total += <f64>sumLanes(f32x4.add(f32x4.add(s0, s1), f32x4.add(s2, s3)));
  }
  for (; i < count; i++) {
    const g = f32.load(gradients + <usize>(i << 2));
    total += <f64>(g * g);
  }
  return Math.sqrt(total);
}

/** True for infinities and NaN: all bits of the exponent are set. */
function isNoNumber(x: f32): bool {
  return (reinterpret<u32>(x) & 0x7f800000) >= 0x7f800000;
}

/**
 * Norm, clip factor min(1, max / (norm + 1e-6)), and the flag of a loss (1) or norm (2) that is no number go to the places of the
 * metrics given in bytes. The loss is the first of them.
 */
export function gradNorm(
  gradients: usize,
  count: i32,
  metrics: usize,
  normAt: usize,
  clipAt: usize,
  nonFiniteAt: usize,
  maxNorm: f64,
): void {
  const norm = globalNorm(gradients, count);
  f32.store(metrics + normAt, <f32>norm);
  const flag: f32 = (isNoNumber(f32.load(metrics)) ? 1 : 0) + (isNoNumber(<f32>norm) ? 2 : 0);
  f32.store(metrics + nonFiniteAt, flag);
  f32.store(metrics + clipAt, <f32>min<f64>(1, maxNorm / (norm + 1e-6)));
}

/** Adam (Kingma & Ba 2015), or with `isDecoupled` AdamW (Loshchilov & Hutter 2019). */
export function adam(
  count: i32,
  parameters: usize,
  gradients: usize,
  moment1: usize,
  moment2: usize,
  clip: f32,
  rate: f64,
  correction1: f64,
  correction2: f64,
  beta1: f64,
  beta2: f64,
  epsilon: f64,
  weightDecay: f64,
  isDecoupled: i32,
): void {
  const factor = f32x4.splat(clip);
  const keep1 = f32x4.splat(<f32>beta1);
  const take1 = f32x4.splat(<f32>(1 - beta1));
  const keep2 = f32x4.splat(<f32>beta2);
  const take2 = f32x4.splat(<f32>(1 - beta2));
  const keepParameter = f32x4.splat(isDecoupled ? <f32>(1 - rate * weightDecay) : 1);
  const decay = f32x4.splat(isDecoupled ? 0 : <f32>weightDecay);
  const step = f32x4.splat(<f32>(rate / correction1));
  const bySecond = f32x4.splat(<f32>(1 / Math.sqrt(correction2)));
  const least = f32x4.splat(<f32>epsilon);
  for (let i = 0; i < count; i += 4) {
    const left = count - i;
    const at = <usize>(i << 2);
    const p = v128.load(parameters + at);
    const g = addProduct(decay, p, f32x4.mul(factor, v128.load(gradients + at)));
    const m = addProduct(keep1, v128.load(moment1 + at), f32x4.mul(take1, g));
    const v = addProduct(keep2, v128.load(moment2 + at), f32x4.mul(f32x4.mul(take2, g), g));
    const denominator = addProduct(f32x4.sqrt(v), bySecond, least);
    storeLanes(moment1 + at, m, left);
    storeLanes(moment2 + at, v, left);
    const change = f32x4.div(f32x4.mul(step, m), denominator);
    storeLanes(parameters + at, f32x4.sub(f32x4.mul(keepParameter, p), change), left);
  }
}

/** Stochastic gradient descent with momentum. */
export function sgd(
  count: i32,
  parameters: usize,
  gradients: usize,
  moment1: usize,
  clip: f32,
  rate: f32,
  momentum: f32,
  weightDecay: f32,
): void {
  const factor = f32x4.splat(clip);
  const decay = f32x4.splat(weightDecay);
  const keep = f32x4.splat(momentum);
  const step = f32x4.splat(rate);
  for (let i = 0; i < count; i += 4) {
    const left = count - i;
    const at = <usize>(i << 2);
    const p = v128.load(parameters + at);
    const g = addProduct(decay, p, f32x4.mul(factor, v128.load(gradients + at)));
    const m = addProduct(keep, v128.load(moment1 + at), g);
    storeLanes(moment1 + at, m, left);
    storeLanes(parameters + at, f32x4.sub(p, f32x4.mul(step, m)), left);
  }
}
