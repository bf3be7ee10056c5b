// The gradients of all weights and biases in one dispatch: dW[i, j] (+)= Σ_l dy[l, i] x[l, j] and db[j] (+)= Σ_l dy[l, j].
//
// They depend on nothing but what the backward pass has left in memory, so they need no order among themselves, and together they
// have tiles enough to fill a device. Each job is one matrix; its tiles follow each other, and a workgroup looks up whose tile it
// has. A tile is GROUP_ROWS·ROWS rows by GROUP_COLUMNS·4 columns of dW; an invocation computes ROWS by 4 of them.
//
// Where there are few tiles, each sum is cut into `shares` along l, whose parts go to `partial` and are added up by `combine`, always
// in the same order. memory holds dy [L, rows] and x [L, columns] of every job, `gradients` is flat. Source: MODEL.md.

struct Job {
  kind: u32,
  first_tile: u32,
  // Tiles side by side in one row of tiles.
  tile_columns: u32,
  rows: u32,
  columns: u32,
  depth: u32,
  left: u32,
  left_stride: u32,
  right: u32,
  right_stride: u32,
  result: u32,
  result_stride: u32,
  accumulate: u32,
}

struct Launch {
  jobs: u32,
  shares: u32,
  // Elements of `gradients`, and so of each share.
  length: u32,
}

const WEIGHT = 0u;
const BIAS = 1u;

@group(0) @binding(0) var<uniform> uniforms: Launch;
@group(0) @binding(1) var<storage, read> jobs: array<Job>;
@group(0) @binding(2) var<storage, read_write> memory: array<f32>;
@group(0) @binding(3) var<storage, read_write> gradients: array<f32>;
@group(0) @binding(4) var<storage, read_write> partial: array<f32>;

fn job_of(tile: u32) -> u32 {
  let count = uniforms.jobs;
  var job = 0u;
  for (var next = 1u; next < count; next++) {
    if (jobs[next].first_tile <= tile) {
      job = next;
    }
  }
  return job;
}

fn put(job: u32, share: u32, index: u32, value: f32) {
  if (uniforms.shares > 1u) {
    partial[share * uniforms.length + index] = value;
  } else if (jobs[job].accumulate != 0u) {
    gradients[index] += value;
  } else {
    gradients[index] = value;
  }
}

// db of 4 columns for each column group, from the terms of one share.
fn bias_tile(job: u32, tile: u32, lane: u32, share: u32, first: u32, end: u32) {
  let stride = jobs[job].left_stride;
  for (var i = lane; i < 4u * GROUP_COLUMNS; i += LANES) {
    let column = tile * 4u * GROUP_COLUMNS + i;
    if (column < jobs[job].columns) {
      var total = 0.0;
      let left = jobs[job].left + column;
      for (var l = first; l < end; l++) {
        total += memory[left + l * stride];
      }
      put(job, share, jobs[job].result + column, total);
    }
  }
}

@compute @workgroup_size(LANES)
fn combine(@builtin(workgroup_id) group: vec3u, @builtin(local_invocation_index) lane: u32) {
  let job = job_of(group.x);
  let tile = group.x - jobs[job].first_tile;
  let is_weight = jobs[job].kind == WEIGHT;
  let width = 4u * GROUP_COLUMNS;
  let height = select(1u, ROWS * GROUP_ROWS, is_weight);
  let first_row = (tile / jobs[job].tile_columns) * height;
  let first_column = (tile % jobs[job].tile_columns) * width;
  for (var i = lane; i < height * width; i += LANES) {
    let row = first_row + i / width;
    let column = first_column + i % width;
    if (row < jobs[job].rows && column < jobs[job].columns) {
      let index = jobs[job].result + row * jobs[job].result_stride + column;
      var total = 0.0;
      for (var share = 0u; share < uniforms.shares; share++) {
        total += partial[share * uniforms.length + index];
      }
      if (jobs[job].accumulate != 0u) {
        total += gradients[index];
      }
      gradients[index] = total;
    }
  }
}
