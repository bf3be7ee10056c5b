/** Sizes of dL/dh at every state, from the tensors of a backward pass. */

import type { Backward, Matrix } from '../../training/questions.ts';

/** One line of a picture: a norm for each word; 0 where no gradient arrives. */
export interface FlowSeries {
  readonly direction: 'forward' | 'backward';
  readonly norms: readonly number[];
}

/** Euclidean norm of the columns `from` to `to` of each of the rows 1 to `count`: position t lies in row t+1. */
function norms({ columns, data }: Matrix, count: number, from = 0, to = columns): number[] {
  return Array.from({ length: count }, (_, t) => {
    const row = (t + 1) * columns;
    return Math.hypot(...data.subarray(row + from, row + to));
  });
}

/** Layers of the encoder, counted by their tensors. */
export const layersOf = ({ tensors }: Pick<Backward, 'tensors'>): number =>
  Object.keys(tensors).filter((name) => name.startsWith('encoder.dH.')).length;

/** ‖dL/dh_j‖ of one layer, each direction by itself. */
export function encoderFlow({ tensors, source }: Pick<Backward, 'tensors' | 'source'>, layer: number): FlowSeries[] {
  const dH = tensors[`encoder.dH.l${layer}`];
  if (!dH) return [];
  const isBidirectional = `encoder.gates.l${layer}_reverse` in tensors;
  const half = isBidirectional ? dH.columns / 2 : dH.columns;
  return [
    { direction: 'forward', norms: norms(dH, source.length, 0, half) },
    ...(isBidirectional ? [{ direction: 'backward' as const, norms: norms(dH, source.length, half, dH.columns) }] : []),
  ];
}

/** ‖dL/ds_t‖. */
export function decoderFlow({ tensors, target }: Pick<Backward, 'tensors' | 'target'>): FlowSeries[] {
  const dH = tensors['decoder.dH'];
  return dH ? [{ direction: 'forward', norms: norms(dH, target.length) }] : [];
}

/** Largest over smallest norm of any series, the one where they differ most; null where nothing arrives. */
export function flowFactor(series: readonly FlowSeries[]): number | null {
  const factors = series.flatMap(({ norms: all }) => {
    const arrived = all.filter((norm) => norm > 0);
    return arrived.length === 0 ? [] : [Math.max(...arrived) / Math.min(...arrived)];
  });
  return factors.length === 0 ? null : Math.max(...factors);
}

/** Whole powers of ten around all norms, at least two of them; null where nothing arrives. */
export function decades(series: readonly FlowSeries[]): readonly [low: number, high: number] | null {
  const arrived = series.flatMap(({ norms: all }) => all.filter((norm) => norm > 0));
  if (arrived.length === 0) return null;
  const low = Math.floor(Math.log10(Math.min(...arrived)));
  return [low, Math.max(low + 1, Math.ceil(Math.log10(Math.max(...arrived))))];
}
