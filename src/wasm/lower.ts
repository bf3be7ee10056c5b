/** Every op as calls of the SIMD kernels: what the dispatches of an op are for a GPU. */

import type { OpCall } from '../ops/op.ts';
import type { OpName } from '../ops/registry.ts';
import * as attention from './lower-attention.ts';
import * as linear from './lower-linear.ts';
import * as lstm from './lower-lstm.ts';
import * as picture from './lower-picture.ts';
import * as rest from './lower-rest.ts';
import type { Place, Step } from './place.ts';

const LOWERINGS: Readonly<Record<OpName, (call: OpCall, place: Place) => Step[]>> = {
  'embedding.forward': rest.embeddingForward,
  'embedding.backward': rest.embeddingBackward,
  'linear.forward': linear.linearForward,
  'linear.backward-input': linear.linearBackwardInput,
  'linear.backward-weight': linear.linearBackwardWeight,
  'linear.backward-bias': linear.linearBackwardBias,
  'lstm.forward': lstm.lstmForward,
  'lstm.backward': lstm.lstmBackward,
  'score.additive.forward': attention.additiveForward,
  'score.additive.backward': attention.additiveBackward,
  'score.product.forward': attention.productForward,
  'score.product.backward': attention.productBackward,
  'score.sum.forward': attention.sumForward,
  'score.sum.backward': attention.sumBackward,
  'score.zero.forward': rest.zeroScores,
  'softmax.forward': attention.softmaxForward,
  'softmax.backward': attention.softmaxBackward,
  'context.forward': attention.contextForward,
  'context.backward': attention.contextBackward,
  'repeat.forward': rest.repeatForward,
  'repeat.backward': rest.repeatBackward,
  'pixels.forward': picture.pixelsForward,
  'conv-patches.forward': picture.patchesForward,
  'conv-patches.backward': picture.patchesBackward,
  'relu.forward': rest.activationForward('relu'),
  'relu.backward': rest.activationBackward('relu'),
  'tanh.forward': rest.activationForward('tanh'),
  'tanh.backward': rest.activationBackward('tanh'),
  'dropout.forward': rest.dropoutForward,
  'dropout.backward': rest.dropoutBackward,
  'cross-entropy.forward': rest.crossEntropyForward,
  'cross-entropy.backward': rest.crossEntropyBackward,
  predict: rest.predict,
  'teacher-forcing': rest.teacherForcing,
  'choose-token.forward': rest.chooseToken,
  'override-weights.forward': rest.overrideWeights,
  'scale-rows.forward': rest.scaleRows,
  'grad-norm': rest.gradNorm,
  adam: rest.adam,
  sgd: rest.sgd,
  zero: rest.zero,
};

/** The kernel calls that compute an op call on an instance. */
export const lower = (call: OpCall, place: Place): Step[] => LOWERINGS[call.op](call, place);
