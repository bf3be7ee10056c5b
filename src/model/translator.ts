/** Programs of a network: a training step, a decoding, and one that a visitor changes things about. */

import { type Program, ProgramBuilder } from '../engine/program.ts';
import { Classifier } from './classifier.ts';
import { createEncoder } from './create-encoder.ts';
import { Decoder, type DecoderOptions } from './decoder.ts';
import type { SourceEncoder } from './encoder.ts';
import type { Head } from './head.ts';
import { Interventions } from './interventions.ts';
import { type BatchShape, Network } from './network.ts';
import { appendUpdate, declareGradients, type OptimizerOptions } from './optimizer.ts';
import type { ParameterLayout } from './parameters.ts';
import { type Projected, projectWords, worthProjecting } from './word-projection.ts';

export interface TrainingOptions {
  readonly hasDropout: boolean;
  /** The decoder may read its own words; needed when the teacher-forcing rate is below 1. */
  readonly isSampled: boolean;
  readonly optimizer: OptimizerOptions;
  /** Words that are projected by word; default where it is worth it. */
  readonly projected?: Projected;
}

/** What the network has behind its encoder. */
export function createHead(net: Network, encoder: SourceEncoder, options: DecoderOptions): Head {
  return net.shape.kind === 'classifier' ? new Classifier(net, encoder, options) : new Decoder(net, encoder, options);
}

/** The mean cross-entropy of the head's words or classes. */
export function appendLoss(net: Network, { readout, targetOut, shift }: Head) {
  const { rows: count } = readout.logits;
  net.builder.at('loss');
  const rows = net.local('loss.rows', count, 3);
  const operands = { logits: readout.logits, targets: targetOut, rows, metrics: net.metrics };
  net.builder.call('cross-entropy.forward', operands, { shift });
  return operands;
}

/** The gradient of the loss, back to the encoder's outputs. */
export function appendHeadBackward(net: Network, head: Head, loss: ReturnType<typeof appendLoss>): void {
  net.builder.at('loss', 'backward');
  const dLogits = net.local('dLogits', loss.logits.rows, loss.logits.columns);
  net.builder.call('cross-entropy.backward', { ...loss, dLogits }, { shift: head.shift });
  head.backward(dLogits);
}

/**
 * One step: forward, backward, clip, update. Inputs `source` [S·B], `sourceLengths` [B], `targetIn`, `targetOut` [T·B] (all
 * time-major), `values`, `counters`, but no `targetIn` of a classifier; the metrics of the step are in `metrics` and in the shared `history`.
 */
export function trainingProgram(layout: ParameterLayout, size: BatchShape, options: TrainingOptions): Program {
  const { batch, sourceLength, targetLength } = size;
  const builder = new ProgramBuilder(`train ${batch}×${sourceLength}→${targetLength}`);
  const net = new Network(builder, layout, size, options);
  declareGradients(net);
  const projected = options.projected ?? worthProjecting(layout.shape, size, options.isSampled);
  const words = projectWords(net, projected);
  const encoder = createEncoder(net, { words });
  const head = createHead(net, encoder, { ...options, words });
  appendHeadBackward(net, head, appendLoss(net, head));
  encoder.backward();
  appendUpdate(net, options.optimizer);
  return {
    ...builder.build(),
    batch,
    forBatch: (rows) => trainingProgram(layout, { ...size, batch: rows }, { ...options, projected }),
  };
}

/**
 * Greedy or teacher-forced decoding, as the teacher-forcing rate in `values` says. Outputs: `decoder.predicted` [T·B],
 * `decoder.probabilities` [T·B, 2], `attention.weights` [T·B, S] unless there is no attention, and the loss in `metrics`.
 */
export function decodingProgram(layout: ParameterLayout, size: BatchShape): Program {
  const { batch, sourceLength, targetLength } = size;
  const builder = new ProgramBuilder(`decode ${batch}×${sourceLength}→${targetLength}`);
  const net = new Network(builder, layout, size, { hasDropout: false });
  const encoder = createEncoder(net);
  appendLoss(net, createHead(net, encoder, { isSampled: true }));
  return { ...builder.build(), batch, forBatch: (rows) => decodingProgram(layout, { ...size, batch: rows }) };
}

/**
 * The greedy decoding with the inputs of `Interventions`. `targetIn` [T·B] holds the word that the decoder is given before each
 * step, FREE_TOKEN where it reads its own; its first block is always given. Outputs as those of `decodingProgram`, without the
 * loss; the probabilities are of the produced word and of the one in `targetOut`.
 */
export function explorationProgram(layout: ParameterLayout, size: BatchShape): Program {
  const { batch, sourceLength, targetLength } = size;
  const builder = new ProgramBuilder(`explore ${batch}×${sourceLength}→${targetLength}`);
  const net = new Network(builder, layout, size, { hasDropout: false });
  const interventions = new Interventions(net);
  const encoder = createEncoder(net, { interventions });
  createHead(net, encoder, { isSampled: true, interventions });
  return { ...builder.build(), batch, forBatch: (rows) => explorationProgram(layout, { ...size, batch: rows }) };
}
