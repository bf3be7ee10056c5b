// Attention weights that a visitor sets: the rows that are forced replace those of the softmax.
//
//   w_b,j = forced_b,j  where is_forced_b is not 0
//
// forced, weights [B, S]; is_forced [B]; one invocation an element. Padding is not masked: it may be given weight.

struct Uniforms {
  rows: u32,
  steps: u32,
  forced_offset: u32,
  forced_stride: u32,
  is_forced_offset: u32,
  weights_offset: u32,
  weights_stride: u32,
}

@group(0) @binding(0) var<uniform> uniforms: Uniforms;
@group(0) @binding(1) var<storage, read> forced: array<f32>;
@group(0) @binding(2) var<storage, read> is_forced: array<u32>;
@group(0) @binding(3) var<storage, read_write> weights: array<f32>;

@compute @workgroup_size(64)
fn forward(@builtin(global_invocation_id) id: vec3u, @builtin(num_workgroups) groups: vec3u) {
  let i = flat_index(id, groups, 64u);
  if (i >= uniforms.rows * uniforms.steps) {
    return;
  }
  let row = i / uniforms.steps;
  let column = i % uniforms.steps;
  if (is_forced[uniforms.is_forced_offset + row] != 0u) {
    weights[uniforms.weights_offset + row * uniforms.weights_stride + column] =
      forced[uniforms.forced_offset + row * uniforms.forced_stride + column];
  }
}
