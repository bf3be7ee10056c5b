/** What reads the encoder's outputs and makes logits of them: a decoder of sentences, or a classifier. */

import type { View } from '../ops/view.ts';
import type { SourceEncoder } from './encoder.ts';
import type { Readout } from './readout.ts';

export interface Head {
  /** Expected tokens [N], 0 where there is none. */
  readonly targetOut: View;
  /** Logits [N, V]. */
  readonly readout: Readout;
  /** A token is a column of the logits plus this: 0 where every token has a column, 4 where the special ones have none. */
  readonly shift: number;
  /** From dLogits [N, V] to the parameters and to the outputs of the encoder. */
  backward(dLogits: View): void;
  /** After `backward`: leaves the whole gradient of the head's own states, where a training step has no need of it. */
  completeStateGradients(): void;
}

export type HeadMaker = (encoder: SourceEncoder) => Head;
