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
// The products are in lstm-portable.wgsl, and in lstm-quad.wgsl for adapters with quads; here is what they share.
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
