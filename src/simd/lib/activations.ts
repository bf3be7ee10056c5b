// exp, tanh and sigmoid of four lanes, with a relative error below 5e-7. A NaN stays a NaN.
//
//   exp:   x = n ln 2 + r, |r| ≤ ln 2 / 2        e^x = 2^n e^r        e^r - 1 = r + r² (c2 + c3 r + c4 r² + c5 r³ + c6 r⁴)
//   tanh:  x P(x²) / Q(x²) with polynomials of degree 4, for |x| ≤ 9.02; beyond that float32 has no number between tanh x and 1
//
// n is what remains of x / ln 2 after adding and subtracting 1.5 · 2^23, which rounds to an integer and leaves it in the low bits;
// ln 2 is split in two so that n ln 2 is exact. The coefficients minimise the largest relative error, 1.7e-8 and 2.1e-8 before
// rounding (least squares with Lawson's weights; the denominator by Sanathanan & Koerner's iteration).

import { multiplyAdd, multiplySubtract } from './vector';

/** Loading a constant into all lanes takes one instruction, making it takes several. */
const constants: usize = memory.data<f32>(
  [
    // 1.5 · 2^23
    12582912,
    <f32>Math.LOG2E,
    // ln 2, of which the first part has few enough digits
    0.693115234,
    3.19461849e-5,
    // c2 to c6
    0.49999997,
    0.16666543,
    0.0416672,
    0.008366515,
    0.0013882522,
    // The least x that e^x is computed for.
    -88,
    // P
    0.99999998,
    0.133797236,
    0.00349404118,
    2.05835836e-5,
    1.33192e-8,
    // Q
    1,
    0.467130389,
    0.0258710988,
    0.000328310339,
    7.76207484e-7,
    // The greatest |x| that tanh is computed for.
    9.02,
  ],
  16,
);
const ROUND = 0;
const ONE_BY_LN2 = 1;
const LN2_HIGH = 2;
const LN2_LOW = 3;
const C2 = 4;
const LEAST = 9;
const P0 = 10;
const Q0 = 15;
const GREATEST = 20;

/** The constant with the given index in all lanes. */
function constant(index: usize): v128 {
  return v128.load32_splat(constants + (index << 2));
}

/** e^x for x ≤ 0; 0 below -87.7, where float32 runs out. */
export function expNegative(x: v128): v128 {
  const clamped = f32x4.pmax(x, constant(LEAST));
  const round = constant(ROUND);
  const shifted = multiplyAdd(clamped, constant(ONE_BY_LN2), round);
  const n = f32x4.sub(shifted, round);
  const r = multiplySubtract(n, constant(LN2_LOW), multiplySubtract(n, constant(LN2_HIGH), clamped));
  let p = multiplyAdd(constant(C2 + 4), r, constant(C2 + 3));
  p = multiplyAdd(p, r, constant(C2 + 2));
  p = multiplyAdd(p, r, constant(C2 + 1));
  p = multiplyAdd(p, r, constant(C2));
  const expMinus1 = multiplyAdd(f32x4.mul(p, r), r, r);
  // The bits of 2^n: those of 1, with n added to the exponent. They are 0 for n = -127.
  const scale = i32x4.add(i32x4.shl(shifted, 23), constant(Q0));
  return multiplyAdd(scale, expMinus1, scale);
}

export function tanh(x: v128): v128 {
  const greatest = constant(GREATEST);
  const t = f32x4.pmin(f32x4.pmax(x, f32x4.neg(greatest)), greatest);
  const y = f32x4.mul(t, t);
  let p = multiplyAdd(constant(P0 + 4), y, constant(P0 + 3));
  let q = multiplyAdd(constant(Q0 + 4), y, constant(Q0 + 3));
  p = multiplyAdd(p, y, constant(P0 + 2));
  q = multiplyAdd(q, y, constant(Q0 + 2));
  p = multiplyAdd(p, y, constant(P0 + 1));
  q = multiplyAdd(q, y, constant(Q0 + 1));
  p = multiplyAdd(p, y, constant(P0));
  q = multiplyAdd(q, y, constant(Q0));
  const result = f32x4.div(f32x4.mul(t, p), q);
  // Rounding may have gone beyond 1.
  const one = constant(Q0);
  return f32x4.pmin(f32x4.pmax(result, f32x4.neg(one)), one);
}

/** 1 / (1 + e^-x), by e^-|x| so that nothing overflows. */
export function sigmoid(x: v128): v128 {
  const e = expNegative(f32x4.neg(f32x4.abs(x)));
  const one = constant(Q0);
  return f32x4.div(v128.bitselect(e, one, f32x4.lt(x, f32x4.splat(0))), f32x4.add(one, e));
}
