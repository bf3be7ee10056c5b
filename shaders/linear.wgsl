// y = x Wᵀ + b and its three gradients, as one product  c[i, j] (+)= Σ_l a[i, l] b[l, j]  over strided operands.
//
//   entry            a                 b                 c                  i      j      l
//   forward          x  [rows, in]     W [out, in]       y  [rows, out]     row    out    in       (+ bias[out])
//   backward_input   dy [rows, out]    W [out, in]       dx [rows, in]      row    in     out      dx = dy W
//   backward_weight  dy [rows, out]    x [rows, in]      dW [out, in]       out    in     row      dW = dyᵀ x
//   backward_bias    dy [rows, out]    -                 db [1, out]        -      out    row      db = Σ_row dy
//
// One invocation computes 8 rows by 8 columns of c in registers; a workgroup of 8×8 invocations covers 64 by 64.
// Rows and columns beyond the edge read the last valid one and are not stored, so that any shape works.
// Source: MODEL.md; the layout is torch.nn.Linear's.

struct Uniforms {
  rows: u32,
  columns: u32,
  depth: u32,
  accumulate: u32,
  has_bias: u32,
  a_offset: u32,
  a_stride: u32,
  b_offset: u32,
  b_stride: u32,
  c_offset: u32,
  c_stride: u32,
  bias_offset: u32,
}

@group(0) @binding(0) var<uniform> uniforms: Uniforms;
@group(0) @binding(1) var<storage, read> a: array<f32>;
@group(0) @binding(2) var<storage, read> b: array<f32>;
@group(0) @binding(3) var<storage, read> bias: array<f32>;
@group(0) @binding(4) var<storage, read_write> c: array<f32>;

fn store(row: u32, column: u32, value: f32) {
  if (row >= uniforms.rows || column >= uniforms.columns) {
    return;
  }
  let index = uniforms.c_offset + row * uniforms.c_stride + column;
  var total = value;
  if (uniforms.has_bias != 0u) {
    total += bias[uniforms.bias_offset + column];
  }
  if (uniforms.accumulate != 0u) {
    total += c[index];
  }
  c[index] = total;
}

fn store_row(row: u32, column: u32, low: vec4f, high: vec4f) {
  store(row, column, low.x);
  store(row, column + 1u, low.y);
  store(row, column + 2u, low.z);
  store(row, column + 3u, low.w);
  store(row, column + 4u, high.x);
  store(row, column + 5u, high.y);
  store(row, column + 6u, high.z);
  store(row, column + 7u, high.w);
}

// a_row, a_step: distance in `a` between rows of c and between terms of the sum; b_step, b_column likewise.
fn product(id: vec3u, a_row: u32, a_step: u32, b_step: u32, b_column: u32) {
  let row = id.y * 8u;
  let column = id.x * 8u;
  if (row >= uniforms.rows || column >= uniforms.columns) {
    return;
  }
  let last_row = uniforms.rows - 1u;
  let last_column = uniforms.columns - 1u;
  let lanes = vec4u(0u, 1u, 2u, 3u);
  var a_low = uniforms.a_offset + min(row + lanes, vec4u(last_row)) * a_row;
  var a_high = uniforms.a_offset + min(row + 4u + lanes, vec4u(last_row)) * a_row;
  var b_low = uniforms.b_offset + min(column + lanes, vec4u(last_column)) * b_column;
  var b_high = uniforms.b_offset + min(column + 4u + lanes, vec4u(last_column)) * b_column;
  var c0l = vec4f(); var c0h = vec4f();
  var c1l = vec4f(); var c1h = vec4f();
  var c2l = vec4f(); var c2h = vec4f();
  var c3l = vec4f(); var c3h = vec4f();
  var c4l = vec4f(); var c4h = vec4f();
  var c5l = vec4f(); var c5h = vec4f();
  var c6l = vec4f(); var c6h = vec4f();
  var c7l = vec4f(); var c7h = vec4f();
  for (var l = 0u; l < uniforms.depth; l++) {
    let bl = vec4f(b[b_low.x], b[b_low.y], b[b_low.z], b[b_low.w]);
    let bh = vec4f(b[b_high.x], b[b_high.y], b[b_high.z], b[b_high.w]);
    let a0 = a[a_low.x];
    c0l += a0 * bl; c0h += a0 * bh;
    let a1 = a[a_low.y];
    c1l += a1 * bl; c1h += a1 * bh;
    let a2 = a[a_low.z];
    c2l += a2 * bl; c2h += a2 * bh;
    let a3 = a[a_low.w];
    c3l += a3 * bl; c3h += a3 * bh;
    let a4 = a[a_high.x];
    c4l += a4 * bl; c4h += a4 * bh;
    let a5 = a[a_high.y];
    c5l += a5 * bl; c5h += a5 * bh;
    let a6 = a[a_high.z];
    c6l += a6 * bl; c6h += a6 * bh;
    let a7 = a[a_high.w];
    c7l += a7 * bl; c7h += a7 * bh;
    a_low += vec4u(a_step);
    a_high += vec4u(a_step);
    b_low += vec4u(b_step);
    b_high += vec4u(b_step);
  }
  store_row(row, column, c0l, c0h);
  store_row(row + 1u, column, c1l, c1h);
  store_row(row + 2u, column, c2l, c2h);
  store_row(row + 3u, column, c3l, c3h);
  store_row(row + 4u, column, c4l, c4h);
  store_row(row + 5u, column, c5l, c5h);
  store_row(row + 6u, column, c6l, c6h);
  store_row(row + 7u, column, c7l, c7h);
}

@compute @workgroup_size(8, 8)
fn forward(@builtin(global_invocation_id) id: vec3u) {
  product(id, uniforms.a_stride, 1u, 1u, uniforms.b_stride);
}

@compute @workgroup_size(8, 8)
fn backward_input(@builtin(global_invocation_id) id: vec3u) {
  product(id, uniforms.a_stride, 1u, uniforms.b_stride, 1u);
}

@compute @workgroup_size(8, 8)
fn backward_weight(@builtin(global_invocation_id) id: vec3u) {
  product(id, 1u, uniforms.a_stride, uniforms.b_stride, 1u);
}

@compute @workgroup_size(64)
fn backward_bias(@builtin(global_invocation_id) id: vec3u) {
  if (id.x >= uniforms.columns) {
    return;
  }
  var total = 0.0;
  for (var l = 0u; l < uniforms.depth; l++) {
    total += a[uniforms.a_offset + l * uniforms.a_stride + id.x];
  }
  store(0u, id.x, total);
}
