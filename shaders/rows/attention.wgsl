// Attention of one query a row: scores, masked softmax, context, as in attention-score.wgsl, softmax.wgsl, attention-context.wgsl,
// where the formulas are. Keys and annotations of position j and row b are in row j·B + b; here `uniforms.rows` is B.
// numbers: 0 positions S, 1 score scale as bits, 2 accumulate into d_query

fn key(view: vec2u, row: u32, position: u32, column: u32) -> u32 {
  return element(view, position * uniforms.rows + row, column);
}

fn positions(op: u32, lengths: u32, row: u32) -> u32 {
  return min(words[lengths + row], code[op].numbers[0]);
}

fn score_scale(op: u32) -> f32 {
  return bitcast<f32>(code[op].numbers[1]);
}

// views: keys, query, v, lengths, scores; columns A
fn additive_forward(op: u32, first_row: u32, lane: u32) {
  let keys = code[op].views[0];
  let query = code[op].views[1];
  let v = code[op].views[2].x;
  let scores = code[op].views[4];
  let steps = code[op].numbers[0];
  let size = code[op].columns;
  for (var i = lane; i < tile_rows(first_row) * steps; i += LANES) {
    let row = first_row + i / steps;
    let position = i % steps;
    let k = key(keys, row, position, 0u);
    let q = element(query, row, 0u);
    var total = 0.0;
    for (var a = 0u; a < size; a++) {
      total += parameters[v + a] * safe_tanh(memory[k + a] + memory[q + a]);
    }
    let is_real = position < positions(op, code[op].views[3].x, row);
    memory[element(scores, row, position)] = select(0.0, total, is_real);
  }
}

// views: keys, query, v, lengths, d_scores, d_query, d_keys, d_v; columns A
fn additive_backward(op: u32, first_row: u32, lane: u32) {
  let keys = code[op].views[0];
  let query = code[op].views[1];
  let v = code[op].views[2].x;
  let d_scores = code[op].views[4];
  let d_query = code[op].views[5];
  let d_keys = code[op].views[6];
  let d_v = code[op].views[7];
  let size = code[op].columns;
  for (var p = 0u; p < tile_rows(first_row); p++) {
    let row = first_row + p;
    let steps = positions(op, code[op].views[3].x, row);
    for (var a = lane; a < size; a += LANES) {
      let q = memory[element(query, row, a)];
      let weight = parameters[v + a];
      var to_query = 0.0;
      var to_v = 0.0;
      for (var j = 0u; j < steps; j++) {
        let d = memory[element(d_scores, row, j)];
        let u = safe_tanh(memory[key(keys, row, j, a)] + q);
        let inner = d * weight * (1.0 - u * u);
        memory[key(d_keys, row, j, a)] += inner;
        to_query += inner;
        to_v += d * u;
      }
      let to = element(d_query, row, a);
      memory[to] = select(to_query, memory[to] + to_query, code[op].numbers[2] != 0u);
      memory[element(d_v, row, a)] += to_v;
    }
  }
}

// views: keys, query, -, lengths, scores; columns A
fn product_forward(op: u32, first_row: u32, lane: u32) {
  let keys = code[op].views[0];
  let query = code[op].views[1];
  let scores = code[op].views[4];
  let steps = code[op].numbers[0];
  let size = code[op].columns;
  for (var i = lane; i < tile_rows(first_row) * steps; i += LANES) {
    let row = first_row + i / steps;
    let position = i % steps;
    let k = key(keys, row, position, 0u);
    let q = element(query, row, 0u);
    var total = 0.0;
    for (var a = 0u; a < size; a++) {
      total += memory[k + a] * memory[q + a];
    }
    let is_real = position < positions(op, code[op].views[3].x, row);
    memory[element(scores, row, position)] = select(0.0, score_scale(op) * total, is_real);
  }
}

// views: keys, query, -, lengths, d_scores, d_query, d_keys; columns A
fn product_backward(op: u32, first_row: u32, lane: u32) {
  let keys = code[op].views[0];
  let query = code[op].views[1];
  let d_scores = code[op].views[4];
  let d_query = code[op].views[5];
  let d_keys = code[op].views[6];
  let size = code[op].columns;
  for (var p = 0u; p < tile_rows(first_row); p++) {
    let row = first_row + p;
    let steps = positions(op, code[op].views[3].x, row);
    for (var a = lane; a < size; a += LANES) {
      let q = memory[element(query, row, a)];
      var to_query = 0.0;
      for (var j = 0u; j < steps; j++) {
        let d = score_scale(op) * memory[element(d_scores, row, j)];
        to_query += d * memory[key(keys, row, j, a)];
        memory[key(d_keys, row, j, a)] += d * q;
      }
      let to = element(d_query, row, a);
      memory[to] = select(to_query, memory[to] + to_query, code[op].numbers[2] != 0u);
    }
  }
}

// views: keys, query, -, lengths, scores
fn sum_forward(op: u32, first_row: u32, lane: u32) {
  let keys = code[op].views[0];
  let query = code[op].views[1];
  let scores = code[op].views[4];
  let steps = code[op].numbers[0];
  for (var i = lane; i < tile_rows(first_row) * steps; i += LANES) {
    let row = first_row + i / steps;
    let position = i % steps;
    let total = memory[key(keys, row, position, 0u)] + memory[element(query, row, 0u)];
    let is_real = position < positions(op, code[op].views[3].x, row);
    memory[element(scores, row, position)] = select(0.0, total, is_real);
  }
}

// views: -, -, -, lengths, d_scores, -, d_keys
fn sum_backward(op: u32, first_row: u32, lane: u32) {
  let d_scores = code[op].views[4];
  let d_keys = code[op].views[6];
  let steps = code[op].numbers[0];
  for (var i = lane; i < tile_rows(first_row) * steps; i += LANES) {
    let row = first_row + i / steps;
    let position = i % steps;
    if (position < positions(op, code[op].views[3].x, row)) {
      memory[key(d_keys, row, position, 0u)] += memory[element(d_scores, row, position)];
    }
  }
}

// views: scores, weights, -, lengths
fn softmax_forward(op: u32, first_row: u32, lane: u32) {
  let scores = code[op].views[0];
  let weights = code[op].views[1];
  let steps = code[op].numbers[0];
  for (var p = lane; p < tile_rows(first_row); p += LANES) {
    let row = first_row + p;
    let real = positions(op, code[op].views[3].x, row);
    let a = element(scores, row, 0u);
    let w = element(weights, row, 0u);
    var maximum = memory[a];
    for (var j = 1u; j < real; j++) {
      maximum = max(maximum, memory[a + j]);
    }
    var total = 0.0;
    for (var j = 0u; j < real; j++) {
      let e = exp(memory[a + j] - maximum);
      memory[w + j] = e;
      total += e;
    }
    for (var j = 0u; j < steps; j++) {
      memory[w + j] = select(0.0, memory[w + j] / total, j < real);
    }
  }
}

// views: weights, d_weights, d_scores
fn softmax_backward(op: u32, first_row: u32, lane: u32) {
  let weights = code[op].views[0];
  let d_weights = code[op].views[1];
  let d_scores = code[op].views[2];
  let steps = code[op].numbers[0];
  for (var p = lane; p < tile_rows(first_row); p += LANES) {
    let row = first_row + p;
    var inner = 0.0;
    for (var j = 0u; j < steps; j++) {
      inner += memory[element(weights, row, j)] * memory[element(d_weights, row, j)];
    }
    for (var j = 0u; j < steps; j++) {
      memory[element(d_scores, row, j)] = memory[element(weights, row, j)] * (memory[element(d_weights, row, j)] - inner);
    }
  }
}

// views: weights, annotations, context, lengths; columns De
fn context_forward(op: u32, first_row: u32, lane: u32) {
  let columns = code[op].columns;
  let weights = code[op].views[0];
  let annotations = code[op].views[1];
  let context = code[op].views[2];
  for (var p = 0u; p < tile_rows(first_row); p++) {
    let row = first_row + p;
    let real = positions(op, code[op].views[3].x, row);
    for (var d = lane; d < columns; d += LANES) {
      var total = 0.0;
      for (var j = 0u; j < real; j++) {
        total += memory[element(weights, row, j)] * memory[key(annotations, row, j, d)];
      }
      memory[element(context, row, d)] = total;
    }
  }
}

// views: weights, annotations, d_context, lengths, d_weights, d_annotations; columns De
fn context_backward(op: u32, first_row: u32, lane: u32) {
  let weights = code[op].views[0];
  let annotations = code[op].views[1];
  let d_context = code[op].views[2];
  let d_weights = code[op].views[4];
  let d_annotations = code[op].views[5];
  let steps = code[op].numbers[0];
  for (var i = lane; i < tile_rows(first_row) * steps; i += LANES) {
    let row = first_row + i / steps;
    let j = i % steps;
    let real = positions(op, code[op].views[3].x, row);
    let w = memory[element(weights, row, j)];
    let h = key(annotations, row, j, 0u);
    let dh = key(d_annotations, row, j, 0u);
    let dc = element(d_context, row, 0u);
    var total = 0.0;
    let columns = select(0u, code[op].columns, j < real);
    for (var d = 0u; d < columns; d++) {
      let gradient = memory[dc + d];
      total += gradient * memory[h + d];
      memory[dh + d] += w * gradient;
    }
    memory[element(d_weights, row, j)] = total;
  }
}
