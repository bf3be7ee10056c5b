// The products of linear.wgsl for adapters whose subgroups are quads: one invocation computes 16 rows by 4 columns of c in
// registers, a workgroup of 8×2 invocations 32 by 32. The four invocations of a quad share the rows: each loads every fourth term
// of the sum and gets the others by swapping, which saves three of four loads of `a`. Terms beyond the end load as 0.
// Control flow is uniform throughout, as swapping needs; only the stores are guarded.

// a_row, a_step: distance in `a` between rows of c and between terms of the sum; b_step, b_column likewise.
fn product(id: vec3u, lane: u32, a_row: u32, a_step: u32, b_step: u32, b_column: u32) {
  let row = id.y * 16u;
  let column = id.x * 4u;
  let quad_lane = lane & 3u;
  let last_row = uniforms.rows - 1u;
  let last_term = uniforms.depth - 1u;
  let a0 = uniforms.a_offset + min(row + 0u, last_row) * a_row;
  let a1 = uniforms.a_offset + min(row + 1u, last_row) * a_row;
  let a2 = uniforms.a_offset + min(row + 2u, last_row) * a_row;
  let a3 = uniforms.a_offset + min(row + 3u, last_row) * a_row;
  let a4 = uniforms.a_offset + min(row + 4u, last_row) * a_row;
  let a5 = uniforms.a_offset + min(row + 5u, last_row) * a_row;
  let a6 = uniforms.a_offset + min(row + 6u, last_row) * a_row;
  let a7 = uniforms.a_offset + min(row + 7u, last_row) * a_row;
  let a8 = uniforms.a_offset + min(row + 8u, last_row) * a_row;
  let a9 = uniforms.a_offset + min(row + 9u, last_row) * a_row;
  let a10 = uniforms.a_offset + min(row + 10u, last_row) * a_row;
  let a11 = uniforms.a_offset + min(row + 11u, last_row) * a_row;
  let a12 = uniforms.a_offset + min(row + 12u, last_row) * a_row;
  let a13 = uniforms.a_offset + min(row + 13u, last_row) * a_row;
  let a14 = uniforms.a_offset + min(row + 14u, last_row) * a_row;
  let a15 = uniforms.a_offset + min(row + 15u, last_row) * a_row;
  let columns = uniforms.b_offset + min(column + vec4u(0u, 1u, 2u, 3u), vec4u(uniforms.columns - 1u)) * b_column;
  var c0 = vec4f();
  var c1 = vec4f();
  var c2 = vec4f();
  var c3 = vec4f();
  var c4 = vec4f();
  var c5 = vec4f();
  var c6 = vec4f();
  var c7 = vec4f();
  var c8 = vec4f();
  var c9 = vec4f();
  var c10 = vec4f();
  var c11 = vec4f();
  var c12 = vec4f();
  var c13 = vec4f();
  var c14 = vec4f();
  var c15 = vec4f();
  for (var l = 0u; l < uniforms.depth; l += 4u) {
    let is_term = l + quad_lane < uniforms.depth;
    let a_at = min(l + quad_lane, last_term) * a_step;
    let v0 = select(0.0, a[a0 + a_at], is_term);
    let v1 = select(0.0, a[a1 + a_at], is_term);
    let v2 = select(0.0, a[a2 + a_at], is_term);
    let v3 = select(0.0, a[a3 + a_at], is_term);
    let v4 = select(0.0, a[a4 + a_at], is_term);
    let v5 = select(0.0, a[a5 + a_at], is_term);
    let v6 = select(0.0, a[a6 + a_at], is_term);
    let v7 = select(0.0, a[a7 + a_at], is_term);
    let v8 = select(0.0, a[a8 + a_at], is_term);
    let v9 = select(0.0, a[a9 + a_at], is_term);
    let v10 = select(0.0, a[a10 + a_at], is_term);
    let v11 = select(0.0, a[a11 + a_at], is_term);
    let v12 = select(0.0, a[a12 + a_at], is_term);
    let v13 = select(0.0, a[a13 + a_at], is_term);
    let v14 = select(0.0, a[a14 + a_at], is_term);
    let v15 = select(0.0, a[a15 + a_at], is_term);
    let t0 = columns + min(l + (quad_lane ^ 0u), last_term) * b_step;
    let b0 = vec4f(b[t0.x], b[t0.y], b[t0.z], b[t0.w]);
    c0 += v0 * b0;
    c1 += v1 * b0;
    c2 += v2 * b0;
    c3 += v3 * b0;
    c4 += v4 * b0;
    c5 += v5 * b0;
    c6 += v6 * b0;
    c7 += v7 * b0;
    c8 += v8 * b0;
    c9 += v9 * b0;
    c10 += v10 * b0;
    c11 += v11 * b0;
    c12 += v12 * b0;
    c13 += v13 * b0;
    c14 += v14 * b0;
    c15 += v15 * b0;
    let t1 = columns + min(l + (quad_lane ^ 1u), last_term) * b_step;
    let b1 = vec4f(b[t1.x], b[t1.y], b[t1.z], b[t1.w]);
    c0 += quadSwapX(v0) * b1;
    c1 += quadSwapX(v1) * b1;
    c2 += quadSwapX(v2) * b1;
    c3 += quadSwapX(v3) * b1;
    c4 += quadSwapX(v4) * b1;
    c5 += quadSwapX(v5) * b1;
    c6 += quadSwapX(v6) * b1;
    c7 += quadSwapX(v7) * b1;
    c8 += quadSwapX(v8) * b1;
    c9 += quadSwapX(v9) * b1;
    c10 += quadSwapX(v10) * b1;
    c11 += quadSwapX(v11) * b1;
    c12 += quadSwapX(v12) * b1;
    c13 += quadSwapX(v13) * b1;
    c14 += quadSwapX(v14) * b1;
    c15 += quadSwapX(v15) * b1;
    let t2 = columns + min(l + (quad_lane ^ 2u), last_term) * b_step;
    let b2 = vec4f(b[t2.x], b[t2.y], b[t2.z], b[t2.w]);
    c0 += quadSwapY(v0) * b2;
    c1 += quadSwapY(v1) * b2;
    c2 += quadSwapY(v2) * b2;
    c3 += quadSwapY(v3) * b2;
    c4 += quadSwapY(v4) * b2;
    c5 += quadSwapY(v5) * b2;
    c6 += quadSwapY(v6) * b2;
    c7 += quadSwapY(v7) * b2;
    c8 += quadSwapY(v8) * b2;
    c9 += quadSwapY(v9) * b2;
    c10 += quadSwapY(v10) * b2;
    c11 += quadSwapY(v11) * b2;
    c12 += quadSwapY(v12) * b2;
    c13 += quadSwapY(v13) * b2;
    c14 += quadSwapY(v14) * b2;
    c15 += quadSwapY(v15) * b2;
    let t3 = columns + min(l + (quad_lane ^ 3u), last_term) * b_step;
    let b3 = vec4f(b[t3.x], b[t3.y], b[t3.z], b[t3.w]);
    c0 += quadSwapDiagonal(v0) * b3;
    c1 += quadSwapDiagonal(v1) * b3;
    c2 += quadSwapDiagonal(v2) * b3;
    c3 += quadSwapDiagonal(v3) * b3;
    c4 += quadSwapDiagonal(v4) * b3;
    c5 += quadSwapDiagonal(v5) * b3;
    c6 += quadSwapDiagonal(v6) * b3;
    c7 += quadSwapDiagonal(v7) * b3;
    c8 += quadSwapDiagonal(v8) * b3;
    c9 += quadSwapDiagonal(v9) * b3;
    c10 += quadSwapDiagonal(v10) * b3;
    c11 += quadSwapDiagonal(v11) * b3;
    c12 += quadSwapDiagonal(v12) * b3;
    c13 += quadSwapDiagonal(v13) * b3;
    c14 += quadSwapDiagonal(v14) * b3;
    c15 += quadSwapDiagonal(v15) * b3;
  }
  // Stored in a loop over a private copy: unrolled, the stores would take software adapters half a second to compile.
  var sums = array<vec4f, 16>(
    c0, c1, c2, c3, c4, c5, c6, c7, c8, c9, c10, c11, c12, c13, c14, c15,
  );
  for (var p = 0u; p < 16u; p++) {
    let four = sums[p];
    store(row + p, column, four.x);
    store(row + p, column + 1u, four.y);
    store(row + p, column + 2u, four.z);
    store(row + p, column + 3u, four.w);
  }
}

@compute @workgroup_size(8, 2)
fn forward(@builtin(global_invocation_id) id: vec3u, @builtin(subgroup_invocation_id) lane: u32) {
  product(id, lane, uniforms.a_stride, 1u, 1u, uniforms.b_stride);
}

@compute @workgroup_size(8, 2)
fn backward_input(@builtin(global_invocation_id) id: vec3u, @builtin(subgroup_invocation_id) lane: u32) {
  product(id, lane, uniforms.a_stride, 1u, uniforms.b_stride, 1u);
}

@compute @workgroup_size(8, 2)
fn backward_weight(@builtin(global_invocation_id) id: vec3u, @builtin(subgroup_invocation_id) lane: u32) {
  product(id, lane, 1u, uniforms.a_stride, uniforms.b_stride, 1u);
}
