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

// views: projected, c before, gates, h, c, h before, lengths; numbers: 0 H, 1 position, 2 is masked
fn store_cell(
  n: u32, keeps: bool, input: u32, c_before: u32, gate: u32, h: u32, c: u32, h_before: u32, products: vec4f,
) {
  let before = memory[c_before];
  let i = sigmoid(memory[input] + products.x);
  let f = sigmoid(memory[input + n] + products.y);
  let g = safe_tanh(memory[input + 2u * n] + products.z);
  let o = sigmoid(memory[input + 3u * n] + products.w);
  memory[gate] = select(i, 0.0, keeps);
  memory[gate + n] = select(f, 0.0, keeps);
  memory[gate + 2u * n] = select(g, 0.0, keeps);
  memory[gate + 3u * n] = select(o, 0.0, keeps);
  let after = select(f * before + i * g, before, keeps);
  memory[c] = after;
  memory[h] = select(o * safe_tanh(after), memory[h_before], keeps);
}

// views: d_h, c, c before, gates, d_z, d_c, d_h before, lengths; numbers: 0 H, 1 position, 2 is masked
fn store_cell_backward(
  n: u32, keeps: bool, d_h: u32, c: u32, c_before: u32, gate: u32, dz: u32, carried: u32, d_h_before: u32, recurrent: f32,
) {
  let total = memory[d_h] + recurrent;
  let i = memory[gate];
  let f = memory[gate + n];
  let g = memory[gate + 2u * n];
  let o = memory[gate + 3u * n];
  let squashed = safe_tanh(memory[c]);
  let dc_before = memory[carried];
  let dc = dc_before + total * o * (1.0 - squashed * squashed);
  memory[dz] = select(dc * g * i * (1.0 - i), 0.0, keeps);
  memory[dz + n] = select(dc * memory[c_before] * f * (1.0 - f), 0.0, keeps);
  memory[dz + 2u * n] = select(dc * i * (1.0 - g * g), 0.0, keeps);
  memory[dz + 3u * n] = select(total * squashed * o * (1.0 - o), 0.0, keeps);
  memory[carried] = select(dc * f, dc_before, keeps);
  if (keeps) {
    memory[d_h_before] += total;
  }
}

// One tile of products for every block of rows and every group of columns; `accumulate_tile` is generated, see tile.ts.
fn products(op: u32, first_row: u32, lane: u32) {
  let kind = code[op].kind;
  let columns = code[op].columns;
  let groups = code[op].numbers[3];
  let rows = tile_rows(first_row);
  let blocks = code[op].blocks;
  // The first view is the result of a linear call, and what goes into the cell of an LSTM step.
  let y = code[op].views[0];
  let keeps = code[op].numbers[1] != 0u;
  let v1 = code[op].views[1];
  let v2 = code[op].views[2];
  let v3 = code[op].views[3];
  let v4 = code[op].views[4];
  let v5 = code[op].views[5];
  let v6 = code[op].views[6];
  let lengths = select(v6.x, code[op].views[7].x, kind == LSTM_BACKWARD);
  let n = code[op].numbers[0];
  let position = code[op].numbers[1];
  let is_masked = code[op].numbers[2] != 0u;
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
        let row = first_row + p;
        let is_padding = is_masked && position >= words[lengths + row];
        store_cell(
          n, is_padding, element(y, row, column), element(v1, row, column), element(v2, row, column),
          element(v3, row, column), element(v4, row, column), element(v5, row, column), sums[p],
        );
      }
      let backward_rows = select(0u, stored, kind == LSTM_BACKWARD);
      let units = min(4u, columns - column);
      for (var p = 0u; p < backward_rows; p++) {
        let row = first_row + p;
        let four = sums[p];
        let is_padding = is_masked && position >= words[lengths + row];
        for (var k = 0u; k < units; k++) {
          let unit = column + k;
          store_cell_backward(
            n, is_padding, element(y, row, unit), element(v1, row, unit), element(v2, row, unit),
            element(v3, row, unit), element(v4, row, unit), element(v5, row, unit), element(v6, row, unit), four[k],
          );
        }
      }
    }
  }
}
