// What a visitor changes about a decoding, as in scale-rows.wgsl, override-weights.wgsl and choose-token.wgsl.

// No id of a vocabulary: the word is not given.
const FREE = 0xffffffffu;

// views: x, factor, y; numbers: 0 rows B of the factor
fn scale_rows(op: u32, first_row: u32, lane: u32) {
  let columns = code[op].columns;
  let blocks = code[op].blocks;
  let x = code[op].views[0];
  let factor = code[op].views[1];
  let y = code[op].views[2];
  for (var part = 0u; part < blocks; part++) {
    for (var p = 0u; p < tile_rows(first_row); p++) {
      let row = part * uniforms.rows + first_row + p;
      let f = memory[element(factor, row % code[op].numbers[0], 0u)];
      for (var column = lane; column < columns; column += LANES) {
        memory[element(y, row, column)] = f * memory[element(x, row, column)];
      }
    }
  }
}

// views: forced, is_forced, weights
fn override_weights(op: u32, first_row: u32, lane: u32) {
  let columns = code[op].columns;
  let blocks = code[op].blocks;
  let forced = code[op].views[0];
  let is_forced = code[op].views[1].x;
  let weights = code[op].views[2];
  for (var part = 0u; part < blocks; part++) {
    for (var p = 0u; p < tile_rows(first_row); p++) {
      let row = part * uniforms.rows + first_row + p;
      if (words[is_forced + row] != 0u) {
        for (var column = lane; column < columns; column += LANES) {
          memory[element(weights, row, column)] = memory[element(forced, row, column)];
        }
      }
    }
  }
}

// views: given, produced, fed
fn choose_token(op: u32, first_row: u32, lane: u32) {
  let blocks = code[op].blocks;
  for (var part = 0u; part < blocks; part++) {
    for (var p = lane; p < tile_rows(first_row); p += LANES) {
      let row = part * uniforms.rows + first_row + p;
      let wanted = words[code[op].views[0].x + row];
      let produced = words[code[op].views[1].x + row];
      words[code[op].views[2].x + row] = select(wanted, produced, wanted == FREE);
    }
  }
}
