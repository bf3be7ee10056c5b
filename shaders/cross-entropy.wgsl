// Mean cross-entropy over the targets that are not padding (id 0), and its gradient.
//
//   forward   L_n = log Σ_v exp(z_n,v - m_n) + m_n     row_loss_n = L_n - z_n,target     0 on padding
//   reduce    metrics[0] = Σ row_loss / count    metrics[1] = count    metrics[2] = Σ (arg max z_n = target_n)
//   backward  dz_n,v = (exp(z_n,v - L_n) - [v = target_n]) / count                       0 on padding
//
// A target is a column of the logits plus `shift`: 0 for tokens, whose id 0 is padding; 4 for classes, whose
// names come after the special tokens and for which 0 means no label.
// logits, d_logits [N, V]; targets [N]; rows [N, 3] = (L, row loss, is right); metrics as in metrics.ts.
// Forward: one invocation a row; reduce: one invocation in all, so that the sum has one order; backward: one an element.
// Source: MODEL.md.

struct Uniforms {
  count: u32,
  vocabulary: u32,
  shift: u32,
  logits_offset: u32,
  logits_stride: u32,
  targets_offset: u32,
  rows_offset: u32,
  metrics_offset: u32,
  d_logits_offset: u32,
  d_logits_stride: u32,
}

@group(0) @binding(0) var<uniform> uniforms: Uniforms;
@group(0) @binding(1) var<storage, read> logits: array<f32>;
@group(0) @binding(2) var<storage, read> targets: array<u32>;
@group(0) @binding(3) var<storage, read_write> rows: array<f32>;
@group(0) @binding(4) var<storage, read_write> metrics: array<f32>;
@group(0) @binding(5) var<storage, read_write> d_logits: array<f32>;

@compute @workgroup_size(64)
fn forward(@builtin(global_invocation_id) id: vec3u, @builtin(num_workgroups) groups: vec3u) {
  let n = flat_index(id, groups, 64u);
  if (n >= uniforms.count) {
    return;
  }
  let z = uniforms.logits_offset + n * uniforms.logits_stride;
  var maximum = logits[z];
  var best = 0u;
  for (var v = 1u; v < uniforms.vocabulary; v++) {
    let logit = logits[z + v];
    if (logit > maximum) {
      maximum = logit;
      best = v;
    }
  }
  var total = 0.0;
  for (var v = 0u; v < uniforms.vocabulary; v++) {
    total += exp(logits[z + v] - maximum);
  }
  let log_total = log(total);
  let wanted = targets[uniforms.targets_offset + n];
  let is_real = wanted != 0u;
  // The logits are subtracted first: log_total + maximum would round log_total away where the maximum is large.
  let behind = maximum - logits[z + min(wanted - uniforms.shift, uniforms.vocabulary - 1u)];
  let row = uniforms.rows_offset + n * 3u;
  rows[row] = log_total + maximum;
  rows[row + 1u] = select(0.0, log_total + behind, is_real);
  rows[row + 2u] = select(0.0, 1.0, is_real && best + uniforms.shift == wanted);
}

@compute @workgroup_size(1)
fn reduce() {
  var loss = 0.0;
  var count = 0.0;
  var correct = 0.0;
  for (var n = 0u; n < uniforms.count; n++) {
    let row = uniforms.rows_offset + n * 3u;
    loss += rows[row + 1u];
    correct += rows[row + 2u];
    count += select(0.0, 1.0, targets[uniforms.targets_offset + n] != 0u);
  }
  metrics[uniforms.metrics_offset] = loss / max(count, 1.0);
  metrics[uniforms.metrics_offset + 1u] = count;
  metrics[uniforms.metrics_offset + 2u] = correct;
}

@compute @workgroup_size(64)
fn backward(@builtin(global_invocation_id) id: vec3u, @builtin(num_workgroups) groups: vec3u) {
  let i = flat_index(id, groups, 64u);
  if (i >= uniforms.count * uniforms.vocabulary) {
    return;
  }
  let n = i / uniforms.vocabulary;
  let v = i % uniforms.vocabulary;
  let to = uniforms.d_logits_offset + n * uniforms.d_logits_stride + v;
  let wanted = targets[uniforms.targets_offset + n];
  if (wanted == 0u) {
    d_logits[to] = 0.0;
    return;
  }
  let probability = exp(logits[uniforms.logits_offset + n * uniforms.logits_stride + v] - rows[uniforms.rows_offset + n * 3u]);
  d_logits[to] = (probability - select(0.0, 1.0, v + uniforms.shift == wanted)) / max(metrics[uniforms.metrics_offset + 1u], 1.0);
}
