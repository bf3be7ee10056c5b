// Logistic sigmoid and hyperbolic tangent by exp of a non-positive number: it cannot overflow, and a NaN stays a NaN.
// The built-in tanh is NaN beyond about 88 on some drivers and may be 1e-5 off by the WGSL specification.

fn sigmoid(x: f32) -> f32 {
  let e = exp(-abs(x));
  return select(1.0, e, x < 0.0) / (1.0 + e);
}

fn safe_tanh(x: f32) -> f32 {
  let e = exp(-2.0 * abs(x));
  let t = (1.0 - e) / (1.0 + e);
  return select(t, -t, x < 0.0);
}
