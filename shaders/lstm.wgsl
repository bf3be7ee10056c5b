// One time step of an LSTM layer, forward and backward; the op dispatches it once per step of the sequence.
//
//   z = projected_t + W_hh h_{t-1} + W_feed feed_t       gates in PyTorch's order i, f, g, o; biases are in `projected`
//   i, f, o = σ(z_i), σ(z_f), σ(z_o)    g = tanh(z_g)
//   c_t = f·c_{t-1} + i·g               h_t = o·tanh(c_t)
//   A row whose length is at most t keeps its state: padding never enters (torch's packed sequence).
//
//   backward: dh is what reaches h_t from outside plus W_hhᵀ dz_{t+1}
//   do = dh·tanh(c)      dc += dh·o·(1 - tanh²(c))
//   di = dc·g    df = dc·c_{t-1}    dg = dc·i    dc_{t-1} = dc·f      dz = d(gate) through σ' = σ(1-σ), tanh' = 1 - tanh²
//
// Shapes: projected, gates, d_z [T·B, 4H]; h, c, d_h [slots·B, H] in rows of a given stride, position t in slot t+1;
// slot 0 holds the state before the first step, slot T+1 that of a reversed layer; d_c [B, H] is carried in place.
// One invocation: 8 batch rows by 2 units with their 4 gates (forward), 8 rows by 8 units (backward), in registers.
// Sources: Hochreiter & Schmidhuber 1997; forget gate Gers et al. 2000; MODEL.md.

struct Uniforms {
  batch: u32,
  hidden: u32,
  feed_size: u32,
  position: u32,
  slot: u32,
  previous_slot: u32,
  is_masked: u32,
  has_next: u32,
  next_position: u32,
  projected_offset: u32,
  projected_stride: u32,
  gates_offset: u32,
  gates_stride: u32,
  weight_offset: u32,
  weight_stride: u32,
  feed_offset: u32,
  feed_stride: u32,
  feed_weight_offset: u32,
  feed_weight_stride: u32,
  h_offset: u32,
  h_stride: u32,
  c_offset: u32,
  c_stride: u32,
  d_h_offset: u32,
  d_h_stride: u32,
  d_c_offset: u32,
  d_c_stride: u32,
  d_z_offset: u32,
  d_z_stride: u32,
  lengths_offset: u32,
}

@group(0) @binding(0) var<uniform> uniforms: Uniforms;
@group(0) @binding(1) var<storage, read> projected: array<f32>;
@group(0) @binding(2) var<storage, read> weight: array<f32>;
@group(0) @binding(3) var<storage, read> feed: array<f32>;
@group(0) @binding(4) var<storage, read> feed_weight: array<f32>;
@group(0) @binding(5) var<storage, read> lengths: array<u32>;
@group(0) @binding(6) var<storage, read_write> h: array<f32>;
@group(0) @binding(7) var<storage, read_write> c: array<f32>;
@group(0) @binding(8) var<storage, read_write> gates: array<f32>;
@group(0) @binding(9) var<storage, read_write> d_h: array<f32>;
@group(0) @binding(10) var<storage, read_write> d_c: array<f32>;
@group(0) @binding(11) var<storage, read_write> d_z: array<f32>;

fn is_padding(row: u32) -> bool {
  return uniforms.is_masked != 0u && uniforms.position >= lengths[uniforms.lengths_offset + row];
}

fn h_index(slot: u32, row: u32, unit: u32) -> u32 {
  return uniforms.h_offset + (slot * uniforms.batch + row) * uniforms.h_stride + unit;
}

fn c_index(slot: u32, row: u32, unit: u32) -> u32 {
  return uniforms.c_offset + (slot * uniforms.batch + row) * uniforms.c_stride + unit;
}

fn cell(row: u32, unit: u32, products: vec4f) {
  if (row >= uniforms.batch || unit >= uniforms.hidden) {
    return;
  }
  let h_to = h_index(uniforms.slot, row, unit);
  let c_to = c_index(uniforms.slot, row, unit);
  let c_before = c[c_index(uniforms.previous_slot, row, unit)];
  let gate = uniforms.gates_offset + (uniforms.position * uniforms.batch + row) * uniforms.gates_stride + unit;
  let n = uniforms.hidden;
  if (is_padding(row)) {
    h[h_to] = h[h_index(uniforms.previous_slot, row, unit)];
    c[c_to] = c_before;
    gates[gate] = 0.0;
    gates[gate + n] = 0.0;
    gates[gate + 2u * n] = 0.0;
    gates[gate + 3u * n] = 0.0;
    return;
  }
  let z = uniforms.projected_offset + (uniforms.position * uniforms.batch + row) * uniforms.projected_stride + unit;
  let i = sigmoid(products.x + projected[z]);
  let f = sigmoid(products.y + projected[z + n]);
  let g = safe_tanh(products.z + projected[z + 2u * n]);
  let o = sigmoid(products.w + projected[z + 3u * n]);
  let c_now = f * c_before + i * g;
  gates[gate] = i;
  gates[gate + n] = f;
  gates[gate + 2u * n] = g;
  gates[gate + 3u * n] = o;
  c[c_to] = c_now;
  h[h_to] = o * safe_tanh(c_now);
}

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

fn cell_backward(row: u32, unit: u32, recurrent: f32) {
  if (row >= uniforms.batch || unit >= uniforms.hidden) {
    return;
  }
  let n = uniforms.hidden;
  let d_h_row = uniforms.d_h_offset + row * uniforms.d_h_stride + unit;
  let d_h_step = uniforms.batch * uniforms.d_h_stride;
  let total = d_h[d_h_row + uniforms.slot * d_h_step] + recurrent;
  let dz = uniforms.d_z_offset + (uniforms.position * uniforms.batch + row) * uniforms.d_z_stride + unit;
  if (is_padding(row)) {
    d_h[d_h_row + uniforms.previous_slot * d_h_step] += total;
    d_z[dz] = 0.0;
    d_z[dz + n] = 0.0;
    d_z[dz + 2u * n] = 0.0;
    d_z[dz + 3u * n] = 0.0;
    return;
  }
  let gate = uniforms.gates_offset + (uniforms.position * uniforms.batch + row) * uniforms.gates_stride + unit;
  let i = gates[gate];
  let f = gates[gate + n];
  let g = gates[gate + 2u * n];
  let o = gates[gate + 3u * n];
  let squashed = safe_tanh(c[c_index(uniforms.slot, row, unit)]);
  let carried = uniforms.d_c_offset + row * uniforms.d_c_stride + unit;
  let dc = d_c[carried] + total * o * (1.0 - squashed * squashed);
  d_z[dz] = dc * g * i * (1.0 - i);
  d_z[dz + n] = dc * c[c_index(uniforms.previous_slot, row, unit)] * f * (1.0 - f);
  d_z[dz + 2u * n] = dc * i * (1.0 - g * g);
  d_z[dz + 3u * n] = total * squashed * o * (1.0 - o);
  d_c[carried] = dc * f;
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
