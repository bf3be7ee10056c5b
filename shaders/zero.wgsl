// y = 0, for gradients that several calls add to. One invocation an element of y [rows, columns].

struct Uniforms {
  rows: u32,
  columns: u32,
  y_offset: u32,
  y_stride: u32,
}

@group(0) @binding(0) var<uniform> uniforms: Uniforms;
@group(0) @binding(1) var<storage, read_write> y: array<f32>;

@compute @workgroup_size(64)
fn forward(@builtin(global_invocation_id) id: vec3u, @builtin(num_workgroups) groups: vec3u) {
  let i = flat_index(id, groups, 64u);
  if (i < uniforms.rows * uniforms.columns) {
    y[uniforms.y_offset + (i / uniforms.columns) * uniforms.y_stride + i % uniforms.columns] = 0.0;
  }
}
