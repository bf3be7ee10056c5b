/** The LSTM layer in plain loops; equations, shapes and slots stand at the head of `lstm.wgsl`. */

import { sigmoid } from '../lib/activations.ts';
import { dot } from '../lib/dot.ts';
import { lstmRange, nextPosition, previousSlot } from './lstm-range.ts';
import type { Numbers, Operands } from './view.ts';

export function lstmForward(operands: Operands, numbers: Numbers): void {
  const { projected, weight, feed, feedWeight, lengths, h, c, gates } = operands;
  const { batch, positions, isReversed } = lstmRange(numbers);
  const hidden = weight.columns;
  const z = new Float64Array(4 * hidden);
  for (const t of positions) {
    for (let b = 0; b < batch; b++) {
      const now = (t + 1) * batch + b;
      const before = previousSlot(t, isReversed) * batch + b;
      const [hNow, hBefore] = [h.offset + now * h.stride, h.offset + before * h.stride];
      const [cNow, cBefore] = [c.offset + now * c.stride, c.offset + before * c.stride];
      const gate = gates.offset + (t * batch + b) * gates.stride;
      if (lengths && t >= lengths.data[lengths.offset + b * lengths.stride]) {
        for (let u = 0; u < hidden; u++) {
          h.data[hNow + u] = h.data[hBefore + u];
          c.data[cNow + u] = c.data[cBefore + u];
        }
        gates.data.fill(0, gate, gate + 4 * hidden);
        continue;
      }
      // z = projected_t + W_hh h_{t-1} + W_feed feed_t
      for (let n = 0; n < 4 * hidden; n++) {
        let total = projected.data[projected.offset + (t * batch + b) * projected.stride + n];
        total += dot(weight.data, weight.offset + n * weight.stride, h.data, hBefore, hidden);
        if (feed) {
          const x = feed.offset + b * feed.stride;
          total += dot(feedWeight.data, feedWeight.offset + n * feedWeight.stride, feed.data, x, feed.columns);
        }
        z[n] = total;
      }
      for (let u = 0; u < hidden; u++) {
        const i = sigmoid(z[u]);
        const f = sigmoid(z[hidden + u]);
        const g = Math.tanh(z[2 * hidden + u]);
        const o = sigmoid(z[3 * hidden + u]);
        const cell = f * c.data[cBefore + u] + i * g;
        gates.data[gate + u] = i;
        gates.data[gate + hidden + u] = f;
        gates.data[gate + 2 * hidden + u] = g;
        gates.data[gate + 3 * hidden + u] = o;
        c.data[cNow + u] = cell;
        h.data[hNow + u] = o * Math.tanh(cell);
      }
    }
  }
}

export function lstmBackward(operands: Operands, numbers: Numbers): void {
  const { weight, lengths, c, gates, dH, dC, dZ } = operands;
  const range = lstmRange(numbers);
  const { batch, isReversed } = range;
  const hidden = weight.columns;
  const total = new Float64Array(hidden);
  for (const t of [...range.positions].reverse()) {
    const next = nextPosition(t, range);
    for (let b = 0; b < batch; b++) {
      const now = (t + 1) * batch + b;
      const before = previousSlot(t, isReversed) * batch + b;
      const dz = dZ.offset + (t * batch + b) * dZ.stride;
      // dh + W_hhᵀ dz_{t+1}
      for (let u = 0; u < hidden; u++) total[u] = dH.data[dH.offset + now * dH.stride + u];
      if (next !== null) {
        const dzNext = dZ.offset + (next * batch + b) * dZ.stride;
        for (let n = 0; n < 4 * hidden; n++) {
          const d = dZ.data[dzNext + n];
          const w = weight.offset + n * weight.stride;
          for (let u = 0; u < hidden; u++) total[u] += d * weight.data[w + u];
        }
      }
      if (lengths && t >= lengths.data[lengths.offset + b * lengths.stride]) {
        for (let u = 0; u < hidden; u++) dH.data[dH.offset + before * dH.stride + u] += total[u];
        dZ.data.fill(0, dz, dz + 4 * hidden);
        continue;
      }
      const gate = gates.offset + (t * batch + b) * gates.stride;
      for (let u = 0; u < hidden; u++) {
        const i = gates.data[gate + u];
        const f = gates.data[gate + hidden + u];
        const g = gates.data[gate + 2 * hidden + u];
        const o = gates.data[gate + 3 * hidden + u];
        const squashed = Math.tanh(c.data[c.offset + now * c.stride + u]);
        const carried = dC.offset + b * dC.stride + u;
        const dc = dC.data[carried] + total[u] * o * (1 - squashed * squashed);
        dZ.data[dz + u] = dc * g * i * (1 - i);
        dZ.data[dz + hidden + u] = dc * c.data[c.offset + before * c.stride + u] * f * (1 - f);
        dZ.data[dz + 2 * hidden + u] = dc * i * (1 - g * g);
        dZ.data[dz + 3 * hidden + u] = total[u] * squashed * o * (1 - o);
        dC.data[carried] = dc * f;
      }
    }
  }
}
