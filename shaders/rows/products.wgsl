// What becomes of the products of a tile: `sums[p]` holds four columns of row first_row + p.
//
// Kinds: linear (forward and backward-input differ by the strides of w only), LSTM step forward (the four columns are the gates of
// one unit) and LSTM step backward. The formulas are those of linear.wgsl and lstm.wgsl.
// numbers: 3 groups of four columns, 4 columns from one group to the next, 5 columns from one of the four to the next

const LINEAR = 0u;
const LSTM_FORWARD = 1u;
const LSTM_BACKWARD = 2u;

// views: y, bias; numbers: 0 has a bias, 1 accumulate
fn store_linear(to: u32, left: u32, four: vec4f) {
  memory[to] = four.x;
  if (left > 1u) {
    memory[to + 1u] = four.y;
  }
  if (left > 2u) {
    memory[to + 2u] = four.z;
  }
  if (left > 3u) {
    memory[to + 3u] = four.w;
  }
}

fn add_linear(to: u32, left: u32, four: vec4f) {
  memory[to] += four.x;
  if (left > 1u) {
    memory[to + 1u] += four.y;
  }
  if (left > 2u) {
    memory[to + 2u] += four.z;
  }
  if (left > 3u) {
    memory[to + 3u] += four.w;
  }
}

// The operands of an LSTM step, read from the instruction once a tile.
struct Cell {
  n: u32,
  position: u32,
  is_masked: bool,
  lengths: u32,
  views: array<vec2u, 7>,
}

fn cell_of(op: u32, lengths: u32) -> Cell {
  let v = code[op].views;
  let numbers = code[op].numbers;
  return Cell(numbers[0], numbers[1], numbers[2] != 0u, v[lengths].x, array(v[0], v[1], v[2], v[3], v[4], v[5], v[6]));
}

fn is_padding(cell: Cell, row: u32) -> bool {
  return cell.is_masked && cell.position >= words[cell.lengths + row];
}

// views: projected, c before, gates, h, c, h before, lengths; numbers: 0 H, 1 position, 2 is masked
fn store_cell(cell: Cell, row: u32, unit: u32, products: vec4f) {
  let n = cell.n;
  let input = element(cell.views[0], row, unit);
  let gate = element(cell.views[2], row, unit);
  let before = memory[element(cell.views[1], row, unit)];
  let h_before = memory[element(cell.views[5], row, unit)];
  let i = sigmoid(memory[input] + products.x);
  let f = sigmoid(memory[input + n] + products.y);
  let g = safe_tanh(memory[input + 2u * n] + products.z);
  let o = sigmoid(memory[input + 3u * n] + products.w);
  memory[gate] = i;
  memory[gate + n] = f;
  memory[gate + 2u * n] = g;
  memory[gate + 3u * n] = o;
  let keeps = is_padding(cell, row);
  let c = select(f * before + i * g, before, keeps);
  memory[element(cell.views[4], row, unit)] = c;
  memory[element(cell.views[3], row, unit)] = select(o * safe_tanh(c), h_before, keeps);
}

// views: d_h, c, c before, gates, d_z, d_c, d_h before, lengths; numbers: 0 H, 1 position, 2 is masked
fn store_cell_backward(cell: Cell, row: u32, unit: u32, recurrent: f32) {
  let n = cell.n;
  let dz = element(cell.views[4], row, unit);
  let gate = element(cell.views[3], row, unit);
  let carried = element(cell.views[5], row, unit);
  let total = memory[element(cell.views[0], row, unit)] + recurrent;
  let i = memory[gate];
  let f = memory[gate + n];
  let g = memory[gate + 2u * n];
  let o = memory[gate + 3u * n];
  let squashed = safe_tanh(memory[element(cell.views[1], row, unit)]);
  let dc_before = memory[carried];
  let dc = dc_before + total * o * (1.0 - squashed * squashed);
  let keeps = is_padding(cell, row);
  memory[dz] = select(dc * g * i * (1.0 - i), 0.0, keeps);
  memory[dz + n] = select(dc * memory[element(cell.views[2], row, unit)] * f * (1.0 - f), 0.0, keeps);
  memory[dz + 2u * n] = select(dc * i * (1.0 - g * g), 0.0, keeps);
  memory[dz + 3u * n] = select(total * squashed * o * (1.0 - o), 0.0, keeps);
  memory[carried] = select(dc * f, dc_before, keeps);
  if (keeps) {
    memory[element(cell.views[6], row, unit)] += total;
  }
}

// One tile of products for every block of rows and every group of columns; `accumulate_tile` is generated, see tile.ts.
fn products(op: u32, first_row: u32, lane: u32) {
  let kind = code[op].kind;
  let columns = code[op].columns;
  let groups = code[op].numbers[3];
  let rows = tile_rows(first_row);
  let blocks = code[op].blocks;
  let y = code[op].views[0];
  let keeps = code[op].numbers[1] != 0u;
  let cell = cell_of(op, select(6u, 7u, kind == LSTM_BACKWARD));
  for (var part = 0u; part < blocks; part++) {
    for (var base = 0u; base < groups; base += LANES) {
      let group = base + lane;
      let column = min(group, groups - 1u) * code[op].numbers[4];
      var sums = accumulate_tile(op, part * uniforms.rows, first_row, column);
      let stored = select(0u, rows, group < groups);
      let to = element(y, part * uniforms.rows + first_row, column);
      let stored_rows = select(0u, stored, kind == LINEAR && !keeps);
      for (var p = 0u; p < stored_rows; p++) {
        store_linear(to + p * y.y, columns - column, sums[p]);
      }
      let added_rows = select(0u, stored, kind == LINEAR && keeps);
      for (var p = 0u; p < added_rows; p++) {
        add_linear(to + p * y.y, columns - column, sums[p]);
      }
      let forward_rows = select(0u, stored, kind == LSTM_FORWARD);
      for (var p = 0u; p < forward_rows; p++) {
        store_cell(cell, first_row + p, column, sums[p]);
      }
      let backward_cells = select(0u, 4u * stored, kind == LSTM_BACKWARD);
      for (var p = 0u; p < backward_cells; p++) {
        let unit = column + p % 4u;
        let four = sums[p / 4u];
        if (unit < columns) {
          store_cell_backward(cell, first_row + p / 4u, unit, four[p % 4u]);
        }
      }
    }
  }
}
