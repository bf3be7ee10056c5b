// Raw scores of one query per batch row against every annotation of that row, before the softmax.
//
//   additive   a_j = Σ_a v_a tanh(keys_j,a + query_a)        keys = W h + b, query = U s     Bahdanau et al. 2015, A.1.2
//   product    a_j = scale Σ_a keys_j,a query_a              keys = W h (general) or h (dot), query = s; scale 1 or 1/√De
//                                                            Luong et al. 2015, eq. 8; Vaswani et al. 2017, eq. 1
//   sum        a_j = keys_j + query                          keys = W h + b, query = U s of one column: a linear layer on [s; h]
//   zero       a_j = 0                                       uniform attention
//
//   backward, with u = tanh(keys + query) recomputed:
//   additive   d_query_a = Σ_j da_j v_a (1 - u²)   d_keys_j,a += da_j v_a (1 - u²)   d_v_a += Σ_j da_j u
//   product    d_query_a = scale Σ_j da_j keys_j,a             d_keys_j,a += scale da_j query_a
//   sum        d_keys_j += da_j        The query shifts all scores of a row alike, which the softmax undoes: the sum of da_j is 0,
//              and so is d_query. It is left out, because rounding would leave noise there that Adam blows up.
//
// keys, d_keys [S·B, A]; query, d_query [B, A]; v [1, A]; d_v [B, A], one row per batch row, added up afterwards;
// scores, d_scores [B, S]; lengths [B]. Positions from the row's length on get score 0 and take no part.
// Forward: one invocation per (row, position). Backward: one per (row, column), which owns all that it adds to.

struct Uniforms {
  batch: u32,
  steps: u32,
  size: u32,
  accumulate: u32,
  scale: f32,
  keys_offset: u32,
  keys_stride: u32,
  query_offset: u32,
  query_stride: u32,
  v_offset: u32,
  lengths_offset: u32,
  scores_offset: u32,
  scores_stride: u32,
  d_scores_offset: u32,
  d_scores_stride: u32,
  d_query_offset: u32,
  d_query_stride: u32,
  d_keys_offset: u32,
  d_keys_stride: u32,
  d_v_offset: u32,
  d_v_stride: u32,
}

@group(0) @binding(0) var<uniform> uniforms: Uniforms;
@group(0) @binding(1) var<storage, read> keys: array<f32>;
@group(0) @binding(2) var<storage, read> query: array<f32>;
@group(0) @binding(3) var<storage, read> v: array<f32>;
@group(0) @binding(4) var<storage, read> lengths: array<u32>;
@group(0) @binding(5) var<storage, read_write> scores: array<f32>;
@group(0) @binding(6) var<storage, read> d_scores: array<f32>;
@group(0) @binding(7) var<storage, read_write> d_query: array<f32>;
@group(0) @binding(8) var<storage, read_write> d_keys: array<f32>;
@group(0) @binding(9) var<storage, read_write> d_v: array<f32>;

fn key_index(row: u32, position: u32, column: u32) -> u32 {
  return uniforms.keys_offset + (position * uniforms.batch + row) * uniforms.keys_stride + column;
}

fn d_key_index(row: u32, position: u32, column: u32) -> u32 {
  return uniforms.d_keys_offset + (position * uniforms.batch + row) * uniforms.d_keys_stride + column;
}

fn d_score(row: u32, position: u32) -> f32 {
  return d_scores[uniforms.d_scores_offset + row * uniforms.d_scores_stride + position];
}

fn row_length(row: u32) -> u32 {
  return min(lengths[uniforms.lengths_offset + row], uniforms.steps);
}

fn store_score(row: u32, position: u32, score: f32) {
  scores[uniforms.scores_offset + row * uniforms.scores_stride + position] = select(0.0, score, position < row_length(row));
}

fn store_d_query(row: u32, column: u32, value: f32) {
  let index = uniforms.d_query_offset + row * uniforms.d_query_stride + column;
  d_query[index] = select(value, d_query[index] + value, uniforms.accumulate != 0u);
}

@compute @workgroup_size(64)
fn additive_forward(@builtin(global_invocation_id) id: vec3u, @builtin(num_workgroups) groups: vec3u) {
  let i = flat_index(id, groups, 64u);
  if (i >= uniforms.batch * uniforms.steps) {
    return;
  }
  let row = i / uniforms.steps;
  let position = i % uniforms.steps;
  var key = key_index(row, position, 0u);
  var q = uniforms.query_offset + row * uniforms.query_stride;
  var total = 0.0;
  for (var a = 0u; a < uniforms.size; a++) {
    total += v[uniforms.v_offset + a] * safe_tanh(keys[key + a] + query[q + a]);
  }
  store_score(row, position, total);
}

@compute @workgroup_size(64)
fn additive_backward(@builtin(global_invocation_id) id: vec3u, @builtin(num_workgroups) groups: vec3u) {
  let i = flat_index(id, groups, 64u);
  if (i >= uniforms.batch * uniforms.size) {
    return;
  }
  let row = i / uniforms.size;
  let a = i % uniforms.size;
  let q = query[uniforms.query_offset + row * uniforms.query_stride + a];
  let weight = v[uniforms.v_offset + a];
  let steps = row_length(row);
  var to_query = 0.0;
  var to_v = 0.0;
  for (var j = 0u; j < steps; j++) {
    let d = d_score(row, j);
    let u = safe_tanh(keys[key_index(row, j, a)] + q);
    let inner = d * weight * (1.0 - u * u);
    d_keys[d_key_index(row, j, a)] += inner;
    to_query += inner;
    to_v += d * u;
  }
  store_d_query(row, a, to_query);
  d_v[uniforms.d_v_offset + row * uniforms.d_v_stride + a] += to_v;
}

@compute @workgroup_size(64)
fn product_forward(@builtin(global_invocation_id) id: vec3u, @builtin(num_workgroups) groups: vec3u) {
  let i = flat_index(id, groups, 64u);
  if (i >= uniforms.batch * uniforms.steps) {
    return;
  }
  let row = i / uniforms.steps;
  let position = i % uniforms.steps;
  let key = key_index(row, position, 0u);
  let q = uniforms.query_offset + row * uniforms.query_stride;
  var total = 0.0;
  for (var a = 0u; a < uniforms.size; a++) {
    total += keys[key + a] * query[q + a];
  }
  store_score(row, position, uniforms.scale * total);
}

@compute @workgroup_size(64)
fn product_backward(@builtin(global_invocation_id) id: vec3u, @builtin(num_workgroups) groups: vec3u) {
  let i = flat_index(id, groups, 64u);
  if (i >= uniforms.batch * uniforms.size) {
    return;
  }
  let row = i / uniforms.size;
  let a = i % uniforms.size;
  let q = query[uniforms.query_offset + row * uniforms.query_stride + a];
  let steps = row_length(row);
  var to_query = 0.0;
  for (var j = 0u; j < steps; j++) {
    let d = uniforms.scale * d_score(row, j);
    to_query += d * keys[key_index(row, j, a)];
    d_keys[d_key_index(row, j, a)] += d * q;
  }
  store_d_query(row, a, to_query);
}

@compute @workgroup_size(64)
fn sum_forward(@builtin(global_invocation_id) id: vec3u, @builtin(num_workgroups) groups: vec3u) {
  let i = flat_index(id, groups, 64u);
  if (i >= uniforms.batch * uniforms.steps) {
    return;
  }
  let row = i / uniforms.steps;
  let position = i % uniforms.steps;
  store_score(row, position, keys[key_index(row, position, 0u)] + query[uniforms.query_offset + row * uniforms.query_stride]);
}

@compute @workgroup_size(64)
fn sum_backward(@builtin(global_invocation_id) id: vec3u, @builtin(num_workgroups) groups: vec3u) {
  let i = flat_index(id, groups, 64u);
  if (i >= uniforms.batch * uniforms.steps) {
    return;
  }
  let row = i / uniforms.steps;
  let position = i % uniforms.steps;
  if (position < row_length(row)) {
    d_keys[d_key_index(row, position, 0u)] += d_score(row, position);
  }
}

@compute @workgroup_size(64)
fn zero_forward(@builtin(global_invocation_id) id: vec3u, @builtin(num_workgroups) groups: vec3u) {
  let i = flat_index(id, groups, 64u);
  if (i < uniforms.batch * uniforms.steps) {
    scores[uniforms.scores_offset + (i / uniforms.steps) * uniforms.scores_stride + i % uniforms.steps] = 0.0;
  }
}
