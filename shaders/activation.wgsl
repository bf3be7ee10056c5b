// Elementwise activations: the rectifier of the convolutions (Nair & Hinton 2010), the tanh of readout and bridge.
//
//   relu   y = x where x > 0, else 0; a NaN stays a NaN      dx = dy where y > 0, else 0
//   tanh   y = tanh(x)                                       dx = dy (1 - y²)
//
// All operands [rows, columns]; one invocation an element.

struct Uniforms {
  rows: u32,
  columns: u32,
  x_offset: u32,
  x_stride: u32,
  y_offset: u32,
  y_stride: u32,
  d_y_offset: u32,
  d_y_stride: u32,
  d_x_offset: u32,
  d_x_stride: u32,
}

@group(0) @binding(0) var<uniform> uniforms: Uniforms;
@group(0) @binding(1) var<storage, read> x: array<f32>;
@group(0) @binding(2) var<storage, read_write> y: array<f32>;
@group(0) @binding(3) var<storage, read> d_y: array<f32>;
@group(0) @binding(4) var<storage, read_write> d_x: array<f32>;

// Row and column of an element; beyond the last where there is none.
fn element(id: vec3u, groups: vec3u) -> vec2u {
  let i = flat_index(id, groups, 64u);
  return vec2u(i / uniforms.columns, i % uniforms.columns);
}

fn x_at(at: vec2u) -> f32 {
  return x[uniforms.x_offset + at.x * uniforms.x_stride + at.y];
}

fn y_at(at: vec2u) -> f32 {
  return y[uniforms.y_offset + at.x * uniforms.y_stride + at.y];
}

fn d_y_at(at: vec2u) -> f32 {
  return d_y[uniforms.d_y_offset + at.x * uniforms.d_y_stride + at.y];
}

fn set_y(at: vec2u, value: f32) {
  if (at.x < uniforms.rows) {
    y[uniforms.y_offset + at.x * uniforms.y_stride + at.y] = value;
  }
}

fn set_d_x(at: vec2u, value: f32) {
  if (at.x < uniforms.rows) {
    d_x[uniforms.d_x_offset + at.x * uniforms.d_x_stride + at.y] = value;
  }
}

@compute @workgroup_size(64)
fn relu_forward(@builtin(global_invocation_id) id: vec3u, @builtin(num_workgroups) groups: vec3u) {
  let at = element(id, groups);
  let value = x_at(at);
  set_y(at, select(value, 0.0, value < 0.0));
}

@compute @workgroup_size(64)
fn relu_backward(@builtin(global_invocation_id) id: vec3u, @builtin(num_workgroups) groups: vec3u) {
  let at = element(id, groups);
  set_d_x(at, select(0.0, d_y_at(at), y_at(at) > 0.0));
}

@compute @workgroup_size(64)
fn tanh_forward(@builtin(global_invocation_id) id: vec3u, @builtin(num_workgroups) groups: vec3u) {
  let at = element(id, groups);
  set_y(at, safe_tanh(x_at(at)));
}

@compute @workgroup_size(64)
fn tanh_backward(@builtin(global_invocation_id) id: vec3u, @builtin(num_workgroups) groups: vec3u) {
  let at = element(id, groups);
  let value = y_at(at);
  set_d_x(at, d_y_at(at) * (1.0 - value * value));
}
