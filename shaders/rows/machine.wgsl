// The row machine: one dispatch runs a range of a Program's calls for a tile of rows, one call after the other.
//
// In a network without batch statistics a row of the batch never looks at another before the weights' gradients are summed. So a
// workgroup that owns ROWS rows of the batch can go through any number of calls, all time steps included, and needs no more than
// a barrier of its own between them. `code` holds the calls as instructions; a launch says which of them to run. The strategies of
// the scheduler differ in nothing but how many instructions they put into a uniforms.
//
// memory holds every f32 tensor of the plan, words every u32 tensor, parameters the weights; instructions address them by offset.
// A launch works on `rows` rows. An instruction on `blocks` blocks of them, as [blocks·rows, columns], takes them in turn.
// Invocations of the last workgroup without a row read the last one and store nothing; control flow stays uniform.

// Σ over columns of x times columns of w, as in linear.wgsl: term l of column n is w[w + n·w_column + l·w_term].
struct Segment {
  x: u32,
  x_stride: u32,
  depth: u32,
  w: u32,
  w_column: u32,
  w_term: u32,
}

struct Instruction {
  kind: u32,
  blocks: u32,
  columns: u32,
  segments: u32,
  numbers: array<u32, 8>,
  // Offset and stride of each operand; which is which is said where a kind is computed.
  views: array<vec2u, 10>,
  products: array<Segment, 3>,
}

struct Launch {
  first: u32,
  end: u32,
  rows: u32,
}

@group(0) @binding(0) var<uniform> uniforms: Launch;
@group(0) @binding(1) var<storage, read> code: array<Instruction>;
@group(0) @binding(2) var<storage, read> parameters: array<f32>;
@group(0) @binding(3) var<storage, read_write> memory: array<f32>;
@group(0) @binding(4) var<storage, read_write> words: array<u32>;

// Index of an element in row `row` of a view.
fn element(view: vec2u, row: u32, column: u32) -> u32 {
  return view.x + row * view.y + column;
}

// Rows of this tile.
fn tile_rows(first_row: u32) -> u32 {
  return min(ROWS, uniforms.rows - first_row);
}
