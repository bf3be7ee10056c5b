// The 3×3 patches of a picture as rows (im2col), so that a convolution is a product with them: torch.nn.functional.unfold with
// kernel 3 and padding 1, and its gradient, fold.
//
//   forward   y[q·B + b, 9 c + 3 ky + kx] = x[p·B + b, c]     p = pixel (s oy + ky - 1, s ox + kx - 1), 0 beyond the picture
//   backward  dx[p·B + b, c] = Σ dy[q·B + b, 9 c + 3 ky + kx]  over all q, ky, kx that read p
//
// x, dx [height·width·B, C]; y, dy [out_height·out_width·B, 9 C]; places row by row, batch rows innermost. The columns are in the
// order of a torch.nn.Conv2d weight [out, C, 3, 3], so that y · weightᵀ is the convolution. One invocation takes one channel of one
// place of y (forward) or of dx (backward), and the sum has one order. Source: Chellapilla, Puri & Simard 2006.

struct Uniforms {
  batch: u32,
  channels: u32,
  height: u32,
  width: u32,
  out_height: u32,
  out_width: u32,
  step: u32,
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
  let channels = uniforms.channels;
  if (i >= uniforms.out_height * uniforms.out_width * uniforms.batch * channels) {
    return;
  }
  let channel = i % channels;
  let row = i / channels;
  let place = row / uniforms.batch;
  let b = row % uniforms.batch;
  // One more than the first row and column of the patch, which may lie outside.
  let top = (place / uniforms.out_width) * uniforms.step;
  let left = (place % uniforms.out_width) * uniforms.step;
  let to = uniforms.y_offset + row * uniforms.y_stride + 9u * channel;
  for (var ky = 0u; ky < 3u; ky++) {
    for (var kx = 0u; kx < 3u; kx++) {
      let py = top + ky;
      let px = left + kx;
      var value = 0.0;
      if (py > 0u && py <= uniforms.height && px > 0u && px <= uniforms.width) {
        let p = (py - 1u) * uniforms.width + px - 1u;
        value = x[uniforms.x_offset + (p * uniforms.batch + b) * uniforms.x_stride + channel];
      }
      y[to + 3u * ky + kx] = value;
    }
  }
}

@compute @workgroup_size(64)
fn backward(@builtin(global_invocation_id) id: vec3u, @builtin(num_workgroups) groups: vec3u) {
  let i = flat_index(id, groups, 64u);
  let channels = uniforms.channels;
  if (i >= uniforms.height * uniforms.width * uniforms.batch * channels) {
    return;
  }
  let channel = i % channels;
  let row = i / channels;
  let p = row / uniforms.batch;
  let b = row % uniforms.batch;
  let py = p / uniforms.width;
  let px = p % uniforms.width;
  let step = uniforms.step;
  var total = 0.0;
  for (var ky = 0u; ky < 3u; ky++) {
    // The place whose patch has this pixel in row ky: step · oy = py + 1 - ky.
    if (py + 1u < ky || (py + 1u - ky) % step != 0u) {
      continue;
    }
    let oy = (py + 1u - ky) / step;
    if (oy >= uniforms.out_height) {
      continue;
    }
    for (var kx = 0u; kx < 3u; kx++) {
      if (px + 1u < kx || (px + 1u - kx) % step != 0u) {
        continue;
      }
      let ox = (px + 1u - kx) / step;
      if (ox >= uniforms.out_width) {
        continue;
      }
      let q = oy * uniforms.out_width + ox;
      total += d_y[uniforms.d_y_offset + (q * uniforms.batch + b) * uniforms.d_y_stride + 9u * channel + 3u * ky + kx];
    }
  }
  d_x[uniforms.d_x_offset + row * uniforms.d_x_stride + channel] = total;
}
