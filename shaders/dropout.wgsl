// Inverted dropout: an element is kept with probability 1 - p and then scaled by 1 / (1 - p).
//
//   forward   y = keep · x / (1 - p)      keep = uniform(seed, step, salt, index) ≥ p
//   backward  dx = keep · dy / (1 - p)    the same draw again
//
// x is [rows, columns] and so is y; the backward pass binds dy as x and dx as y. values [.., 1] holds p at `rate_index`;
// counters holds the seed and the step. One invocation an element.
// Source: Srivastava et al. 2014.

struct Uniforms {
  rows: u32,
  columns: u32,
  salt: u32,
  rate_index: u32,
  x_offset: u32,
  x_stride: u32,
  y_offset: u32,
  y_stride: u32,
}

@group(0) @binding(0) var<uniform> uniforms: Uniforms;
@group(0) @binding(1) var<storage, read> x: array<f32>;
@group(0) @binding(2) var<storage, read_write> y: array<f32>;
@group(0) @binding(3) var<storage, read> values: array<f32>;
@group(0) @binding(4) var<storage, read> counters: array<u32>;

fn drop(id: vec3u, groups: vec3u) {
  let i = flat_index(id, groups, 64u);
  if (i >= uniforms.rows * uniforms.columns) {
    return;
  }
  let row = i / uniforms.columns;
  let column = i % uniforms.columns;
  let rate = values[uniforms.rate_index];
  let is_kept = uniform_random(counters[0], counters[1], uniforms.salt, i) >= rate;
  let value = x[uniforms.x_offset + row * uniforms.x_stride + column];
  y[uniforms.y_offset + row * uniforms.y_stride + column] = select(0.0, value / (1.0 - rate), is_kept);
}

@compute @workgroup_size(64)
fn forward(@builtin(global_invocation_id) id: vec3u, @builtin(num_workgroups) groups: vec3u) {
  drop(id, groups);
}

@compute @workgroup_size(64)
fn backward(@builtin(global_invocation_id) id: vec3u, @builtin(num_workgroups) groups: vec3u) {
  drop(id, groups);
}
