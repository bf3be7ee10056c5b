/** The encoder of a model: over words, or over a picture. */

import { Encoder, type EncoderOptions, type SourceEncoder } from './encoder.ts';
import type { Network } from './network.ts';
import { PictureEncoder } from './picture-encoder.ts';

/** @throws ShapeError for a reader without a picture of S cells */
export const createEncoder = (net: Network, options: EncoderOptions = {}): SourceEncoder =>
  net.shape.kind === 'reader' ? new PictureEncoder(net) : new Encoder(net, options);
