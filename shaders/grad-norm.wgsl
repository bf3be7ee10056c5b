// Global norm of all gradients and the factor that clips them, as torch.nn.utils.clip_grad_norm_ computes it. With them the metrics of
// a step are whole, and go into the history, so that no step's figures are lost when they are read back in batches.
//
//   partial   partials[p] = Σ gradient² over a fixed share of the elements
//   finish    norm = √Σ_p partials[p]      metrics[3] = norm      metrics[4] = min(1, max_norm / (norm + 1e-6))
//             metrics[5] = [loss is no number] + 2 [norm is no number]      the loss is metrics[0]
//             history[(step mod slots), i] = metrics[i]      the step is counters[1]
//
// The flag looks at the bits, and comes before the clamp: drivers compile away comparisons with NaN, and min() swallows it.
// gradients [1, N]; partials [1, P]; metrics [1, columns]; history [slots, columns]. Partial: one invocation a share; finish: one
// invocation, so that the sum has one order.
// Source: Pascanu et al. 2013.

struct Uniforms {
  count: u32,
  shares: u32,
  slots: u32,
  columns: u32,
  max_norm: f32,
  gradients_offset: u32,
  partials_offset: u32,
  metrics_offset: u32,
  history_offset: u32,
}

@group(0) @binding(0) var<uniform> uniforms: Uniforms;
@group(0) @binding(1) var<storage, read> gradients: array<f32>;
@group(0) @binding(2) var<storage, read_write> partials: array<f32>;
@group(0) @binding(3) var<storage, read_write> metrics: array<f32>;
@group(0) @binding(4) var<storage, read> counters: array<u32>;
@group(0) @binding(5) var<storage, read_write> history: array<f32>;

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

/// True for infinities and NaN: all bits of the exponent are set.
fn is_no_number(x: f32) -> bool {
  return (bitcast<u32>(x) & 0x7f800000u) == 0x7f800000u;
}

@compute @workgroup_size(1)
fn finish() {
  var total = 0.0;
  for (var p = 0u; p < uniforms.shares; p++) {
    total += partials[uniforms.partials_offset + p];
  }
  let norm = sqrt(total);
  metrics[uniforms.metrics_offset + 3u] = norm;
  let is_loss_lost = is_no_number(metrics[uniforms.metrics_offset]);
  metrics[uniforms.metrics_offset + 5u] = select(0.0, 1.0, is_loss_lost) + select(0.0, 2.0, is_no_number(norm));
  metrics[uniforms.metrics_offset + 4u] = min(1.0, uniforms.max_norm / (norm + 1e-6));
  let slot = uniforms.history_offset + (counters[1] % uniforms.slots) * uniforms.columns;
  for (var i = 0u; i < uniforms.columns; i++) {
    history[slot + i] = metrics[uniforms.metrics_offset + i];
  }
}
