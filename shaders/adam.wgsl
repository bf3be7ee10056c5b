// Adam and AdamW on all parameters at once, as torch.optim computes them; gradients are clipped on the way.
//
//   g = clip · gradient  (+ decay · p for Adam)       p ← p (1 - lr · decay) for AdamW
//   m ← β1 m + (1 - β1) g       v ← β2 v + (1 - β2) g²
//   p ← p - lr / (1 - β1^t) · m / (√v / √(1 - β2^t) + ε)
//
// parameters, gradients, moment1, moment2 [1, N]; values holds lr and the two corrections 1 - β^t; metrics[4] is the clip
// factor. Each invocation takes every n-th element of n invocations. Sources: Kingma & Ba 2015; Loshchilov & Hutter 2019.

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

@compute @workgroup_size(64)
fn update(@builtin(global_invocation_id) id: vec3u, @builtin(num_workgroups) groups: vec3u) {
  let rate = values[uniforms.learning_rate_index];
  let clip = metrics[uniforms.metrics_offset + 4u];
  let step_size = rate / values[uniforms.correction1_index];
  let root2 = sqrt(values[uniforms.correction2_index]);
  let is_decoupled = uniforms.is_decoupled != 0u;
  let kept = select(1.0, 1.0 - rate * uniforms.weight_decay, is_decoupled);
  let decay = select(uniforms.weight_decay, 0.0, is_decoupled);
  let beta1 = uniforms.beta1;
  let beta2 = uniforms.beta2;
  let epsilon = uniforms.epsilon;
  let to = uniforms.parameters_offset;
  let g_start = uniforms.gradients_offset;
  let m_start = uniforms.moment1_offset;
  let v_start = uniforms.moment2_offset;
  let count = uniforms.count;
  let invocations = 64u * groups.x * groups.y;
  for (var i = flat_index(id, groups, 64u); i < count; i += invocations) {
    let p = kept * parameters[to + i];
    let g = clip * gradients[g_start + i] + decay * p;
    let m = beta1 * moment1[m_start + i] + (1.0 - beta1) * g;
    let v = beta2 * moment2[v_start + i] + (1.0 - beta2) * g * g;
    moment1[m_start + i] = m;
    moment2[v_start + i] = v;
    parameters[to + i] = p - step_size * m / (sqrt(v) / root2 + epsilon);
  }
}
