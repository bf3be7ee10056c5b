/** Programs of the translator: a training step, a decoding, and one that a visitor changes things about. */

import { type Program, ProgramBuilder } from '../engine/program.ts';
import { Decoder } from './decoder.ts';
import { Encoder } from './encoder.ts';
import { Interventions } from './interventions.ts';
import { type BatchShape, Network } from './network.ts';
import { appendUpdate, declareGradients, type OptimizerOptions } from './optimizer.ts';
import type { ParameterLayout } from './parameters.ts';

export interface TrainingOptions {
  readonly hasDropout: boolean;
  /** The decoder may read its own words; needed when the teacher-forcing rate is below 1. */
  readonly isSampled: boolean;
  readonly optimizer: OptimizerOptions;
}

/** The mean cross-entropy of the decoder's words, and what its backward pass reads. */
export function appendLoss(net: Network, decoder: Decoder) {
  const { rows: count } = decoder.readout.logits;
  net.builder.at('loss');
  const rows = net.local('loss.rows', count, 3);
  const operands = { logits: decoder.readout.logits, targets: decoder.targetOut, rows, metrics: net.metrics };
  net.builder.call('cross-entropy.forward', operands);
  return operands;
}

/**
 * One step: forward, backward, clip, update. Inputs `source` [S·B], `sourceLengths` [B], `targetIn`, `targetOut` [T·B] (all
 * time-major), `values`, `counters`; the metrics of the step are in `metrics` and in the shared `history`.
 */
export function trainingProgram(layout: ParameterLayout, size: BatchShape, options: TrainingOptions): Program {
  const { batch, sourceLength, targetLength } = size;
  const builder = new ProgramBuilder(`train ${batch}×${sourceLength}→${targetLength}`);
  const net = new Network(builder, layout, size, options);
  declareGradients(net);
  const encoder = new Encoder(net);
  const decoder = new Decoder(net, encoder, options);
  const loss = appendLoss(net, decoder);
  builder.at('loss', 'backward');
  const dLogits = net.local('dLogits', loss.logits.rows, loss.logits.columns);
  builder.call('cross-entropy.backward', { ...loss, dLogits });
  decoder.backward(dLogits);
  encoder.backward();
  appendUpdate(net, options.optimizer);
  return {
    ...builder.build(),
    batch,
    forBatch: (rows) => trainingProgram(layout, { ...size, batch: rows }, options),
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
  const encoder = new Encoder(net);
  const decoder = new Decoder(net, encoder, { isSampled: true });
  appendLoss(net, decoder);
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
  const encoder = new Encoder(net, interventions);
  new Decoder(net, encoder, { isSampled: true, interventions });
  return { ...builder.build(), batch, forBatch: (rows) => explorationProgram(layout, { ...size, batch: rows }) };
}
