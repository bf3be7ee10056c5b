// Stochastic gradient descent with momentum on all parameters at once, as torch.optim.SGD computes it.
//
//   g = clip · gradient + decay · p       m ← momentum · m + g       p ← p - lr · m
//
// parameters, gradients, moment1 [1, N]; values holds lr; metrics[4] is the clip factor. One invocation an element.

struct Uniforms {
  count: u32,
  momentum: f32,
  weight_decay: f32,
  learning_rate_index: u32,
  metrics_offset: u32,
  parameters_offset: u32,
  gradients_offset: u32,
  moment1_offset: u32,
}

@group(0) @binding(0) var<uniform> uniforms: Uniforms;
@group(0) @binding(1) var<storage, read_write> parameters: array<f32>;
@group(0) @binding(2) var<storage, read> gradients: array<f32>;
@group(0) @binding(3) var<storage, read_write> moment1: array<f32>;
@group(0) @binding(4) var<storage, read> values: array<f32>;
@group(0) @binding(5) var<storage, read> metrics: array<f32>;

@compute @workgroup_size(64)
fn update(@builtin(global_invocation_id) id: vec3u, @builtin(num_workgroups) groups: vec3u) {
  let i = flat_index(id, groups, 64u);
  if (i >= uniforms.count) {
    return;
  }
  let p = parameters[uniforms.parameters_offset + i];
  let g = metrics[uniforms.metrics_offset + 4u] * gradients[uniforms.gradients_offset + i] + uniforms.weight_decay * p;
  let m = uniforms.momentum * moment1[uniforms.moment1_offset + i] + g;
  moment1[uniforms.moment1_offset + i] = m;
  parameters[uniforms.parameters_offset + i] = p - values[uniforms.learning_rate_index] * m;
}
