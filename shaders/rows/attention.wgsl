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

// Four numbers of consecutive positions, by the index of each.
fn gather(at: vec4u) -> vec4f {
  return vec4f(memory[at.x], memory[at.y], memory[at.z], memory[at.w]);
}

fn scatter_add(at: vec4u, four: vec4f) {
  memory[at.x] += four.x;
  memory[at.y] += four.y;
  memory[at.z] += four.z;
  memory[at.w] += four.w;
}

// `position` and the three after it, the last one again beyond the end.
fn four_positions(position: u32, steps: u32) -> vec4u {
  return min(vec4u(position, position + 1u, position + 2u, position + 3u), vec4u(steps - 1u));
}

fn tanh4(x: vec4f) -> vec4f {
  let e = exp(-2.0 * abs(x));
  let t = (1.0 - e) / (1.0 + e);
  return select(t, -t, x < vec4f());
}

fn store_scores(op: u32, row: u32, position: u32, four: vec4f) {
  let steps = code[op].numbers[0];
  let real = positions(op, code[op].views[3].x, row);
  let to = element(code[op].views[4], row, 0u);
  for (var j = 0u; j < 4u; j++) {
    if (position + j < steps) {
      memory[to + position + j] = select(0.0, four[j], position + j < real);
    }
  }
}

// views: keys, query, v, lengths, scores; columns A. An invocation computes four positions, which share the loads of query and v.
fn additive_forward(op: u32, first_row: u32, lane: u32) {
  let keys = code[op].views[0];
  let query = code[op].views[1];
  let v = code[op].views[2].x;
  let steps = code[op].numbers[0];
  let size = code[op].columns;
  let groups = (steps + 3u) / 4u;
  let items = tile_rows(first_row) * groups;
  for (var i = lane; i < items; i += LANES) {
    let row = first_row + i / groups;
    let position = 4u * (i % groups);
    let k = keys.x + (four_positions(position, steps) * uniforms.rows + row) * keys.y;
    let q = element(query, row, 0u);
    var total = vec4f();
    for (var a = 0u; a < size; a++) {
      total += parameters[v + a] * tanh4(gather(k + a) + memory[q + a]);
    }
    store_scores(op, row, position, total);
  }
}

// Adds to, or replaces, what is at `to`.
fn put_query(op: u32, to: u32, value: f32) {
  memory[to] = select(value, memory[to] + value, code[op].numbers[2] != 0u);
}

// One column of a row.
fn additive_column_backward(op: u32, row: u32, steps: u32, a: u32) {
  let q = memory[element(code[op].views[1], row, a)];
  let weight = parameters[code[op].views[2].x + a];
  let d = element(code[op].views[4], row, 0u);
  let k_step = uniforms.rows * code[op].views[0].y;
  let dk_step = uniforms.rows * code[op].views[6].y;
  var k = element(code[op].views[0], row, a);
  var dk = element(code[op].views[6], row, a);
  var to_query = 0.0;
  var to_v = 0.0;
  for (var j = 0u; j < steps; j++) {
    let u = safe_tanh(memory[k] + q);
    let inner = memory[d + j] * weight * (1.0 - u * u);
    memory[dk] += inner;
    to_query += inner;
    to_v += memory[d + j] * u;
    k += k_step;
    dk += dk_step;
  }
  put_query(op, element(code[op].views[5], row, a), to_query);
  memory[element(code[op].views[7], row, a)] += to_v;
}

// views: keys, query, v, lengths, d_scores, d_query, d_keys, d_v; columns A. An invocation computes four columns, LANES apart,
// which share the loads of d_scores; those left over one by one.
fn additive_backward(op: u32, first_row: u32, lane: u32) {
  let keys = code[op].views[0];
  let d_query = code[op].views[5];
  let d_keys = code[op].views[6];
  let d_v = code[op].views[7];
  let size = code[op].columns;
  let k_step = uniforms.rows * keys.y;
  let dk_step = uniforms.rows * d_keys.y;
  for (var p = 0u; p < tile_rows(first_row); p++) {
    let row = first_row + p;
    let steps = positions(op, code[op].views[3].x, row);
    let d_score = element(code[op].views[4], row, 0u);
    var a = lane;
    for (; a + 3u * LANES < size; a += 4u * LANES) {
      let four = vec4u(a, a + LANES, a + 2u * LANES, a + 3u * LANES);
      let q = gather(element(code[op].views[1], row, 0u) + four);
      let v = code[op].views[2].x + four;
      let weight = vec4f(parameters[v.x], parameters[v.y], parameters[v.z], parameters[v.w]);
      var to_query = vec4f();
      var to_v = vec4f();
      var k = element(keys, row, 0u) + four;
      var dk = element(d_keys, row, 0u) + four;
      for (var j = 0u; j < steps; j++) {
        let d = memory[d_score + j];
        let u = tanh4(gather(k) + q);
        let inner = d * weight * (1.0 - u * u);
        scatter_add(dk, inner);
        to_query += inner;
        to_v += d * u;
        k += vec4u(k_step);
        dk += vec4u(dk_step);
      }
      let to = element(d_query, row, 0u) + four;
      put_query(op, to.x, to_query.x);
      put_query(op, to.y, to_query.y);
      put_query(op, to.z, to_query.z);
      put_query(op, to.w, to_query.w);
      scatter_add(element(d_v, row, 0u) + four, to_v);
    }
    for (; a < size; a += LANES) {
      additive_column_backward(op, row, steps, a);
    }
  }
}

// views: keys, query, -, lengths, scores; columns A
fn product_forward(op: u32, first_row: u32, lane: u32) {
  let keys = code[op].views[0];
  let query = code[op].views[1];
  let steps = code[op].numbers[0];
  let size = code[op].columns;
  let groups = (steps + 3u) / 4u;
  let items = tile_rows(first_row) * groups;
  for (var i = lane; i < items; i += LANES) {
    let row = first_row + i / groups;
    let position = 4u * (i % groups);
    let k = keys.x + (four_positions(position, steps) * uniforms.rows + row) * keys.y;
    let q = element(query, row, 0u);
    var total = vec4f();
    for (var a = 0u; a < size; a++) {
      total += gather(k + a) * memory[q + a];
    }
    store_scores(op, row, position, score_scale(op) * total);
  }
}

fn product_column_backward(op: u32, row: u32, steps: u32, a: u32) {
  let q = memory[element(code[op].views[1], row, a)];
  var to_query = 0.0;
  for (var j = 0u; j < steps; j++) {
    let d = score_scale(op) * memory[element(code[op].views[4], row, j)];
    to_query += d * memory[key(code[op].views[0], row, j, a)];
    memory[key(code[op].views[6], row, j, a)] += d * q;
  }
  put_query(op, element(code[op].views[5], row, a), to_query);
}

// views: keys, query, -, lengths, d_scores, d_query, d_keys; columns A, in fours as above
fn product_backward(op: u32, first_row: u32, lane: u32) {
  let keys = code[op].views[0];
  let d_keys = code[op].views[6];
  let size = code[op].columns;
  let scale = score_scale(op);
  let k_step = uniforms.rows * keys.y;
  let dk_step = uniforms.rows * d_keys.y;
  for (var p = 0u; p < tile_rows(first_row); p++) {
    let row = first_row + p;
    let steps = positions(op, code[op].views[3].x, row);
    let d_score = element(code[op].views[4], row, 0u);
    var a = lane;
    for (; a + 3u * LANES < size; a += 4u * LANES) {
      let four = vec4u(a, a + LANES, a + 2u * LANES, a + 3u * LANES);
      let q = gather(element(code[op].views[1], row, 0u) + four);
      var to_query = vec4f();
      var k = element(keys, row, 0u) + four;
      var dk = element(d_keys, row, 0u) + four;
      for (var j = 0u; j < steps; j++) {
        let d = scale * memory[d_score + j];
        to_query += d * gather(k);
        scatter_add(dk, d * q);
        k += vec4u(k_step);
        dk += vec4u(dk_step);
      }
      let to = element(code[op].views[5], row, 0u) + four;
      put_query(op, to.x, to_query.x);
      put_query(op, to.y, to_query.y);
      put_query(op, to.z, to_query.z);
      put_query(op, to.w, to_query.w);
    }
    for (; a < size; a += LANES) {
      product_column_backward(op, row, steps, a);
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

// views: weights, annotations, context, lengths; columns De. An invocation computes four columns, LANES apart.
fn context_forward(op: u32, first_row: u32, lane: u32) {
  let weights = code[op].views[0];
  let annotations = code[op].views[1];
  let context = code[op].views[2];
  let columns = code[op].columns;
  let step = uniforms.rows * annotations.y;
  for (var p = 0u; p < tile_rows(first_row); p++) {
    let row = first_row + p;
    let real = positions(op, code[op].views[3].x, row);
    let w = element(weights, row, 0u);
    for (var d = lane; d < columns; d += 4u * LANES) {
      let four = min(d + vec4u(0u, LANES, 2u * LANES, 3u * LANES), vec4u(columns - 1u));
      let h = element(annotations, row, 0u) + four;
      var total = vec4f();
      for (var j = 0u; j < real; j++) {
        total += memory[w + j] * gather(h + j * step);
      }
      let to = element(context, row, d);
      for (var c = 0u; c < 4u; c++) {
        if (d + c * LANES < columns) {
          memory[to + c * LANES] = total[c];
        }
      }
    }
  }
}

// views: weights, annotations, d_context, lengths, d_weights, d_annotations; columns De. Padding gets nothing. An invocation has
// one position for the sum, and then four columns of all positions.
fn context_backward(op: u32, first_row: u32, lane: u32) {
  let weights = code[op].views[0];
  let annotations = code[op].views[1];
  let d_context = code[op].views[2];
  let d_weights = code[op].views[4];
  let d_annotations = code[op].views[5];
  let steps = code[op].numbers[0];
  let columns = code[op].columns;
  let groups = (steps + 3u) / 4u;
  let items = tile_rows(first_row) * groups;
  for (var i = lane; i < items; i += LANES) {
    let row = first_row + i / groups;
    let position = 4u * (i % groups);
    let h = annotations.x + (four_positions(position, steps) * uniforms.rows + row) * annotations.y;
    let dc = element(d_context, row, 0u);
    var total = vec4f();
    for (var d = 0u; d < columns; d++) {
      total += memory[dc + d] * gather(h + d);
    }
    let real = positions(op, code[op].views[3].x, row);
    let to = element(d_weights, row, position);
    for (var j = 0u; j < 4u; j++) {
      if (position + j < steps) {
        memory[to + j] = select(0.0, total[j], position + j < real);
      }
    }
  }
  for (var p = 0u; p < tile_rows(first_row); p++) {
    let row = first_row + p;
    let real = positions(op, code[op].views[3].x, row);
    let w = element(weights, row, 0u);
    let step = uniforms.rows * d_annotations.y;
    var d = lane;
    for (; d + 3u * LANES < columns; d += 4u * LANES) {
      let four = vec4u(d, d + LANES, d + 2u * LANES, d + 3u * LANES);
      let gradient = gather(element(d_context, row, 0u) + four);
      var to = element(d_annotations, row, 0u) + four;
      for (var j = 0u; j < real; j++) {
        scatter_add(to, memory[w + j] * gradient);
        to += vec4u(step);
      }
    }
    for (; d < columns; d += LANES) {
      let gradient = memory[element(d_context, row, d)];
      for (var j = 0u; j < real; j++) {
        memory[key(d_annotations, row, j, d)] += memory[w + j] * gradient;
      }
    }
  }
}
