// y = 0
fn zero(op: u32, first_row: u32, lane: u32) {
  let columns = code[op].columns;
  let blocks = code[op].blocks;
  let y = code[op].views[0];
  for (var part = 0u; part < blocks; part++) {
    for (var p = 0u; p < tile_rows(first_row); p++) {
      let row = part * uniforms.rows + first_row + p;
      for (var column = lane; column < columns; column += LANES) {
        memory[element(y, row, column)] = 0.0;
      }
    }
  }
}

// y = tanh(x)
fn tanh_forward(op: u32, first_row: u32, lane: u32) {
  let columns = code[op].columns;
  let blocks = code[op].blocks;
  let x = code[op].views[0];
  let y = code[op].views[1];
  for (var part = 0u; part < blocks; part++) {
    for (var p = 0u; p < tile_rows(first_row); p++) {
      let row = part * uniforms.rows + first_row + p;
      for (var column = lane; column < columns; column += LANES) {
        memory[element(y, row, column)] = safe_tanh(memory[element(x, row, column)]);
      }
    }
  }
}

// dx = dy (1 - y²)
fn tanh_backward(op: u32, first_row: u32, lane: u32) {
  let columns = code[op].columns;
  let blocks = code[op].blocks;
  let y = code[op].views[0];
  let d_y = code[op].views[1];
  let d_x = code[op].views[2];
  for (var part = 0u; part < blocks; part++) {
    for (var p = 0u; p < tile_rows(first_row); p++) {
      let row = part * uniforms.rows + first_row + p;
      for (var column = lane; column < columns; column += LANES) {
        let value = memory[element(y, row, column)];
        memory[element(d_x, row, column)] = memory[element(d_y, row, column)] * (1.0 - value * value);
      }
    }
  }
}

// y = table[ids]. numbers: 0 rows of the table, 1 whether it is in the parameters
fn embedding_forward(op: u32, first_row: u32, lane: u32) {
  let columns = code[op].columns;
  let blocks = code[op].blocks;
  let ids = code[op].views[0];
  let table = code[op].views[1];
  let y = code[op].views[2];
  let last = code[op].numbers[0] - 1u;
  let is_parameter = code[op].numbers[1] != 0u;
  for (var part = 0u; part < blocks; part++) {
    for (var p = 0u; p < tile_rows(first_row); p++) {
      let row = part * uniforms.rows + first_row + p;
      let source = element(table, min(words[element(ids, row, 0u)], last), 0u);
      let to = element(y, row, 0u);
      if (is_parameter) {
        for (var column = lane; column < columns; column += LANES) {
          memory[to + column] = parameters[source + column];
        }
      } else {
        for (var column = lane; column < columns; column += LANES) {
          memory[to + column] = memory[source + column];
        }
      }
    }
  }
}

// y[block] = x for every block
fn repeat_forward(op: u32, first_row: u32, lane: u32) {
  let columns = code[op].columns;
  let blocks = code[op].blocks;
  let x = code[op].views[0];
  let y = code[op].views[1];
  for (var p = 0u; p < tile_rows(first_row); p++) {
    for (var column = lane; column < columns; column += LANES) {
      let value = memory[element(x, first_row + p, column)];
      for (var part = 0u; part < blocks; part++) {
        memory[element(y, part * uniforms.rows + first_row + p, column)] = value;
      }
    }
  }
}

// dx (+)= Σ over blocks of dy. numbers: 0 accumulate
fn repeat_backward(op: u32, first_row: u32, lane: u32) {
  let columns = code[op].columns;
  let blocks = code[op].blocks;
  let d_y = code[op].views[0];
  let d_x = code[op].views[1];
  for (var p = 0u; p < tile_rows(first_row); p++) {
    for (var column = lane; column < columns; column += LANES) {
      var total = 0.0;
      for (var part = 0u; part < blocks; part++) {
        total += memory[element(d_y, part * uniforms.rows + first_row + p, column)];
      }
      let to = element(d_x, first_row + p, column);
      memory[to] = select(total, memory[to] + total, code[op].numbers[0] != 0u);
    }
  }
}

// Inverted dropout, and its gradient, as in dropout.wgsl. numbers: 0 salt, 1 index of the rate in the values
fn dropout(op: u32, first_row: u32, lane: u32) {
  let columns = code[op].columns;
  let blocks = code[op].blocks;
  let x = code[op].views[0];
  let y = code[op].views[1];
  let rate = memory[code[op].views[2].x + code[op].numbers[1]];
  let counters = code[op].views[3].x;
  let seed = words[counters];
  let step = words[counters + 1u];
  let salt = code[op].numbers[0];
  for (var part = 0u; part < blocks; part++) {
    for (var p = 0u; p < tile_rows(first_row); p++) {
      let row = part * uniforms.rows + first_row + p;
      for (var column = lane; column < columns; column += LANES) {
        let is_kept = uniform_random(seed, step, salt, row * code[op].columns + column) >= rate;
        memory[element(y, row, column)] = select(0.0, memory[element(x, row, column)] / (1.0 - rate), is_kept);
      }
    }
  }
}
