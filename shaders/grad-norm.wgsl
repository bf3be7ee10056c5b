// Global norm of all gradients and the factor that clips them, as torch.nn.utils.clip_grad_norm_ computes it.
//
//   partial   partials[p] = Σ gradient² over a fixed share of the elements
//   finish    norm = √Σ_p partials[p]      metrics[3] = norm      metrics[4] = min(1, max_norm / (norm + 1e-6))
//
// gradients [1, N]; partials [1, P]. Partial: one invocation a share; finish: one invocation, so that the sum has one order.
// Source: Pascanu et al. 2013.

struct Uniforms {
  count: u32,
  shares: u32,
  max_norm: f32,
  gradients_offset: u32,
  partials_offset: u32,
  metrics_offset: u32,
}

@group(0) @binding(0) var<uniform> uniforms: Uniforms;
@group(0) @binding(1) var<storage, read> gradients: array<f32>;
@group(0) @binding(2) var<storage, read_write> partials: array<f32>;
@group(0) @binding(3) var<storage, read_write> metrics: array<f32>;

@compute @workgroup_size(64)
fn partial(@builtin(global_invocation_id) id: vec3u) {
  if (id.x >= uniforms.shares) {
    return;
  }
  let shares = uniforms.shares;
  let end = uniforms.gradients_offset + uniforms.count;
  var i = uniforms.gradients_offset + id.x;
  // Four at a time, as long as there are four.
  var sums = vec4f();
  for (; i + 3u * shares < end; i += 4u * shares) {
    let g = vec4f(gradients[i], gradients[i + shares], gradients[i + 2u * shares], gradients[i + 3u * shares]);
    sums += g * g;
  }
  var total = (sums.x + sums.y) + (sums.z + sums.w);
  for (; i < end; i += shares) {
    total += gradients[i] * gradients[i];
  }
  partials[uniforms.partials_offset + id.x] = total;
}

@compute @workgroup_size(1)
fn finish() {
  var total = 0.0;
  for (var p = 0u; p < uniforms.shares; p++) {
    total += partials[uniforms.partials_offset + p];
  }
  let norm = sqrt(total);
  metrics[uniforms.metrics_offset + 3u] = norm;
  metrics[uniforms.metrics_offset + 4u] = min(1.0, uniforms.max_norm / (norm + 1e-6));
}
