// The rows of cross-entropy.wgsl, predict.wgsl and teacher-forcing.wgsl. All invocations share the work on a row of logits.

var<workgroup> partial: array<vec2f, LANES>;

// Largest logit of a row and Σ exp(z - largest), the same in every invocation; the first of equal maxima.
struct RowTotal {
  maximum: f32,
  best: u32,
  total: f32,
}

fn row_total(z: u32, columns: u32, lane: u32) -> RowTotal {
  var best = min(lane, columns - 1u);
  var maximum = memory[z + best];
  for (var v = lane; v < columns; v += LANES) {
    let logit = memory[z + v];
    if (logit > maximum) {
      maximum = logit;
      best = v;
    }
  }
  partial[lane] = vec2f(maximum, f32(best));
  workgroupBarrier();
  for (var other = 0u; other < min(LANES, columns); other++) {
    let candidate = partial[other];
    if (candidate.x > maximum || (candidate.x == maximum && u32(candidate.y) < best)) {
      maximum = candidate.x;
      best = u32(candidate.y);
    }
  }
  workgroupBarrier();
  var share = 0.0;
  for (var v = lane; v < columns; v += LANES) {
    share += exp(memory[z + v] - maximum);
  }
  partial[lane].x = share;
  workgroupBarrier();
  var total = 0.0;
  for (var other = 0u; other < LANES; other++) {
    total += partial[other].x;
  }
  workgroupBarrier();
  return RowTotal(maximum, best, total);
}

// views: logits, targets, rows; numbers: 0 shift
fn cross_entropy_forward(op: u32, first_row: u32, lane: u32) {
  let blocks = code[op].blocks;
  let logits = code[op].views[0];
  let targets = code[op].views[1].x;
  let rows = code[op].views[2];
  let columns = code[op].columns;
  let shift = code[op].numbers[0];
  for (var part = 0u; part < blocks; part++) {
    for (var p = 0u; p < ROWS; p++) {
      let row = part * uniforms.rows + min(first_row + p, uniforms.rows - 1u);
      let z = element(logits, row, 0u);
      let found = row_total(z, columns, lane);
      if (lane == 0u && first_row + p < uniforms.rows) {
        let wanted = words[targets + row];
        let is_real = wanted != 0u;
        let log_total = log(found.total);
        let behind = found.maximum - memory[z + min(wanted - shift, columns - 1u)];
        memory[element(rows, row, 0u)] = log_total + found.maximum;
        memory[element(rows, row, 1u)] = select(0.0, log_total + behind, is_real);
        memory[element(rows, row, 2u)] = select(0.0, 1.0, is_real && found.best + shift == wanted);
      }
    }
  }
}

// views: logits, targets, rows, d_logits; numbers: 0 shift, 1 targets in all. The count is found anew by every workgroup.
fn cross_entropy_backward(op: u32, first_row: u32, lane: u32) {
  let targets_in_all = code[op].numbers[1];
  let columns = code[op].columns;
  let blocks = code[op].blocks;
  let logits = code[op].views[0];
  let targets = code[op].views[1].x;
  let rows = code[op].views[2];
  let d_logits = code[op].views[3];
  let shift = code[op].numbers[0];
  var count = 0u;
  for (var n = 0u; n < targets_in_all; n++) {
    count += select(0u, 1u, words[targets + n] != 0u);
  }
  let share = 1.0 / max(f32(count), 1.0);
  for (var part = 0u; part < blocks; part++) {
    for (var p = 0u; p < tile_rows(first_row); p++) {
      let row = part * uniforms.rows + first_row + p;
      let wanted = words[targets + row];
      let scale = select(share, 0.0, wanted == 0u);
      let log_total = memory[element(rows, row, 0u)];
      for (var v = lane; v < columns; v += LANES) {
        let probability = exp(memory[element(logits, row, v)] - log_total);
        memory[element(d_logits, row, v)] = scale * (probability - select(0.0, 1.0, v + shift == wanted));
      }
    }
  }
}

// views: logits, expected, tokens, probabilities; numbers: 0 shift
fn predict(op: u32, first_row: u32, lane: u32) {
  let blocks = code[op].blocks;
  let logits = code[op].views[0];
  let expected = code[op].views[1].x;
  let tokens = code[op].views[2].x;
  let probabilities = code[op].views[3];
  let columns = code[op].columns;
  let shift = code[op].numbers[0];
  for (var part = 0u; part < blocks; part++) {
    for (var p = 0u; p < ROWS; p++) {
      let row = part * uniforms.rows + min(first_row + p, uniforms.rows - 1u);
      let z = element(logits, row, 0u);
      let found = row_total(z, columns, lane);
      if (lane == 0u && first_row + p < uniforms.rows) {
        let wanted = min(max(words[expected + row], shift) - shift, columns - 1u);
        words[tokens + row] = found.best + shift;
        memory[element(probabilities, row, 0u)] = 1.0 / found.total;
        memory[element(probabilities, row, 1u)] = exp(memory[z + wanted] - found.maximum) / found.total;
      }
    }
  }
}

// views: given, produced, fed, values, counters; numbers: 0 salt, 1 index of the rate in the values
fn teacher_forcing(op: u32, first_row: u32, lane: u32) {
  let counters = code[op].views[4].x;
  let rate = memory[code[op].views[3].x + code[op].numbers[1]];
  for (var p = lane; p < tile_rows(first_row); p += LANES) {
    let row = first_row + p;
    let is_given = uniform_random(words[counters], words[counters + 1u], code[op].numbers[0], row) < rate;
    let produced = words[code[op].views[1].x + row];
    words[code[op].views[2].x + row] = select(produced, words[code[op].views[0].x + row], is_given);
  }
}
