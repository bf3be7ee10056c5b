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

// a_row, a_step: distance in `a` between rows of c and between terms of the sum; b_step, b_column likewise.
fn product(id: vec3u, a_row: u32, a_step: u32, b_step: u32, b_column: u32) {
  let row = id.y * 8u;
  let column = id.x * 8u;
  if (row >= uniforms.rows || column >= uniforms.columns) {
    return;
  }
  let last_row = uniforms.rows - 1u;
  let last_column = uniforms.columns - 1u;
  let a0 = uniforms.a_offset + min(row + 0u, last_row) * a_row;
  let a1 = uniforms.a_offset + min(row + 1u, last_row) * a_row;
  let a2 = uniforms.a_offset + min(row + 2u, last_row) * a_row;
  let a3 = uniforms.a_offset + min(row + 3u, last_row) * a_row;
  let a4 = uniforms.a_offset + min(row + 4u, last_row) * a_row;
  let a5 = uniforms.a_offset + min(row + 5u, last_row) * a_row;
  let a6 = uniforms.a_offset + min(row + 6u, last_row) * a_row;
  let a7 = uniforms.a_offset + min(row + 7u, last_row) * a_row;
  let b0 = uniforms.b_offset + min(column + 0u, last_column) * b_column;
  let b1 = uniforms.b_offset + min(column + 1u, last_column) * b_column;
  let b2 = uniforms.b_offset + min(column + 2u, last_column) * b_column;
  let b3 = uniforms.b_offset + min(column + 3u, last_column) * b_column;
  let b4 = uniforms.b_offset + min(column + 4u, last_column) * b_column;
  let b5 = uniforms.b_offset + min(column + 5u, last_column) * b_column;
  let b6 = uniforms.b_offset + min(column + 6u, last_column) * b_column;
  let b7 = uniforms.b_offset + min(column + 7u, last_column) * b_column;
  var c0l = vec4f(); var c0h = vec4f();
  var c1l = vec4f(); var c1h = vec4f();
  var c2l = vec4f(); var c2h = vec4f();
  var c3l = vec4f(); var c3h = vec4f();
  var c4l = vec4f(); var c4h = vec4f();
  var c5l = vec4f(); var c5h = vec4f();
  var c6l = vec4f(); var c6h = vec4f();
  var c7l = vec4f(); var c7h = vec4f();
  var a_at = 0u;
  var b_at = 0u;
  for (var l = 0u; l < uniforms.depth; l++) {
    let low = vec4f(b[b0 + b_at], b[b1 + b_at], b[b2 + b_at], b[b3 + b_at]);
    let high = vec4f(b[b4 + b_at], b[b5 + b_at], b[b6 + b_at], b[b7 + b_at]);
    let v0 = a[a0 + a_at];
    c0l += v0 * low; c0h += v0 * high;
    let v1 = a[a1 + a_at];
    c1l += v1 * low; c1h += v1 * high;
    let v2 = a[a2 + a_at];
    c2l += v2 * low; c2h += v2 * high;
    let v3 = a[a3 + a_at];
    c3l += v3 * low; c3h += v3 * high;
    let v4 = a[a4 + a_at];
    c4l += v4 * low; c4h += v4 * high;
    let v5 = a[a5 + a_at];
    c5l += v5 * low; c5h += v5 * high;
    let v6 = a[a6 + a_at];
    c6l += v6 * low; c6h += v6 * high;
    let v7 = a[a7 + a_at];
    c7l += v7 * low; c7h += v7 * high;
    a_at += a_step;
    b_at += b_step;
  }
  // Stored in a loop over a private copy: unrolled, the stores would take software adapters half a second to compile.
  var sums = array<vec4f, 16>(
    c0l, c0h, c1l, c1h, c2l, c2h, c3l, c3h, c4l, c4h, c5l, c5h, c6l, c6h, c7l, c7h,
  );
  for (var p = 0u; p < 16u; p++) {
    let four = sums[p];
    let at = column + 4u * (p & 1u);
    store(row + (p >> 1u), at, four.x);
    store(row + (p >> 1u), at + 1u, four.y);
    store(row + (p >> 1u), at + 2u, four.z);
    store(row + (p >> 1u), at + 3u, four.w);
  }
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
