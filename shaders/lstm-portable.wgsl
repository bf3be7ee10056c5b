// The products of lstm.wgsl for any adapter: one invocation computes 8 batch rows by 2 units with their 4 gates (forward), or 8 rows
// by 8 units (backward), in registers.

@compute @workgroup_size(8, 8)
fn forward(@builtin(global_invocation_id) id: vec3u) {
  let row = id.y * 8u;
  let unit = id.x * 2u;
  if (row >= uniforms.batch || unit >= uniforms.hidden) {
    return;
  }
  let last_row = uniforms.batch - 1u;
  let next_unit = min(unit + 1u, uniforms.hidden - 1u);
  var r0a = vec4f(); var r0b = vec4f();
  var r1a = vec4f(); var r1b = vec4f();
  var r2a = vec4f(); var r2b = vec4f();
  var r3a = vec4f(); var r3b = vec4f();
  var r4a = vec4f(); var r4b = vec4f();
  var r5a = vec4f(); var r5b = vec4f();
  var r6a = vec4f(); var r6b = vec4f();
  var r7a = vec4f(); var r7b = vec4f();

  // W_hh h_{t-1}
  {
    let at0 = h_index(uniforms.previous_slot, min(row + 0u, last_row), 0u);
    let at1 = h_index(uniforms.previous_slot, min(row + 1u, last_row), 0u);
    let at2 = h_index(uniforms.previous_slot, min(row + 2u, last_row), 0u);
    let at3 = h_index(uniforms.previous_slot, min(row + 3u, last_row), 0u);
    let at4 = h_index(uniforms.previous_slot, min(row + 4u, last_row), 0u);
    let at5 = h_index(uniforms.previous_slot, min(row + 5u, last_row), 0u);
    let at6 = h_index(uniforms.previous_slot, min(row + 6u, last_row), 0u);
    let at7 = h_index(uniforms.previous_slot, min(row + 7u, last_row), 0u);
    let first = uniforms.weight_offset + unit * uniforms.weight_stride;
    let second = uniforms.weight_offset + next_unit * uniforms.weight_stride;
    let gate = uniforms.hidden * uniforms.weight_stride;
    for (var k = 0u; k < uniforms.hidden; k++) {
      let wa = vec4f(weight[first + k], weight[first + gate + k], weight[first + 2u * gate + k], weight[first + 3u * gate + k]);
      let wb = vec4f(weight[second + k], weight[second + gate + k], weight[second + 2u * gate + k], weight[second + 3u * gate + k]);
      let x0 = h[at0 + k];
      r0a += x0 * wa; r0b += x0 * wb;
      let x1 = h[at1 + k];
      r1a += x1 * wa; r1b += x1 * wb;
      let x2 = h[at2 + k];
      r2a += x2 * wa; r2b += x2 * wb;
      let x3 = h[at3 + k];
      r3a += x3 * wa; r3b += x3 * wb;
      let x4 = h[at4 + k];
      r4a += x4 * wa; r4b += x4 * wb;
      let x5 = h[at5 + k];
      r5a += x5 * wa; r5b += x5 * wb;
      let x6 = h[at6 + k];
      r6a += x6 * wa; r6b += x6 * wb;
      let x7 = h[at7 + k];
      r7a += x7 * wa; r7b += x7 * wb;
    }
  }

  // W_feed feed_t
  {
    let at0 = uniforms.feed_offset + min(row + 0u, last_row) * uniforms.feed_stride;
    let at1 = uniforms.feed_offset + min(row + 1u, last_row) * uniforms.feed_stride;
    let at2 = uniforms.feed_offset + min(row + 2u, last_row) * uniforms.feed_stride;
    let at3 = uniforms.feed_offset + min(row + 3u, last_row) * uniforms.feed_stride;
    let at4 = uniforms.feed_offset + min(row + 4u, last_row) * uniforms.feed_stride;
    let at5 = uniforms.feed_offset + min(row + 5u, last_row) * uniforms.feed_stride;
    let at6 = uniforms.feed_offset + min(row + 6u, last_row) * uniforms.feed_stride;
    let at7 = uniforms.feed_offset + min(row + 7u, last_row) * uniforms.feed_stride;
    let first = uniforms.feed_weight_offset + unit * uniforms.feed_weight_stride;
    let second = uniforms.feed_weight_offset + next_unit * uniforms.feed_weight_stride;
    let gate = uniforms.hidden * uniforms.feed_weight_stride;
    for (var k = 0u; k < uniforms.feed_size; k++) {
      let wa = vec4f(feed_weight[first + k], feed_weight[first + gate + k], feed_weight[first + 2u * gate + k], feed_weight[first + 3u * gate + k]);
      let wb = vec4f(feed_weight[second + k], feed_weight[second + gate + k], feed_weight[second + 2u * gate + k], feed_weight[second + 3u * gate + k]);
      let x0 = feed[at0 + k];
      r0a += x0 * wa; r0b += x0 * wb;
      let x1 = feed[at1 + k];
      r1a += x1 * wa; r1b += x1 * wb;
      let x2 = feed[at2 + k];
      r2a += x2 * wa; r2b += x2 * wb;
      let x3 = feed[at3 + k];
      r3a += x3 * wa; r3b += x3 * wb;
      let x4 = feed[at4 + k];
      r4a += x4 * wa; r4b += x4 * wb;
      let x5 = feed[at5 + k];
      r5a += x5 * wa; r5b += x5 * wb;
      let x6 = feed[at6 + k];
      r6a += x6 * wa; r6b += x6 * wb;
      let x7 = feed[at7 + k];
      r7a += x7 * wa; r7b += x7 * wb;
    }
  }

  // The gate arithmetic loops over a private copy: unrolled, its stores would take software adapters a second to compile.
  var products = array<vec4f, 16>(
    r0a, r0b, r1a, r1b, r2a, r2b, r3a, r3b, r4a, r4b, r5a, r5b, r6a, r6b, r7a, r7b,
  );
  for (var p = 0u; p < 16u; p++) {
    cell(row + (p >> 1u), unit + (p & 1u), products[p]);
  }
}

@compute @workgroup_size(8, 8)
fn backward(@builtin(global_invocation_id) id: vec3u) {
  let row = id.y * 8u;
  let unit = id.x * 8u;
  if (row >= uniforms.batch || unit >= uniforms.hidden) {
    return;
  }
  let last_row = uniforms.batch - 1u;
  let last_unit = uniforms.hidden - 1u;
  var r0a = vec4f(); var r0b = vec4f();
  var r1a = vec4f(); var r1b = vec4f();
  var r2a = vec4f(); var r2b = vec4f();
  var r3a = vec4f(); var r3b = vec4f();
  var r4a = vec4f(); var r4b = vec4f();
  var r5a = vec4f(); var r5b = vec4f();
  var r6a = vec4f(); var r6b = vec4f();
  var r7a = vec4f(); var r7b = vec4f();

  // W_hhᵀ dz_{t+1}
  let next = uniforms.next_position * uniforms.batch;
  let at0 = uniforms.d_z_offset + (next + min(row + 0u, last_row)) * uniforms.d_z_stride;
  let at1 = uniforms.d_z_offset + (next + min(row + 1u, last_row)) * uniforms.d_z_stride;
  let at2 = uniforms.d_z_offset + (next + min(row + 2u, last_row)) * uniforms.d_z_stride;
  let at3 = uniforms.d_z_offset + (next + min(row + 3u, last_row)) * uniforms.d_z_stride;
  let at4 = uniforms.d_z_offset + (next + min(row + 4u, last_row)) * uniforms.d_z_stride;
  let at5 = uniforms.d_z_offset + (next + min(row + 5u, last_row)) * uniforms.d_z_stride;
  let at6 = uniforms.d_z_offset + (next + min(row + 6u, last_row)) * uniforms.d_z_stride;
  let at7 = uniforms.d_z_offset + (next + min(row + 7u, last_row)) * uniforms.d_z_stride;
  let w0 = uniforms.weight_offset + min(unit + 0u, last_unit);
  let w1 = uniforms.weight_offset + min(unit + 1u, last_unit);
  let w2 = uniforms.weight_offset + min(unit + 2u, last_unit);
  let w3 = uniforms.weight_offset + min(unit + 3u, last_unit);
  let w4 = uniforms.weight_offset + min(unit + 4u, last_unit);
  let w5 = uniforms.weight_offset + min(unit + 5u, last_unit);
  let w6 = uniforms.weight_offset + min(unit + 6u, last_unit);
  let w7 = uniforms.weight_offset + min(unit + 7u, last_unit);
  let depth = select(0u, 4u * uniforms.hidden, uniforms.has_next != 0u);
  var w_at = 0u;
  for (var k = 0u; k < depth; k++) {
    let wa = vec4f(weight[w0 + w_at], weight[w1 + w_at], weight[w2 + w_at], weight[w3 + w_at]);
    let wb = vec4f(weight[w4 + w_at], weight[w5 + w_at], weight[w6 + w_at], weight[w7 + w_at]);
    let z0 = d_z[at0 + k];
    r0a += z0 * wa; r0b += z0 * wb;
    let z1 = d_z[at1 + k];
    r1a += z1 * wa; r1b += z1 * wb;
    let z2 = d_z[at2 + k];
    r2a += z2 * wa; r2b += z2 * wb;
    let z3 = d_z[at3 + k];
    r3a += z3 * wa; r3b += z3 * wb;
    let z4 = d_z[at4 + k];
    r4a += z4 * wa; r4b += z4 * wb;
    let z5 = d_z[at5 + k];
    r5a += z5 * wa; r5b += z5 * wb;
    let z6 = d_z[at6 + k];
    r6a += z6 * wa; r6b += z6 * wb;
    let z7 = d_z[at7 + k];
    r7a += z7 * wa; r7b += z7 * wb;
    w_at += uniforms.weight_stride;
  }

  var recurrent = array<vec4f, 16>(
    r0a, r0b, r1a, r1b, r2a, r2b, r3a, r3b, r4a, r4b, r5a, r5b, r6a, r6b, r7a, r7b,
  );
  for (var p = 0u; p < 16u; p++) {
    let at = unit + 4u * (p & 1u);
    let sums = recurrent[p];
    cell_backward(row + (p >> 1u), at, sums.x);
    cell_backward(row + (p >> 1u), at + 1u, sums.y);
    cell_backward(row + (p >> 1u), at + 2u, sums.z);
    cell_backward(row + (p >> 1u), at + 3u, sums.w);
  }
}
