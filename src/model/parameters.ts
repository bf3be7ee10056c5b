/** The parameters of a model: PyTorch names and shapes (`MODEL.md`), their place in one flat tensor, and their seeded start. */

import { ShapeError } from '../lib/errors.ts';
import type { PictureSize } from '../lib/picture-cells.ts';
import type { Random } from '../lib/random.ts';
import type { View } from '../ops/view.ts';
import type { Family, Placement, ScoreKind } from './config.ts';

/** Sizes of a model, with the letters of `MODEL.md` in their comments. */
export interface ModelShape {
  readonly kind: Family;
  readonly sourceVocabulary: number;
  /** Target vocabulary V of a translator, classes of a classifier. */
  readonly outputs: number;
  /** E */
  readonly embedding: number;
  /** H, per direction */
  readonly hidden: number;
  readonly layers: number;
  readonly bidirectional: boolean;
  /** Hd */
  readonly decoderHidden: number;
  /** A */
  readonly attention: number;
  /** R */
  readonly readout: number;
  readonly score: ScoreKind;
  readonly placement: Placement;
  /** What a reader reads. */
  readonly picture?: PictureSize;
}

export interface ParameterSpec {
  readonly name: string;
  /** One, two, or for a convolution four dimensions. */
  readonly shape: readonly number[];
  /** False for `bias_hh`, which PyTorch has and `MODEL.md` exports as zeros. */
  readonly isTrained: boolean;
}

/** De: annotation size; a reader has no directions. */
export const annotationSizeOf = (shape: ModelShape): number =>
  (shape.bidirectional && shape.kind !== 'reader' ? 2 : 1) * shape.hidden;

/** Layers of a reader that halve both sides of the picture, so that a place of what they leave is a cell. */
const HALVING_LAYERS = 2;
/** Grey and two coordinates. */
const PIXEL_CHANNELS = 3;
const KERNEL = 3;

/** A 3×3 convolution with padding 1. */
export interface Convolution {
  readonly name: string;
  readonly input: number;
  readonly output: number;
  /** Stride, of both sides. */
  readonly step: number;
}

/** The convolutions of a reader: two that halve the picture, H/4 and H/2 channels, and `layers` of H channels over the cells. */
export function convolutionsOf({ hidden: H, layers }: Pick<ModelShape, 'hidden' | 'layers'>): Convolution[] {
  const channels = [PIXEL_CHANNELS, Math.ceil(H / 4), Math.ceil(H / 2), ...Array.from({ length: layers }, () => H)];
  return channels.slice(1).map((output, i) => ({
    name: `encoder.conv.${i}`,
    input: channels[i] as number,
    output,
    step: i < HALVING_LAYERS ? 2 : 1,
  }));
}

/** Suffixes of the encoder's directions in PyTorch's names. */
export const directionsOf = (shape: ModelShape): readonly string[] => (shape.bidirectional ? ['', '_reverse'] : ['']);

function lstm(prefix: string, suffix: string, input: number, hidden: number): ParameterSpec[] {
  return [
    { name: `${prefix}.weight_ih_${suffix}`, shape: [4 * hidden, input], isTrained: true },
    { name: `${prefix}.weight_hh_${suffix}`, shape: [4 * hidden, hidden], isTrained: true },
    { name: `${prefix}.bias_ih_${suffix}`, shape: [4 * hidden], isTrained: true },
    { name: `${prefix}.bias_hh_${suffix}`, shape: [4 * hidden], isTrained: false },
  ];
}

function linear(name: string, out: number, input: number): ParameterSpec[] {
  return [
    { name: `${name}.weight`, shape: [out, input], isTrained: true },
    { name: `${name}.bias`, shape: [out], isTrained: true },
  ];
}

function attention(shape: ModelShape): ParameterSpec[] {
  const De = annotationSizeOf(shape);
  const { decoderHidden: Hd, attention: A } = shape;
  const spec = (name: string, ...dims: number[]): ParameterSpec => ({
    name: `attention.${name}`,
    shape: dims,
    isTrained: true,
  });
  switch (shape.score) {
    case 'additive':
      return [spec('b', A), spec('v', A), spec('W.weight', A, De), spec('U.weight', A, Hd)];
    case 'linear-concat':
      return [spec('b', 1), spec('W.weight', 1, De), spec('U.weight', 1, Hd)];
    case 'general':
      return [spec('W.weight', Hd, De)];
    default:
      return [];
  }
}

/** All parameters in the order of `MODEL.md`. @throws ShapeError when a dot score meets sizes that differ */
export function parameterSpecs(shape: ModelShape): ParameterSpec[] {
  const De = annotationSizeOf(shape);
  const { embedding: E, hidden: H, decoderHidden: Hd, readout: R, outputs: V } = shape;
  if ((shape.score === 'dot' || shape.score === 'scaled-dot') && De !== Hd)
    throw new ShapeError(`attention: the ${shape.score} score expected Hd = De = ${De}, got ${Hd}`);
  const isTranslator = shape.kind !== 'classifier';
  const convolutions = convolutionsOf(shape).flatMap(({ name, input, output }) => [
    { name: `${name}.weight`, shape: [output, input, KERNEL, KERNEL], isTrained: true },
    { name: `${name}.bias`, shape: [output], isTrained: true },
  ]);
  const words = [
    { name: 'encoder.embedding.weight', shape: [shape.sourceVocabulary, E], isTrained: true },
    ...Array.from({ length: shape.layers }, (_, layer) =>
      directionsOf(shape).flatMap((suffix) => lstm('encoder.lstm', `l${layer}${suffix}`, layer === 0 ? E : De, H)),
    ).flat(),
  ];
  return [
    ...(shape.kind === 'reader' ? convolutions : words),
    ...linear('bridge.h', Hd, De),
    ...(isTranslator ? linear('bridge.c', Hd, De) : []),
    ...(isTranslator ? [{ name: 'decoder.embedding.weight', shape: [V, E], isTrained: true }] : []),
    ...(isTranslator ? lstm('decoder.lstm', 'l0', E + De, Hd) : []),
    ...attention(shape),
    ...linear('readout', R, Hd + De + (isTranslator ? E : 0)),
    ...linear('output', V, R),
  ];
}

/** Where each trained parameter lies in the flat tensors `parameters`, `gradients` and the optimizer's moments. */
export class ParameterLayout {
  readonly specs: readonly ParameterSpec[];
  /** Elements of all trained parameters. */
  readonly length: number;
  readonly #places = new Map<string, { offset: number; rows: number; columns: number }>();

  constructor(readonly shape: ModelShape) {
    this.specs = parameterSpecs(shape);
    let offset = 0;
    for (const { name, shape: dims, isTrained } of this.specs) {
      if (!isTrained) continue;
      const rows = dims.length === 1 ? 1 : (dims[0] as number);
      const columns = dims.slice(dims.length === 1 ? 0 : 1).reduce((product, size) => product * size, 1);
      this.#places.set(name, { offset, rows, columns });
      offset += rows * columns;
    }
    this.length = offset;
  }

  /** The view of a parameter in one of the flat tensors; a vector is one row, a convolution one row for each channel that it makes. @throws ShapeError for an unknown name */
  view(tensor: string, name: string): View {
    const place = this.#places.get(name);
    if (!place) throw new ShapeError(`${name}: no such trained parameter`);
    return { tensor, ...place, stride: place.columns };
  }

  /** The flat tensor from parameters by name. @throws ShapeError when one is missing or has another size */
  pack(values: Readonly<Record<string, ArrayLike<number>>>): Float64Array<ArrayBuffer> {
    const flat = new Float64Array(this.length);
    for (const [name, { offset, rows, columns }] of this.#places) {
      const data = values[name];
      if (data?.length !== rows * columns)
        throw new ShapeError(`${name}: expected ${rows * columns} values, got ${data ? data.length : 'none'}`);
      flat.set(data, offset);
    }
    return flat;
  }

  /** Parameters by name from the flat tensor, those that are not trained as zeros. */
  unpack(flat: ArrayLike<number>): Record<string, Float64Array<ArrayBuffer>> {
    const all = Float64Array.from(flat);
    return Object.fromEntries(
      this.specs.map(({ name, shape: dims }) => {
        const place = this.#places.get(name);
        const length = dims.reduce((product, size) => product * size, 1);
        return [name, place ? all.slice(place.offset, place.offset + length) : new Float64Array(length)];
      }),
    );
  }
}

/** An attention that comes too late is drawn last: the rest then starts as it does without attention. */
function inDrawingOrder({ specs, shape }: ParameterLayout): readonly ParameterSpec[] {
  if (shape.placement !== 'too-late') return specs;
  const isLate = ({ name }: ParameterSpec) => name.startsWith('attention.');
  return [...specs.filter((spec) => !isLate(spec)), ...specs.filter(isLate)];
}

/**
 * Seeded initial weights, rounded to float32 so that every executor starts from the same numbers. Matrices are uniform
 * with Glorot & Bengio 2010's bound √(6 / (in + out)), taken gate by gate for LSTMs; embeddings are normal with σ 0.1; biases
 * are 0, but 1 for the forget gates (Jozefowicz et al. 2015).
 */
export function initialParameters(layout: ParameterLayout, random: Random): Float64Array<ArrayBuffer> {
  const flat = new Float64Array(layout.length);
  for (const { name, shape: dims, isTrained } of inDrawingOrder(layout)) {
    if (!isTrained) continue;
    const { offset, rows, columns } = layout.view('parameters', name);
    const isLstm = name.includes('.lstm.');
    const out = isLstm ? rows / 4 : rows;
    const bound = Math.sqrt(6 / (out + columns));
    for (let i = 0; i < rows * columns; i++) {
      let value = 0;
      if (name.endsWith('embedding.weight')) value = 0.1 * random.normal();
      else if (name === 'attention.v' || dims.length > 1) value = bound * (2 * random.uniform() - 1);
      else if (isLstm && i >= columns / 4 && i < columns / 2) value = 1;
      flat[offset + i] = Math.fround(value);
    }
  }
  return flat;
}
