/** The Program of a look at gradients: a training step under teacher forcing that changes nothing. */

import { type Program, ProgramBuilder } from '../engine/program.ts';
import { createEncoder } from './create-encoder.ts';
import { type BatchShape, Network } from './network.ts';
import type { ParameterLayout } from './parameters.ts';
import { appendHeadBackward, appendLoss, createHead } from './translator.ts';

/**
 * Forward and backward, without dropout, clipping or update. Inputs as in `trainingProgram`. Its `gradients` are its own: those of the
 * training share their name and nothing else. Left behind are `metrics`, `loss.rows` [T·B, 3] with −log p of each target in its second
 * column, `attention.dWeights` and `attention.dScores` [T·B, S] of every target position, `encoder.dInput.l0` [S·B, E], which is dL/dx_j,
 * and `encoder.dH.l*` and `decoder.dH` with dL/dh in whole; of a classifier `dQuery` [B, Hd] and `dContext` [B, De].
 */
export function gradientProgram(layout: ParameterLayout, size: BatchShape): Program {
  const { batch, sourceLength, targetLength } = size;
  const builder = new ProgramBuilder(`gradients ${batch}×${sourceLength}→${targetLength}`);
  const net = new Network(builder, layout, size, { hasDropout: false, keepsAttentionGradients: true });
  builder.tensor('gradients', 1, layout.length);
  const encoder = createEncoder(net);
  const head = createHead(net, encoder, { isSampled: false });
  appendHeadBackward(net, head, appendLoss(net, head));
  encoder.backward();
  head.completeStateGradients();
  encoder.completeStateGradients();
  return { ...builder.build(), batch };
}
