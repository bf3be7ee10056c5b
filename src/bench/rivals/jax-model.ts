/**
 * The translator of `MODEL.md` in jax-js. Its arrays are counted references: a function takes over those it is given, and
 * `ref` makes one more.
 */

import { type Array as JaxArray, nn, numpy as np } from '@jax-js/jax';
import type { BenchBatch, BenchModel, BenchTask } from '../models.ts';
import { stackRows, WeightReader, type Weights } from './weights.ts';

export type JaxWeights = Record<string, JaxArray>;

/** Word ids [S, B] and [T, B]. */
export type JaxBatch = { readonly source: JaxArray; readonly targetIn: JaxArray; readonly targetOut: JaxArray };

const toArray = ({ shape, values }: Weights): JaxArray => np.array(values, { shape: [...shape] });

/** Matrices as [in, out], those of an LSTM with the input's rows above the state's. */
export function initialWeights(task: BenchTask): JaxWeights {
  const reader = new WeightReader(task);
  const weights: JaxWeights = {};
  for (const name of ['encoder.embedding', 'decoder.embedding'])
    weights[name] = toArray(reader.plain(`${name}.weight`));
  for (const name of ['encoder.lstm', 'decoder.lstm']) {
    const parts = ['ih', 'hh'].map((part) => reader.transposed(`${name}.weight_${part}_l0`));
    weights[name] = toArray(stackRows(...parts));
    weights[`${name}.bias`] = toArray(reader.plain(`${name}.bias_ih_l0`));
  }
  for (const name of ['bridge.h', 'bridge.c', 'readout', 'output']) {
    weights[name] = toArray(reader.transposed(`${name}.weight`));
    weights[`${name}.bias`] = toArray(reader.plain(`${name}.bias`));
  }
  if (reader.has('attention.v')) {
    weights['attention.W'] = toArray(reader.transposed('attention.W.weight'));
    weights['attention.U'] = toArray(reader.transposed('attention.U.weight'));
    weights['attention.b'] = toArray(reader.plain('attention.b'));
    weights['attention.v'] = toArray(reader.plain('attention.v'));
  }
  return weights;
}

/** Uploads the ids of a batch. */
export function toJaxBatch({ size }: BenchModel, batch: BenchBatch): JaxBatch {
  const ids = (data: Uint32Array, length: number) =>
    np.array(Int32Array.from(data), { shape: [length, size.batch], dtype: np.int32 });
  return {
    source: ids(batch.source, size.sourceLength),
    targetIn: ids(batch.targetIn, size.targetLength),
    targetOut: ids(batch.targetOut, size.targetLength),
  };
}

interface State {
  readonly c: JaxArray;
  readonly h: JaxArray;
}

/** Mean cross-entropy of the batch, a scalar. */
export function modelLoss({ shape, size }: BenchModel, weights: JaxWeights, batch: JaxBatch): JaxArray {
  const { batch: B, sourceLength: S, targetLength: T } = size;
  const H = shape.hidden;
  const get = (name: string): JaxArray => (weights[name] as JaxArray).ref;
  const apply = (x: JaxArray, name: string): JaxArray => np.dot(x, get(name)).add(get(`${name}.bias`));

  const step = (name: string, input: JaxArray, { c, h }: State): State => {
    const z = apply(np.concatenate([input, h], 1), name); // [B, 4H], gates i f g o
    const [i, f, g, o] = np.split(z, 4, 1) as [JaxArray, JaxArray, JaxArray, JaxArray];
    const nextC = nn
      .sigmoid(f)
      .mul(c)
      .add(nn.sigmoid(i).mul(np.tanh(g)));
    return { c: nextC.ref, h: nn.sigmoid(o).mul(np.tanh(nextC)) };
  };

  const x = np.take(get('encoder.embedding'), batch.source, 0); // [S, B, E]
  let state: State = { c: np.zeros([B, H]), h: np.zeros([B, H]) };
  const outputs: JaxArray[] = [];
  for (let s = 0; s < S; s++) {
    state = step('encoder.lstm', x.ref.slice(s), state);
    outputs.push(state.h.ref);
  }
  x.dispose();
  const annotations = np.stack(outputs, 1); // [B, S, H]

  const isAdditive = shape.score === 'additive';
  const keys = isAdditive ? np.matmul(annotations.ref, get('attention.W')).add(get('attention.b')) : null; // [B, S, A]
  const attend = (query: JaxArray): JaxArray => {
    const scores = keys
      ? np
          .tanh(keys.ref.add(np.expandDims(np.dot(query, get('attention.U')), 1)))
          .mul(get('attention.v'))
          .sum(2)
      : np.einsum('bsh,bh->bs', annotations.ref, query);
    return np.einsum('bs,bsh->bh', nn.softmax(scores, 1), annotations.ref);
  };

  const isBefore = shape.placement === 'before';
  state = { c: np.tanh(apply(state.c, 'bridge.c')), h: np.tanh(apply(state.h, 'bridge.h')) };
  let context = np.zeros([B, H]);
  const y = np.take(get('decoder.embedding'), batch.targetIn, 0); // [T, B, E]
  const features: JaxArray[] = [];
  for (let t = 0; t < T; t++) {
    if (isBefore) {
      context.dispose();
      context = attend(state.h.ref);
    }
    state = step('decoder.lstm', np.concatenate([y.ref.slice(t), context.ref], 1), state);
    if (!isBefore) {
      context.dispose();
      context = attend(state.h.ref);
    }
    features.push(np.concatenate([state.h.ref, context.ref, y.ref.slice(t)], 1));
  }
  for (const used of [y, context, state.c, state.h, annotations]) used.dispose();
  keys?.dispose();
  const hidden = np.tanh(apply(np.concatenate(features, 0), 'readout')); // [T·B, R]
  const logits = nn.logSoftmax(apply(hidden, 'output'), 1); // [T·B, V]
  const expected = nn.oneHot(batch.targetOut.reshape([T * B]), shape.outputs);
  for (const used of Object.values(weights)) used.dispose();
  return logits
    .mul(expected)
    .sum()
    .mul(-1 / (T * B));
}
