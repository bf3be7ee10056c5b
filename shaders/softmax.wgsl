// Softmax over the real positions of each row; padding gets weight 0.
//
//   forward   m = max_j a_j     w_j = exp(a_j - m) / Σ_k exp(a_k - m)      over j < length
//   backward  da_j = w_j (dw_j - Σ_k w_k dw_k)
//
// scores, weights, d_weights, d_scores [B, S]; lengths [B], at least 1. One invocation a row.
// The maximum is subtracted, so that scores of ±1e4 give no infinity.

struct Uniforms {
  rows: u32,
  steps: u32,
  scores_offset: u32,
  scores_stride: u32,
  weights_offset: u32,
  weights_stride: u32,
  d_weights_offset: u32,
  d_weights_stride: u32,
  d_scores_offset: u32,
  d_scores_stride: u32,
  lengths_offset: u32,
}

@group(0) @binding(0) var<uniform> uniforms: Uniforms;
@group(0) @binding(1) var<storage, read> lengths: array<u32>;
@group(0) @binding(2) var<storage, read> scores: array<f32>;
@group(0) @binding(3) var<storage, read_write> weights: array<f32>;
@group(0) @binding(4) var<storage, read> d_weights: array<f32>;
@group(0) @binding(5) var<storage, read_write> d_scores: array<f32>;

@compute @workgroup_size(64)
fn forward(@builtin(global_invocation_id) id: vec3u, @builtin(num_workgroups) groups: vec3u) {
  let row = flat_index(id, groups, 64u);
  if (row >= uniforms.rows) {
    return;
  }
  let real = min(lengths[uniforms.lengths_offset + row], uniforms.steps);
  let a = uniforms.scores_offset + row * uniforms.scores_stride;
  let w = uniforms.weights_offset + row * uniforms.weights_stride;
  var maximum = scores[a];
  for (var j = 1u; j < real; j++) {
    maximum = max(maximum, scores[a + j]);
  }
  var total = 0.0;
  for (var j = 0u; j < real; j++) {
    let e = exp(scores[a + j] - maximum);
    weights[w + j] = e;
    total += e;
  }
  for (var j = 0u; j < real; j++) {
    weights[w + j] /= total;
  }
  for (var j = real; j < uniforms.steps; j++) {
    weights[w + j] = 0.0;
  }
}

@compute @workgroup_size(64)
fn backward(@builtin(global_invocation_id) id: vec3u, @builtin(num_workgroups) groups: vec3u) {
  let row = flat_index(id, groups, 64u);
  if (row >= uniforms.rows) {
    return;
  }
  let w = uniforms.weights_offset + row * uniforms.weights_stride;
  let dw = uniforms.d_weights_offset + row * uniforms.d_weights_stride;
  let da = uniforms.d_scores_offset + row * uniforms.d_scores_stride;
  var inner = 0.0;
  for (var j = 0u; j < uniforms.steps; j++) {
    inner += weights[w + j] * d_weights[dw + j];
  }
  for (var j = 0u; j < uniforms.steps; j++) {
    d_scores[da + j] = weights[w + j] * (d_weights[dw + j] - inner);
  }
}
