/** The translator of `MODEL.md` in core ops of TensorFlow.js. */

import * as tf from '@tensorflow/tfjs-core';
import type { BenchBatch, BenchTask } from '../models.ts';
import { reorderGates, stackRows, WeightReader, type Weights } from './weights.ts';

/** `tf.basicLSTMCell` adds this to the forget gate; the weights have it in their bias. */
const FORGET_BIAS = 0;
/** The order in which `tf.basicLSTMCell` takes its gates. */
const GATES = ['i', 'g', 'f', 'o'] as const;

interface Layer {
  readonly kernel: tf.Variable<tf.Rank.R2>;
  readonly bias: tf.Variable<tf.Rank.R1>;
}

interface State {
  readonly c: tf.Tensor2D;
  readonly h: tf.Tensor2D;
}

const variable = <R extends tf.Rank>({ shape, values }: Weights, name: string) =>
  tf.variable(tf.tensor(values, [...shape] as tf.ShapeMap[R]), true, name) as tf.Variable<R>;

const apply = (x: tf.Tensor2D, { kernel, bias }: Layer): tf.Tensor2D => tf.add(tf.matMul(x, kernel), bias);

export class TfjsModel {
  readonly #encoderEmbedding: tf.Variable<tf.Rank.R2>;
  readonly #decoderEmbedding: tf.Variable<tf.Rank.R2>;
  readonly #encoder: Layer;
  readonly #decoder: Layer;
  readonly #bridgeH: Layer;
  readonly #bridgeC: Layer;
  readonly #keys: Layer | null;
  readonly #query: tf.Variable<tf.Rank.R2> | null;
  readonly #score: tf.Variable<tf.Rank.R1> | null;
  readonly #readout: Layer;
  readonly #output: Layer;

  /** `isOneHot`: embeddings as products with one-hot rows in place of gathers. */
  constructor(
    private readonly task: BenchTask,
    private readonly isOneHot: boolean,
  ) {
    const reader = new WeightReader(task);
    const linear = (name: string, bias = `${name}.bias`): Layer => ({
      kernel: variable(reader.transposed(`${name}.weight`), name),
      bias: variable(reader.plain(bias), bias),
    });
    const cell = (name: string): Layer => ({
      kernel: variable(
        reorderGates(
          stackRows(reader.transposed(`${name}.weight_ih_l0`), reader.transposed(`${name}.weight_hh_l0`)),
          GATES,
        ),
        name,
      ),
      bias: variable(reorderGates(reader.plain(`${name}.bias_ih_l0`), GATES), `${name}.bias`),
    });
    const isAdditive = reader.has('attention.v');
    this.#encoderEmbedding = variable(reader.plain('encoder.embedding.weight'), 'encoder.embedding');
    this.#decoderEmbedding = variable(reader.plain('decoder.embedding.weight'), 'decoder.embedding');
    this.#encoder = cell('encoder.lstm');
    this.#decoder = cell('decoder.lstm');
    this.#bridgeH = linear('bridge.h');
    this.#bridgeC = linear('bridge.c');
    this.#keys = isAdditive ? linear('attention.W', 'attention.b') : null;
    this.#query = isAdditive ? variable(reader.transposed('attention.U.weight'), 'attention.U') : null;
    this.#score = isAdditive ? variable(reader.plain('attention.v'), 'attention.v') : null;
    this.#readout = linear('readout');
    this.#output = linear('output');
  }

  /** Mean cross-entropy of the batch, a scalar. */
  loss(batch: BenchBatch): tf.Scalar {
    const { shape, size } = this.task.model;
    const { batch: B, sourceLength: S, targetLength: T } = size;
    const H = shape.hidden;

    const x = tf.split<tf.Tensor2D>(this.#embed(batch.source, this.#encoderEmbedding), S); // S × [B, E]
    let state: State = { c: tf.zeros([B, H]), h: tf.zeros([B, H]) };
    const outputs = x.map((input) => {
      state = this.#step(this.#encoder, input, state);
      return state.h;
    });
    const annotations = tf.stack(outputs, 1) as tf.Tensor3D; // [B, S, H]
    const attend = this.#attention(annotations);

    const isBefore = shape.placement === 'before';
    state = { c: tf.tanh(apply(state.c, this.#bridgeC)), h: tf.tanh(apply(state.h, this.#bridgeH)) };
    let context: tf.Tensor2D = tf.zeros([B, H]);
    const features = tf.split<tf.Tensor2D>(this.#embed(batch.targetIn, this.#decoderEmbedding), T).map((y) => {
      if (isBefore) context = attend(state.h);
      state = this.#step(this.#decoder, tf.concat2d([y, context], 1), state);
      if (!isBefore) context = attend(state.h);
      return tf.concat2d([state.h, context, y], 1);
    });
    const hidden = tf.tanh(apply(tf.concat2d(features, 0), this.#readout)); // [T·B, R]
    const logits = apply(hidden, this.#output); // [T·B, V]
    return tf.losses.softmaxCrossEntropy(this.#oneHot(batch.targetOut, shape.outputs), logits);
  }

  #step({ kernel, bias }: Layer, input: tf.Tensor2D, { c, h }: State): State {
    const [newC, newH] = tf.basicLSTMCell(FORGET_BIAS, kernel, bias, input, c, h);
    return { c: newC, h: newH };
  }

  /** The context [B, H] of a query [B, H]. */
  #attention(annotations: tf.Tensor3D): (query: tf.Tensor2D) => tf.Tensor2D {
    const [B, S, H] = annotations.shape;
    const keys =
      this.#keys && tf.reshape(apply(tf.reshape(annotations, [B * S, H]), this.#keys), [B, S, this.#keys.bias.size]);
    return (query) => {
      const scores =
        keys && this.#query && this.#score
          ? tf.sum(tf.mul(tf.tanh(tf.add(keys, tf.expandDims(tf.matMul(query, this.#query), 1))), this.#score), 2)
          : tf.squeeze(tf.matMul(tf.expandDims(query, 1) as tf.Tensor3D, annotations, false, true), [1]);
      const weights = tf.softmax(scores); // [B, S]
      return tf.squeeze(tf.matMul(tf.expandDims(weights, 1) as tf.Tensor3D, annotations), [1]);
    };
  }

  #oneHot(ids: Uint32Array, vocabulary: number): tf.Tensor2D {
    const indices = tf.tensor1d(Int32Array.from(ids), 'int32');
    // Asked for float32, the wasm backend fills in the bits of integers.
    return tf.cast(tf.oneHot(indices, vocabulary), 'float32') as tf.Tensor2D;
  }

  #embed(ids: Uint32Array, table: tf.Variable<tf.Rank.R2>): tf.Tensor2D {
    if (this.isOneHot) return tf.matMul(this.#oneHot(ids, table.shape[0]), table);
    return tf.gather(table, tf.tensor1d(Int32Array.from(ids), 'int32'));
  }
}
