// The word that the decoder reads at step t: the one it is given where there is one, else the one that it produced itself.
//
//   fed_b = given_b  where given_b is not FREE  else  produced_b
//
// given, produced, fed [B]. One invocation a row.

// No id of a vocabulary.
const FREE = 0xffffffffu;

struct Uniforms {
  batch: u32,
  given_offset: u32,
  produced_offset: u32,
  fed_offset: u32,
}

@group(0) @binding(0) var<uniform> uniforms: Uniforms;
@group(0) @binding(1) var<storage, read> given: array<u32>;
@group(0) @binding(2) var<storage, read> produced: array<u32>;
@group(0) @binding(3) var<storage, read_write> fed: array<u32>;

@compute @workgroup_size(64)
fn forward(@builtin(global_invocation_id) id: vec3u, @builtin(num_workgroups) groups: vec3u) {
  let b = flat_index(id, groups, 64u);
  if (b >= uniforms.batch) {
    return;
  }
  let wanted = given[uniforms.given_offset + b];
  fed[uniforms.fed_offset + b] = select(wanted, produced[uniforms.produced_offset + b], wanted == FREE);
}
