// exp, tanh and sigmoid of four lanes, with a relative error below 4e-7. A NaN stays a NaN.
//
//   x = n ln 2 + r, |r| ≤ ln 2 / 2        e^x = 2^n e^r        e^r - 1 = r + r² (c2 + c3 r + c4 r² + c5 r³ + c6 r⁴)
//
// n is what remains of x / ln 2 after adding and subtracting 1.5 · 2^23, which rounds to an integer and leaves it in the low bits;
// ln 2 is split in two so that n ln 2 is exact. The coefficients minimise the largest relative error, 1.7e-8 (weighted least
// squares with Lawson's weights on Chebyshev nodes).

import { multiplyAdd, multiplySubtract } from './vector';

const ROUND: f32 = 12582912;
const ONE_BY_LN2: f32 = <f32>Math.LOG2E;
const LN2_HIGH: f32 = 0.693115234;
const LN2_LOW: f32 = 3.19461849e-5;
const C2: f32 = 0.49999997;
const C3: f32 = 0.16666543;
const C4: f32 = 0.0416672;
const C5: f32 = 0.008366515;
const C6: f32 = 0.0013882522;
/** Bits of 1. */
const ONE: i32 = 0x3f800000;

/** x / ln 2 rounded, plus `ROUND`. */
function shiftedQuotient(x: v128): v128 {
  return multiplyAdd(x, f32x4.splat(ONE_BY_LN2), f32x4.splat(ROUND));
}

/** 2^n of a shifted quotient; 0 for n = -127. */
function powerOfTwo(shifted: v128): v128 {
  return i32x4.add(i32x4.shl(shifted, 23), i32x4.splat(ONE));
}

/** e^r - 1 where r is the remainder of x. */
function remainderExpMinus1(x: v128, shifted: v128): v128 {
  const n = f32x4.sub(shifted, f32x4.splat(ROUND));
  const r = multiplySubtract(n, f32x4.splat(LN2_LOW), multiplySubtract(n, f32x4.splat(LN2_HIGH), x));
  let p = multiplyAdd(f32x4.splat(C6), r, f32x4.splat(C5));
  p = multiplyAdd(p, r, f32x4.splat(C4));
  p = multiplyAdd(p, r, f32x4.splat(C3));
  p = multiplyAdd(p, r, f32x4.splat(C2));
  return multiplyAdd(f32x4.mul(p, r), r, r);
}

/** e^x for x ≤ 0; 0 below -87.7, where float32 runs out. */
export function expNegative(x: v128): v128 {
  const clamped = f32x4.pmax(x, f32x4.splat(-88));
  const shifted = shiftedQuotient(clamped);
  const scale = powerOfTwo(shifted);
  return multiplyAdd(scale, remainderExpMinus1(clamped, shifted), scale);
}

/** tanh |x| = -m / (2 + m) with m = e^(-2|x|) - 1, which keeps the digits of small x. */
export function tanh(x: v128): v128 {
  const sign = v128.and(x, f32x4.splat(-0));
  // Beyond 20 the result is 1.
  const y = f32x4.pmax(f32x4.mul(f32x4.abs(x), f32x4.splat(-2)), f32x4.splat(-40));
  const shifted = shiftedQuotient(y);
  const scale = powerOfTwo(shifted);
  const m = multiplyAdd(scale, remainderExpMinus1(y, shifted), f32x4.sub(scale, f32x4.splat(1)));
  const magnitude = f32x4.abs(f32x4.div(m, f32x4.add(m, f32x4.splat(2))));
  return v128.or(magnitude, sign);
}

/** 1 / (1 + e^-x), by e^-|x| so that nothing overflows. */
export function sigmoid(x: v128): v128 {
  const e = expNegative(f32x4.neg(f32x4.abs(x)));
  const one = f32x4.splat(1);
  return f32x4.div(v128.bitselect(e, one, f32x4.lt(x, f32x4.splat(0))), f32x4.add(one, e));
}
