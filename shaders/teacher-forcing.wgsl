// The word that the decoder reads at step t: the true previous one, or the one that the model itself produced.
//
//   fed_b = given_b  if uniform(seed, step, salt, b) < rate  else  produced_b
//
// given, produced, fed [B]; values holds the rate at `rate_index`, counters the seed and the step. One invocation a row.
// Rate 1 is teacher forcing, rate 0 free running. Source: Bengio et al. 2015, "Scheduled Sampling".

struct Uniforms {
  batch: u32,
  salt: u32,
  rate_index: u32,
  given_offset: u32,
  produced_offset: u32,
  fed_offset: u32,
}

@group(0) @binding(0) var<uniform> uniforms: Uniforms;
@group(0) @binding(1) var<storage, read> given: array<u32>;
@group(0) @binding(2) var<storage, read> produced: array<u32>;
@group(0) @binding(3) var<storage, read_write> fed: array<u32>;
@group(0) @binding(4) var<storage, read> values: array<f32>;
@group(0) @binding(5) var<storage, read> counters: array<u32>;

@compute @workgroup_size(64)
fn forward(@builtin(global_invocation_id) id: vec3u) {
  if (id.x >= uniforms.batch) {
    return;
  }
  let is_given = uniform_random(counters[0], counters[1], uniforms.salt, id.x) < values[uniforms.rate_index];
  fed[uniforms.fed_offset + id.x] =
    select(produced[uniforms.produced_offset + id.x], given[uniforms.given_offset + id.x], is_given);
}
