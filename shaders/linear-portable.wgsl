// The products of linear.wgsl for any adapter: one invocation computes 8 rows by 8 columns of c in registers, a workgroup of
// 8×8 invocations 64 by 64. No workgroup memory and no barriers.

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
