/** Sequence to vector: the translator's encoder, one attention over it, and a class (`MODEL.md`, Classifier). */

import { type Program, ProgramBuilder } from '../engine/program.ts';
import { columnsOf, type View } from '../ops/view.ts';
import { Attention } from './attention.ts';
import { Bridge } from './bridge.ts';
import { Encoder } from './encoder.ts';
import { type BatchShape, Network } from './network.ts';
import { appendUpdate, declareGradients, type OptimizerOptions } from './optimizer.ts';
import { annotationSizeOf, type ParameterLayout } from './parameters.ts';
import { Readout } from './readout.ts';

export interface ClassifierOptions {
  readonly hasDropout: boolean;
  readonly optimizer: OptimizerOptions;
}

/**
 * One training step. Inputs `source` [S·B], `sourceLengths` [B], `labels` [B] holding class + 1 (0 is a row without a label),
 * `values`, `counters`. Class k is row k of the output layer.
 */
export function classifierProgram(
  layout: ParameterLayout,
  size: Omit<BatchShape, 'targetLength'>,
  options: ClassifierOptions,
): Program {
  const { batch: B, sourceLength: S } = size;
  const builder = new ProgramBuilder(`classify ${B}×${S}`);
  const net = new Network(builder, layout, { ...size, targetLength: 1 }, options);
  const { shape } = layout;
  const De = annotationSizeOf(shape);
  declareGradients(net);
  const labels = builder.tensor('labels', B, 1, 'u32', 'input');
  const encoder = new Encoder(net);

  builder.at('encode');
  const query = net.local('query', B, shape.decoderHidden);
  const bridge = new Bridge(net, 'bridge.h', encoder.finalH, query);
  const context = net.local('context', B, De);
  const attention = shape.score === 'none' ? null : new Attention(net, encoder, 1);
  builder.at('context');
  if (attention) attention.forward(0, query, context);
  else
    encoder.finalH.forEach((x, i) => {
      builder.call('repeat.forward', { x, y: columnsOf(context, i * shape.hidden, shape.hidden) });
    });
  builder.at('decode');
  const readout = new Readout(net, B);
  readout.forward([query, context], 0, B);

  builder.at('loss');
  const rows = net.local('loss.rows', B, 3);
  const loss = { logits: readout.logits, targets: labels, rows, metrics: net.metrics };
  builder.call('cross-entropy.forward', loss, { shift: 1 });
  builder.at('loss', 'backward');
  const dLogits = net.local('dLogits', B, shape.outputs);
  builder.call('cross-entropy.backward', { ...loss, dLogits }, { shift: 1 });

  builder.at('decode', 'backward');
  const dQuery = net.local('dQuery', B, shape.decoderHidden);
  const dContext = net.local('dContext', B, De);
  readout.backward(dLogits, [query, context], [dQuery, dContext]);
  const gradients = encoder.startBackward();
  attention?.startBackward();
  attention?.backward(0, query, dContext, dQuery, gradients);
  attention?.finishBackward(query, gradients);
  builder.at('encode', 'backward');
  bridge.backward(dQuery, gradients.finalH, true);
  if (!attention)
    gradients.finalH.forEach((dX, i) => {
      const dY: View = columnsOf(dContext, i * shape.hidden, shape.hidden);
      builder.call('repeat.backward', { dY, dX }, { accumulate: 1 });
    });
  net.zero(...gradients.finalC);
  encoder.backward();
  appendUpdate(net, options.optimizer);
  return {
    ...builder.build(),
    batch: B,
    forBatch: (rows) => classifierProgram(layout, { ...size, batch: rows }, options),
  };
}
