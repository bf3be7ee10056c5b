// Rows times a factor each; sequences repeat the factors of the batch at every time step.
//
//   y_r,j = f_(r mod B) x_r,j
//
// x, y [N, columns]; factor [B, 1]; one invocation an element. `in_place` reads what it writes: x is y.

struct Uniforms {
  rows: u32,
  columns: u32,
  batch: u32,
  x_offset: u32,
  x_stride: u32,
  factor_offset: u32,
  factor_stride: u32,
  y_offset: u32,
  y_stride: u32,
}

@group(0) @binding(0) var<uniform> uniforms: Uniforms;
@group(0) @binding(1) var<storage, read> x: array<f32>;
@group(0) @binding(2) var<storage, read> factor: array<f32>;
@group(0) @binding(3) var<storage, read_write> y: array<f32>;

fn factor_of(row: u32) -> f32 {
  return factor[uniforms.factor_offset + (row % uniforms.batch) * uniforms.factor_stride];
}

@compute @workgroup_size(64)
fn forward(@builtin(global_invocation_id) id: vec3u, @builtin(num_workgroups) groups: vec3u) {
  let i = flat_index(id, groups, 64u);
  if (i >= uniforms.rows * uniforms.columns) {
    return;
  }
  let row = i / uniforms.columns;
  let column = i % uniforms.columns;
  y[uniforms.y_offset + row * uniforms.y_stride + column] =
    factor_of(row) * x[uniforms.x_offset + row * uniforms.x_stride + column];
}

@compute @workgroup_size(64)
fn in_place(@builtin(global_invocation_id) id: vec3u, @builtin(num_workgroups) groups: vec3u) {
  let i = flat_index(id, groups, 64u);
  if (i >= uniforms.rows * uniforms.columns) {
    return;
  }
  let row = i / uniforms.columns;
  y[uniforms.y_offset + row * uniforms.y_stride + i % uniforms.columns] *= factor_of(row);
}
