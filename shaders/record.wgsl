// Appends the metrics of a step to the history, so that no step's figures are lost when they are read back in batches.
//
//   history[(step mod slots), i] = metrics[i]
//
// metrics [1, columns]; history [slots, columns]; counters[1] is the step. One invocation a column.

struct Uniforms {
  slots: u32,
  columns: u32,
  metrics_offset: u32,
  history_offset: u32,
}

@group(0) @binding(0) var<uniform> uniforms: Uniforms;
@group(0) @binding(1) var<storage, read> metrics: array<f32>;
@group(0) @binding(2) var<storage, read_write> history: array<f32>;
@group(0) @binding(3) var<storage, read> counters: array<u32>;

@compute @workgroup_size(16)
fn forward(@builtin(global_invocation_id) id: vec3u) {
  if (id.x < uniforms.columns) {
    history[uniforms.history_offset + (counters[1] % uniforms.slots) * uniforms.columns + id.x] =
      metrics[uniforms.metrics_offset + id.x];
  }
}
