/** The update of all parameters: clip by global norm, then Adam, AdamW or SGD (`MODEL.md`). */

import { HISTORY_SLOTS, METRICS_LENGTH } from '../ops/step-data.ts';
import { wholeView } from '../ops/view.ts';
import type { OptimizerKind } from './config.ts';
import type { Network } from './network.ts';

export interface OptimizerOptions {
  readonly kind: OptimizerKind;
  readonly beta1: number;
  readonly beta2: number;
  readonly epsilon: number;
  readonly weightDecay: number;
  readonly momentum: number;
  /** Largest global norm of the gradients. */
  readonly maxNorm: number;
}

/** Shares of the sum of squares that are added up side by side. */
const NORM_SHARES = 1024;

/** Declares the flat gradients, before the backward pass writes to them. */
export function declareGradients(net: Network): void {
  net.builder.tensor('gradients', 1, net.layout.length, 'f32', 'shared');
}

/** Appends clipping, the update, and the record of the step's metrics. */
export function appendUpdate(net: Network, options: OptimizerOptions): void {
  const { builder, layout, values, metrics, counters } = net;
  const flat = (name: string) => builder.tensor(name, 1, layout.length, 'f32', 'shared');
  const gradients = wholeView('gradients', 1, layout.length);
  const parameters = wholeView('parameters', 1, layout.length);
  builder.at('update', 'backward');
  const partials = net.local('gradients.partials', 1, NORM_SHARES);
  const history = builder.tensor('history', HISTORY_SLOTS, METRICS_LENGTH, 'f32', 'shared');
  const operands = { gradients, partials, metrics, counters, history };
  builder.call('grad-norm', operands, { maxNorm: options.maxNorm });
  const moment1 = flat('moment1');
  if (options.kind === 'sgd') {
    const { momentum, weightDecay } = options;
    builder.call('sgd', { parameters, gradients, moment1, values, metrics }, { momentum, weightDecay });
  } else {
    const { beta1, beta2, epsilon, weightDecay } = options;
    builder.call(
      'adam',
      { parameters, gradients, moment1, moment2: flat('moment2'), values, metrics },
      { beta1, beta2, epsilon, weightDecay, isDecoupled: options.kind === 'adamw' ? 1 : 0 },
    );
  }
}

/** Bias corrections 1 - β^t of Adam at step t, from 1. */
export const biasCorrections = ({ beta1, beta2 }: OptimizerOptions, t: number): [number, number] => [
  1 - beta1 ** t,
  1 - beta2 ** t,
];
