// One block of rows for every time step: a context that does not change, as without attention.
//
//   forward   y[t·B + b] = x[b]
//   backward  dx[b] (+)= Σ_t dy[t·B + b]
//
// x, dx [B, columns]; y, dy [T·B, columns]; one invocation an element of y (forward) or of dx (backward).

struct Uniforms {
  rows: u32,
  columns: u32,
  batch: u32,
  accumulate: u32,
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
  y[uniforms.y_offset + row * uniforms.y_stride + column] =
    x[uniforms.x_offset + (row % uniforms.batch) * uniforms.x_stride + column];
}

@compute @workgroup_size(64)
fn backward(@builtin(global_invocation_id) id: vec3u, @builtin(num_workgroups) groups: vec3u) {
  let i = flat_index(id, groups, 64u);
  if (i >= uniforms.batch * uniforms.columns) {
    return;
  }
  let row = i / uniforms.columns;
  let column = i % uniforms.columns;
  var total = 0.0;
  for (var r = row; r < uniforms.rows; r += uniforms.batch) {
    total += d_y[uniforms.d_y_offset + r * uniforms.d_y_stride + column];
  }
  let to = uniforms.d_x_offset + row * uniforms.d_x_stride + column;
  d_x[to] = select(total, d_x[to] + total, uniforms.accumulate != 0u);
}
