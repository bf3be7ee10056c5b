// The weighted sum of the annotations, and its gradient.
//
//   forward   c_d = Σ_j w_j h_j,d
//   backward  dw_j = Σ_d dc_d h_j,d        dh_j,d += w_j dc_d
//
// weights, d_weights [B, S]; annotations, d_annotations [S·B, De]; context, d_context [B, De]; lengths [B].
// Forward: one invocation per (row, column). Backward: one per (row, position), which owns that annotation's gradient.
// Source: Bahdanau et al. 2015, eq. 5.

struct Uniforms {
  batch: u32,
  steps: u32,
  size: u32,
  weights_offset: u32,
  weights_stride: u32,
  annotations_offset: u32,
  annotations_stride: u32,
  context_offset: u32,
  context_stride: u32,
  d_weights_offset: u32,
  d_weights_stride: u32,
  d_annotations_offset: u32,
  d_annotations_stride: u32,
  d_context_offset: u32,
  d_context_stride: u32,
  lengths_offset: u32,
}

@group(0) @binding(0) var<uniform> uniforms: Uniforms;
@group(0) @binding(1) var<storage, read> lengths: array<u32>;
@group(0) @binding(2) var<storage, read> weights: array<f32>;
@group(0) @binding(3) var<storage, read> annotations: array<f32>;
@group(0) @binding(4) var<storage, read_write> context: array<f32>;
@group(0) @binding(5) var<storage, read> d_context: array<f32>;
@group(0) @binding(6) var<storage, read_write> d_weights: array<f32>;
@group(0) @binding(7) var<storage, read_write> d_annotations: array<f32>;

@compute @workgroup_size(64)
fn forward(@builtin(global_invocation_id) id: vec3u, @builtin(num_workgroups) groups: vec3u) {
  let i = flat_index(id, groups, 64u);
  if (i >= uniforms.batch * uniforms.size) {
    return;
  }
  let row = i / uniforms.size;
  let d = i % uniforms.size;
  let real = min(lengths[uniforms.lengths_offset + row], uniforms.steps);
  let w = uniforms.weights_offset + row * uniforms.weights_stride;
  var total = 0.0;
  for (var j = 0u; j < real; j++) {
    total += weights[w + j] * annotations[uniforms.annotations_offset + (j * uniforms.batch + row) * uniforms.annotations_stride + d];
  }
  context[uniforms.context_offset + row * uniforms.context_stride + d] = total;
}

@compute @workgroup_size(64)
fn backward(@builtin(global_invocation_id) id: vec3u, @builtin(num_workgroups) groups: vec3u) {
  let i = flat_index(id, groups, 64u);
  if (i >= uniforms.batch * uniforms.steps) {
    return;
  }
  let row = i / uniforms.steps;
  let j = i % uniforms.steps;
  let to = uniforms.d_weights_offset + row * uniforms.d_weights_stride + j;
  if (j >= lengths[uniforms.lengths_offset + row]) {
    d_weights[to] = 0.0;
    return;
  }
  let w = weights[uniforms.weights_offset + row * uniforms.weights_stride + j];
  let h = uniforms.annotations_offset + (j * uniforms.batch + row) * uniforms.annotations_stride;
  let dh = uniforms.d_annotations_offset + (j * uniforms.batch + row) * uniforms.d_annotations_stride;
  let dc = uniforms.d_context_offset + row * uniforms.d_context_stride;
  var total = 0.0;
  for (var d = 0u; d < uniforms.size; d++) {
    let gradient = d_context[dc + d];
    total += gradient * annotations[h + d];
    d_annotations[dh + d] += w * gradient;
  }
  d_weights[to] = total;
}
