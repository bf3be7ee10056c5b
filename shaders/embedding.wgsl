// Rows of a table by id, and the sum of their gradients.
//
//   forward   y[n, e] = table[ids[n], e]
//   backward  d_table[v, e] = Σ_{n: ids[n] = v} d_y[n, e]
//
// ids [N] u32, table and d_table [V, E], y and d_y [N, E]. Forward: one invocation an element. Backward: one invocation four columns
// of `part` words; it adds the rows of these words in their order, so that a word that occurs twice needs no atomics and the sum is
// the same every time, whatever the parts are.
// Source: MODEL.md.

struct Uniforms {
  count: u32,
  size: u32,
  vocabulary: u32,
  accumulate: u32,
  part: u32,
  ids_offset: u32,
  table_offset: u32,
  table_stride: u32,
  y_offset: u32,
  y_stride: u32,
  d_y_offset: u32,
  d_y_stride: u32,
  d_table_offset: u32,
  d_table_stride: u32,
}

@group(0) @binding(0) var<uniform> uniforms: Uniforms;
@group(0) @binding(1) var<storage, read> ids: array<u32>;
@group(0) @binding(2) var<storage, read> table: array<f32>;
@group(0) @binding(3) var<storage, read_write> y: array<f32>;
@group(0) @binding(4) var<storage, read> d_y: array<f32>;
@group(0) @binding(5) var<storage, read_write> d_table: array<f32>;

@compute @workgroup_size(64)
fn forward(@builtin(global_invocation_id) id: vec3u, @builtin(num_workgroups) groups: vec3u) {
  let i = flat_index(id, groups, 64u);
  if (i >= uniforms.count * uniforms.size) {
    return;
  }
  let n = i / uniforms.size;
  let e = i % uniforms.size;
  let row = min(ids[uniforms.ids_offset + n], uniforms.vocabulary - 1u);
  y[uniforms.y_offset + n * uniforms.y_stride + e] = table[uniforms.table_offset + row * uniforms.table_stride + e];
}

@compute @workgroup_size(16)
fn backward(@builtin(global_invocation_id) id: vec3u) {
  let e = 4u * id.x;
  if (e >= uniforms.size) {
    return;
  }
  let columns = min(4u, uniforms.size - e);
  let first = id.y * uniforms.part;
  let end = min(first + uniforms.part, uniforms.vocabulary);
  let corner = uniforms.d_table_offset + e;
  if (uniforms.accumulate == 0u) {
    for (var v = first; v < end; v++) {
      for (var k = 0u; k < columns; k++) {
        d_table[corner + v * uniforms.d_table_stride + k] = 0.0;
      }
    }
  }
  for (var n = 0u; n < uniforms.count; n++) {
    let row = min(ids[uniforms.ids_offset + n], uniforms.vocabulary - 1u);
    if (row >= first && row < end) {
      let to = corner + row * uniforms.d_table_stride;
      let source = uniforms.d_y_offset + e + n * uniforms.d_y_stride;
      d_table[to] += d_y[source];
      if (columns > 1u) {
        d_table[to + 1u] += d_y[source + 1u];
      }
      if (columns > 2u) {
        d_table[to + 2u] += d_y[source + 2u];
      }
      if (columns > 3u) {
        d_table[to + 3u] += d_y[source + 3u];
      }
    }
  }
}
