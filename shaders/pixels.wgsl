// The pixels of a picture from its cells: grey, and where in the picture, so that a convolution knows its place.
//
//   x[p·B + b] = [ level / 3,  (2 px + 1) / width - 1,  (2 py + 1) / height - 1 ]
//
// A cell of 4×4 pixels is one number: two bits a pixel, row by row from the lowest, 0 paper to 3 ink. source [S·B, 1] holds the cells
// of each picture row by row; x [P·B, 3], P = 16 S. One invocation a pixel. Source: Liu et al. 2018, CoordConv, eq. 1.

struct Uniforms {
  batch: u32,
  height: u32,
  width: u32,
  source_offset: u32,
  x_offset: u32,
  x_stride: u32,
}

@group(0) @binding(0) var<uniform> uniforms: Uniforms;
@group(0) @binding(1) var<storage, read> source: array<u32>;
@group(0) @binding(2) var<storage, read_write> x: array<f32>;

@compute @workgroup_size(64)
fn forward(@builtin(global_invocation_id) id: vec3u, @builtin(num_workgroups) groups: vec3u) {
  let row = flat_index(id, groups, 64u);
  if (row >= uniforms.height * uniforms.width * uniforms.batch) {
    return;
  }
  let p = row / uniforms.batch;
  let py = p / uniforms.width;
  let px = p % uniforms.width;
  let cell = (py / 4u) * (uniforms.width / 4u) + px / 4u;
  let bits = source[uniforms.source_offset + cell * uniforms.batch + row % uniforms.batch];
  let level = (bits >> (2u * (4u * (py % 4u) + px % 4u))) & 3u;
  let to = uniforms.x_offset + row * uniforms.x_stride;
  x[to] = f32(level) / 3.0;
  x[to + 1u] = f32(2u * px + 1u) / f32(uniforms.width) - 1.0;
  x[to + 2u] = f32(2u * py + 1u) / f32(uniforms.height) - 1.0;
}
