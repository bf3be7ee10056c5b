// Elementwise rectifier, of the convolutions (Nair & Hinton 2010). A NaN stays a NaN.
//
//   forward   y = x where x > 0, else 0
//   backward  dx = dy where y > 0, else 0
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

@compute @workgroup_size(64)
fn forward(@builtin(global_invocation_id) id: vec3u, @builtin(num_workgroups) groups: vec3u) {
  let i = flat_index(id, groups, 64u);
  if (i >= uniforms.rows * uniforms.columns) {
    return;
  }
  let row = i / uniforms.columns;
  let column = i % uniforms.columns;
  let value = x[uniforms.x_offset + row * uniforms.x_stride + column];
  y[uniforms.y_offset + row * uniforms.y_stride + column] = select(value, 0.0, value < 0.0);
}

@compute @workgroup_size(64)
fn backward(@builtin(global_invocation_id) id: vec3u, @builtin(num_workgroups) groups: vec3u) {
  let i = flat_index(id, groups, 64u);
  if (i >= uniforms.rows * uniforms.columns) {
    return;
  }
  let row = i / uniforms.columns;
  let column = i % uniforms.columns;
  let value = y[uniforms.y_offset + row * uniforms.y_stride + column];
  let gradient = d_y[uniforms.d_y_offset + row * uniforms.d_y_stride + column];
  d_x[uniforms.d_x_offset + row * uniforms.d_x_stride + column] = select(0.0, gradient, value > 0.0);
}
