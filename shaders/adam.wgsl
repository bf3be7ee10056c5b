// Adam and AdamW on all parameters at once, as torch.optim computes them; gradients are clipped on the way.
//
//   g = clip · gradient  (+ decay · p for Adam)       p ← p (1 - lr · decay) for AdamW
//   m ← β1 m + (1 - β1) g       v ← β2 v + (1 - β2) g²
//   p ← p - lr / (1 - β1^t) · m / (√v / √(1 - β2^t) + ε)
//
// parameters, gradients, moment1, moment2 [1, N]; values holds lr and the two corrections 1 - β^t; metrics[4] is the clip
// factor. One invocation takes 16 elements. Sources: Kingma & Ba 2015; Loshchilov & Hutter 2019.

struct Uniforms {
  count: u32,
  is_decoupled: u32,
  beta1: f32,
  beta2: f32,
  epsilon: f32,
  weight_decay: f32,
  learning_rate_index: u32,
  correction1_index: u32,
  correction2_index: u32,
  metrics_offset: u32,
  parameters_offset: u32,
  gradients_offset: u32,
  moment1_offset: u32,
  moment2_offset: u32,
}

@group(0) @binding(0) var<uniform> uniforms: Uniforms;
@group(0) @binding(1) var<storage, read_write> parameters: array<f32>;
@group(0) @binding(2) var<storage, read> gradients: array<f32>;
@group(0) @binding(3) var<storage, read_write> moment1: array<f32>;
@group(0) @binding(4) var<storage, read_write> moment2: array<f32>;
@group(0) @binding(5) var<storage, read> values: array<f32>;
@group(0) @binding(6) var<storage, read> metrics: array<f32>;

const ELEMENTS = 16u;

fn update_element(i: u32, rate: f32, clip: f32, step_size: f32, root2: f32) {
  var p = parameters[uniforms.parameters_offset + i];
  var g = clip * gradients[uniforms.gradients_offset + i];
  if (uniforms.is_decoupled != 0u) {
    p *= 1.0 - rate * uniforms.weight_decay;
  } else {
    g += uniforms.weight_decay * p;
  }
  let m = uniforms.beta1 * moment1[uniforms.moment1_offset + i] + (1.0 - uniforms.beta1) * g;
  let v = uniforms.beta2 * moment2[uniforms.moment2_offset + i] + (1.0 - uniforms.beta2) * g * g;
  moment1[uniforms.moment1_offset + i] = m;
  moment2[uniforms.moment2_offset + i] = v;
  parameters[uniforms.parameters_offset + i] = p - step_size * m / (sqrt(v) / root2 + uniforms.epsilon);
}

@compute @workgroup_size(64)
fn update(@builtin(global_invocation_id) id: vec3u, @builtin(num_workgroups) groups: vec3u) {
  let rate = values[uniforms.learning_rate_index];
  let clip = metrics[uniforms.metrics_offset + 4u];
  let step_size = rate / values[uniforms.correction1_index];
  let root2 = sqrt(values[uniforms.correction2_index]);
  let first = strided_index(id, groups, 64u, ELEMENTS);
  for (var e = 0u; e < ELEMENTS; e++) {
    let i = first + e * 64u;
    if (i < uniforms.count) {
      update_element(i, rate, clip, step_size, root2);
    }
  }
}
