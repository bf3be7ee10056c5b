/** Encoder of the reader: convolutions over a picture, whose last feature map are the annotations (`MODEL.md`, Reader). */

import { ShapeError } from '../lib/errors.ts';
import { cellCount, type PictureSize } from '../lib/picture-cells.ts';
import { CONVOLUTION_TAPS } from '../ops/conv-patches.ts';
import { PIXEL_CHANNELS } from '../ops/pixels.ts';
import { rowsOf, type View } from '../ops/view.ts';
import type { EncoderGradients, SourceEncoder } from './encoder.ts';
import type { Network } from './network.ts';
import { annotationSizeOf, convolutionsOf } from './parameters.ts';

interface Layer {
  readonly name: string;
  readonly step: number;
  /** Input [H·W·B, C], its patches [Q·B, 9 C] and what comes out [Q·B, C']. */
  readonly x: View;
  readonly size: PictureSize;
  readonly patches: View;
  readonly y: View;
}

export class PictureEncoder implements SourceEncoder {
  readonly source: View;
  readonly lengths: View;
  readonly annotations: View;
  /** The mean annotation [B, De], which starts both states of the decoder. */
  readonly finalH: readonly View[];
  readonly finalC: readonly View[];
  readonly #layers: Layer[] = [];
  readonly #meanWeights: View;
  readonly #features: View;
  readonly #salt: number;

  constructor(private readonly net: Network) {
    const { builder, shape, size } = net;
    const { batch: B, sourceLength: S } = size;
    const picture = pictureOf(net);
    this.source = builder.tensor('source', S * B, 1, 'u32', 'input');
    this.lengths = builder.tensor('sourceLengths', B, 1, 'u32', 'input');
    builder.at('embed');
    let x = net.local('encoder.pixels', picture.height * picture.width * B, PIXEL_CHANNELS);
    builder.call('pixels.forward', { source: this.source, x }, { ...picture });

    builder.at('encode');
    let sides = picture;
    convolutionsOf(shape).forEach(({ name, step, output }, i, all) => {
      const after = { height: Math.ceil(sides.height / step), width: Math.ceil(sides.width / step) };
      const rows = after.height * after.width * B;
      const isLast = i === all.length - 1;
      const y = isLast && !net.options.hasDropout ? this.#annotationSlots : net.local(name, rows, output);
      const layer = {
        name,
        step,
        x,
        size: sides,
        patches: net.local(`${name}.patches`, rows, CONVOLUTION_TAPS * x.columns),
        y,
      };
      this.#forward(layer, isLast);
      this.#layers.push(layer);
      x = y;
      sides = after;
    });
    this.#features = x;
    this.#salt = net.nextSalt();
    this.annotations = this.#annotationSlots;
    if (net.options.hasDropout)
      builder.call(
        'dropout.forward',
        { x, values: net.values, counters: net.counters, y: this.annotations },
        { salt: this.#salt },
      );

    // Weights that are all the same: the mean is what uniform attention looks at.
    const scores = net.local('encoder.mean.scores', B, S);
    this.#meanWeights = net.local('encoder.mean.weights', B, S);
    const mean = net.local('encoder.mean', B, annotationSizeOf(shape));
    const { lengths, annotations } = this;
    builder.call('score.zero.forward', { scores });
    builder.call('softmax.forward', { lengths, scores, weights: this.#meanWeights });
    builder.call('context.forward', { lengths, weights: this.#meanWeights, annotations, context: mean });
    this.finalH = [mean];
    this.finalC = [mean];
  }

  /** Annotations lie in slots 1 to S, as those of the LSTM encoder do, so that whoever reads h_j finds it in one place. */
  get #annotationSlots(): View {
    return this.#slots('encoder.h');
  }

  #slots(name: string): View {
    const { batch: B, sourceLength: S } = this.net.size;
    const layer = this.net.shape.layers - 1;
    const all = this.net.local(`${name}.l${layer}`, (S + 2) * B, annotationSizeOf(this.net.shape));
    return rowsOf(all, B, S * B);
  }

  /** The last layer bends with tanh, so that annotations are between -1 and 1 as the states of an LSTM are. */
  #forward({ name, step, x, size, patches, y }: Layer, isLast: boolean): void {
    const { net } = this;
    const before = net.local(`${name}.before`, y.rows, y.columns);
    net.builder.call('conv-patches.forward', { x, y: patches }, { ...size, step });
    net.linear(`${name}.weight`, [patches], before, `${name}.bias`);
    net.builder.call(isLast ? 'tanh.forward' : 'relu.forward', { x: before, y });
  }

  startBackward(): EncoderGradients {
    const { net } = this;
    const { batch: B } = net.size;
    const De = annotationSizeOf(net.shape);
    const [dH, dC] = [net.local('encoder.dMean.h', B, De), net.local('encoder.dMean.c', B, De)];
    const annotations = this.#slots('encoder.dH');
    net.zero(annotations, dH);
    return { annotations, finalH: [dH], finalC: [dC] };
  }

  backward(): void {
    const { net } = this;
    const { builder } = net;
    const { batch: B, sourceLength: S } = net.size;
    const De = annotationSizeOf(net.shape);
    const { lengths, annotations } = this;
    const dAnnotations = this.#slots('encoder.dH');
    builder.at('encode', 'backward');
    for (const name of ['encoder.dMean.h', 'encoder.dMean.c'])
      builder.call('context.backward', {
        lengths,
        weights: this.#meanWeights,
        annotations,
        dContext: net.local(name, B, De),
        dWeights: net.local('encoder.mean.dWeights', B, S),
        dAnnotations,
      });
    let dY = net.dropoutBackward(dAnnotations, 'encoder.dFeatures', this.#salt);
    for (let i = this.#layers.length - 1; i >= 0; i--) dY = this.#backward(i, dY);
  }

  /** From dY of a layer to its weights, and to what it reads where that is wanted: the pixels only for a look at gradients. */
  #backward(index: number, dY: View): View {
    const { net } = this;
    const { name, step, x, size, patches, y } = this.#layers[index] as Layer;
    const dBefore = net.local(`${name}.dBefore`, y.rows, y.columns);
    const isLast = index === this.#layers.length - 1;
    const value = isLast ? this.#features : y;
    net.builder.call(isLast ? 'tanh.backward' : 'relu.backward', { y: value, dY, dX: dBefore });
    net.linearBackwardWeights(`${name}.weight`, dBefore, [patches], `${name}.bias`);
    if (index === 0 && !net.options.keepsAttentionGradients) return dBefore;
    const dPatches = net.local(`${name}.dPatches`, patches.rows, patches.columns);
    net.linearBackwardInput(`${name}.weight`, 0, dBefore, dPatches, false);
    const dX = net.local(index === 0 ? 'encoder.dPixels' : `${this.#layers[index - 1]?.name}.d`, x.rows, x.columns);
    net.builder.call('conv-patches.backward', { dY: dPatches, dX }, { ...size, step });
    return dX;
  }

  /** Nothing flows between annotations: dH holds all of dL/dh_j after `backward`. */
  completeStateGradients(): void {}
}

/** @throws ShapeError where a reader has no picture, or one of other cells than S */
function pictureOf({ shape, size }: Network): PictureSize {
  const { picture } = shape;
  if (!picture || cellCount(picture) !== size.sourceLength)
    throw new ShapeError(
      `reader: expected pictures of S=${size.sourceLength} cells, got ${picture ? cellCount(picture) : 'none'}`,
    );
  return picture;
}
