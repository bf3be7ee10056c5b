/** Attention scores in plain loops; formulas and shapes stand in `attention-score.wgsl`. */

import type { Numbers, Operand, Operands } from './view.ts';

const length = (lengths: Operand, row: number, steps: number): number =>
  Math.min(lengths.data[lengths.offset + row], steps);

/** Calls `score` for every real position of every row, and stores 0 for padding. */
function forEachScore({ scores, lengths }: Operands, score: (row: number, position: number) => number): void {
  for (let b = 0; b < scores.rows; b++) {
    const real = length(lengths, b, scores.columns);
    for (let j = 0; j < scores.columns; j++)
      scores.data[scores.offset + b * scores.stride + j] = j < real ? score(b, j) : 0;
  }
}

const at = (operand: Operand, row: number, column: number): number => operand.offset + row * operand.stride + column;

/** a_j = Σ_a v_a tanh(keys_j,a + query_a) */
export function additiveForward(operands: Operands): void {
  const { keys, query, v } = operands;
  const batch = query.rows;
  forEachScore(operands, (b, j) => {
    const key = at(keys, j * batch + b, 0);
    const q = at(query, b, 0);
    let total = 0;
    for (let a = 0; a < query.columns; a++)
      total += v.data[v.offset + a] * Math.tanh(keys.data[key + a] + query.data[q + a]);
    return total;
  });
}

export function additiveBackward(operands: Operands, numbers: Numbers): void {
  const { keys, query, v, lengths, dScores, dQuery, dKeys, dV } = operands;
  const batch = query.rows;
  for (let b = 0; b < batch; b++) {
    const real = length(lengths, b, dScores.columns);
    for (let a = 0; a < query.columns; a++) {
      const q = query.data[at(query, b, a)];
      const weight = v.data[v.offset + a];
      let toQuery = 0;
      let toV = 0;
      for (let j = 0; j < real; j++) {
        const d = dScores.data[at(dScores, b, j)];
        const u = Math.tanh(keys.data[at(keys, j * batch + b, a)] + q);
        const inner = d * weight * (1 - u * u);
        dKeys.data[at(dKeys, j * batch + b, a)] += inner;
        toQuery += inner;
        toV += d * u;
      }
      const index = at(dQuery, b, a);
      dQuery.data[index] = numbers.accumulate ? dQuery.data[index] + toQuery : toQuery;
      dV.data[at(dV, b, a)] += toV;
    }
  }
}

/** a_j = scale Σ_a keys_j,a query_a */
export function productForward(operands: Operands, numbers: Numbers): void {
  const { keys, query } = operands;
  const { scale = 1 } = numbers;
  const batch = query.rows;
  forEachScore(operands, (b, j) => {
    const key = at(keys, j * batch + b, 0);
    const q = at(query, b, 0);
    let total = 0;
    for (let a = 0; a < query.columns; a++) total += keys.data[key + a] * query.data[q + a];
    return scale * total;
  });
}

export function productBackward(operands: Operands, numbers: Numbers): void {
  const { keys, query, lengths, dScores, dQuery, dKeys } = operands;
  const { scale = 1 } = numbers;
  const batch = query.rows;
  for (let b = 0; b < batch; b++) {
    const real = length(lengths, b, dScores.columns);
    for (let a = 0; a < query.columns; a++) {
      const q = query.data[at(query, b, a)];
      let toQuery = 0;
      for (let j = 0; j < real; j++) {
        const d = scale * dScores.data[at(dScores, b, j)];
        toQuery += d * keys.data[at(keys, j * batch + b, a)];
        dKeys.data[at(dKeys, j * batch + b, a)] += d * q;
      }
      const index = at(dQuery, b, a);
      dQuery.data[index] = numbers.accumulate ? dQuery.data[index] + toQuery : toQuery;
    }
  }
}

/** a_j = keys_j + query */
export function sumForward(operands: Operands): void {
  const { keys, query } = operands;
  forEachScore(operands, (b, j) => keys.data[at(keys, j * query.rows + b, 0)] + query.data[at(query, b, 0)]);
}

/** Only the keys: what the query adds, the softmax takes away again. */
export function sumBackward({ lengths, dScores, dKeys }: Operands): void {
  const batch = dScores.rows;
  for (let b = 0; b < batch; b++) {
    const real = length(lengths, b, dScores.columns);
    for (let j = 0; j < real; j++) dKeys.data[at(dKeys, j * batch + b, 0)] += dScores.data[at(dScores, b, j)];
  }
}

/** a_j = 0 */
export function zeroForward({ scores }: Operands): void {
  for (let b = 0; b < scores.rows; b++) {
    const row = at(scores, b, 0);
    scores.data.fill(0, row, row + scores.columns);
  }
}
