// The most likely token of each row, its probability, and that of the token that was expected.
//
//   best_n = arg max_v z_n,v (the first of equals)      p_n,v = exp(z_n,v - m_n) / Σ_k exp(z_n,k - m_n)
//
// A token is a column of the logits plus `shift`, as in cross-entropy.wgsl.
// logits [N, V]; expected [N]; tokens [N]; probabilities [N, 2] = (p of best, p of expected). One invocation a row.

struct Uniforms {
  count: u32,
  vocabulary: u32,
  shift: u32,
  logits_offset: u32,
  logits_stride: u32,
  expected_offset: u32,
  tokens_offset: u32,
  probabilities_offset: u32,
}

@group(0) @binding(0) var<uniform> uniforms: Uniforms;
@group(0) @binding(1) var<storage, read> logits: array<f32>;
@group(0) @binding(2) var<storage, read> expected: array<u32>;
@group(0) @binding(3) var<storage, read_write> tokens: array<u32>;
@group(0) @binding(4) var<storage, read_write> probabilities: array<f32>;

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
  let column = max(expected[uniforms.expected_offset + n], uniforms.shift) - uniforms.shift;
  let wanted = min(column, uniforms.vocabulary - 1u);
  tokens[uniforms.tokens_offset + n] = best + uniforms.shift;
  probabilities[uniforms.probabilities_offset + n * 2u] = 1.0 / total;
  probabilities[uniforms.probabilities_offset + n * 2u + 1u] = exp(logits[z + wanted] - maximum) / total;
}
