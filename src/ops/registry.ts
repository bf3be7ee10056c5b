/** Every op by name. A Program names its calls with these. */

import { reluBackwardOp, reluForwardOp, tanhBackwardOp, tanhForwardOp } from './activation.ts';
import { adamOp } from './adam.ts';
import { attentionContextBackwardOp, attentionContextForwardOp } from './attention-context.ts';
import * as score from './attention-score.ts';
import { chooseTokenForwardOp } from './choose-token.ts';
import { convPatchesBackwardOp, convPatchesForwardOp } from './conv-patches.ts';
import { crossEntropyBackwardOp, crossEntropyForwardOp } from './cross-entropy.ts';
import { dropoutBackwardOp, dropoutForwardOp } from './dropout.ts';
import { embeddingBackwardOp, embeddingForwardOp } from './embedding.ts';
import { gradNormOp } from './grad-norm.ts';
import { linearBackwardBiasOp, linearBackwardInputOp, linearBackwardWeightOp, linearForwardOp } from './linear.ts';
import { lstmBackwardOp, lstmForwardOp } from './lstm.ts';
import type { OpDefinition } from './op.ts';
import { overrideWeightsForwardOp } from './override-weights.ts';
import { pixelsForwardOp } from './pixels.ts';
import { predictOp } from './predict.ts';
import { repeatBackwardOp, repeatForwardOp } from './repeat.ts';
import { scaleRowsForwardOp } from './scale-rows.ts';
import { sgdOp } from './sgd.ts';
import { softmaxBackwardOp, softmaxForwardOp } from './softmax.ts';

import { teacherForcingOp } from './teacher-forcing.ts';
import { zeroOp } from './zero.ts';

const OPS = {
  'embedding.forward': embeddingForwardOp,
  'embedding.backward': embeddingBackwardOp,
  'linear.forward': linearForwardOp,
  'linear.backward-input': linearBackwardInputOp,
  'linear.backward-weight': linearBackwardWeightOp,
  'linear.backward-bias': linearBackwardBiasOp,
  'lstm.forward': lstmForwardOp,
  'lstm.backward': lstmBackwardOp,
  'score.additive.forward': score.additiveScoreForwardOp,
  'score.additive.backward': score.additiveScoreBackwardOp,
  'score.product.forward': score.productScoreForwardOp,
  'score.product.backward': score.productScoreBackwardOp,
  'score.sum.forward': score.sumScoreForwardOp,
  'score.sum.backward': score.sumScoreBackwardOp,
  'score.zero.forward': score.zeroScoreForwardOp,
  'softmax.forward': softmaxForwardOp,
  'softmax.backward': softmaxBackwardOp,
  'context.forward': attentionContextForwardOp,
  'context.backward': attentionContextBackwardOp,
  'repeat.forward': repeatForwardOp,
  'repeat.backward': repeatBackwardOp,
  'pixels.forward': pixelsForwardOp,
  'conv-patches.forward': convPatchesForwardOp,
  'conv-patches.backward': convPatchesBackwardOp,
  'relu.forward': reluForwardOp,
  'relu.backward': reluBackwardOp,
  'tanh.forward': tanhForwardOp,
  'tanh.backward': tanhBackwardOp,
  'dropout.forward': dropoutForwardOp,
  'dropout.backward': dropoutBackwardOp,
  'cross-entropy.forward': crossEntropyForwardOp,
  'cross-entropy.backward': crossEntropyBackwardOp,
  predict: predictOp,
  'teacher-forcing': teacherForcingOp,
  'choose-token.forward': chooseTokenForwardOp,
  'override-weights.forward': overrideWeightsForwardOp,
  'scale-rows.forward': scaleRowsForwardOp,
  'grad-norm': gradNormOp,
  adam: adamOp,
  sgd: sgdOp,
  zero: zeroOp,
} as const satisfies Record<string, OpDefinition>;

export type OpName = keyof typeof OPS;

/** The definition of an op. */
export const opDefinition = (name: OpName): OpDefinition => OPS[name];

export const OP_NAMES = Object.keys(OPS) as readonly OpName[];
