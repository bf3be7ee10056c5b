// y = x Wᵀ + b and its three gradients, as one product  c[i, j] (+)= Σ_l a[i, l] b[l, j]  over strided operands.
//
//   entry            a                 b                 c                  i      j      l
//   forward          x  [rows, in]     W [out, in]       y  [rows, out]     row    out    in       (+ bias[out])
//   backward_input   dy [rows, out]    W [out, in]       dx [rows, in]      row    in     out      dx = dy W
//   backward_weight  dy [rows, out]    x [rows, in]      dW [out, in]       out    in     row      dW = dyᵀ x
//   backward_bias    dy [rows, out]    -                 db [1, out]        -      out    row      db = Σ_row dy
//
// The products are in linear-portable.wgsl, and in linear-quad.wgsl for adapters with quads; here is what they share. Rows and
// columns beyond the edge read the last valid one and are not stored, so that any shape works.
// Source: MODEL.md; the layout is torch.nn.Linear's.

struct Uniforms {
  rows: u32,
  columns: u32,
  depth: u32,
  accumulate: u32,
  has_bias: u32,
  a_offset: u32,
  a_stride: u32,
  b_offset: u32,
  b_stride: u32,
  c_offset: u32,
  c_stride: u32,
  bias_offset: u32,
}

@group(0) @binding(0) var<uniform> uniforms: Uniforms;
@group(0) @binding(1) var<storage, read> a: array<f32>;
@group(0) @binding(2) var<storage, read> b: array<f32>;
@group(0) @binding(3) var<storage, read> bias: array<f32>;
@group(0) @binding(4) var<storage, read_write> c: array<f32>;

fn store(row: u32, column: u32, value: f32) {
  if (row >= uniforms.rows || column >= uniforms.columns) {
    return;
  }
  let index = uniforms.c_offset + row * uniforms.c_stride + column;
  var total = value;
  if (uniforms.has_bias != 0u) {
    total += bias[uniforms.bias_offset + column];
  }
  if (uniforms.accumulate != 0u) {
    total += c[index];
  }
  c[index] = total;
}

@compute @workgroup_size(64)
fn backward_bias(@builtin(global_invocation_id) id: vec3u) {
  if (id.x >= uniforms.columns) {
    return;
  }
  var total = 0.0;
  for (var l = 0u; l < uniforms.depth; l++) {
    total += a[uniforms.a_offset + l * uniforms.a_stride + id.x];
  }
  store(0u, id.x, total);
}
