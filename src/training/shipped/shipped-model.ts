/**
 * A trained model as it ships with the page, in one safetensors file: a checkpoint without the optimizer's state, its weights packed
 * (`packed-weights.ts`), its curves in few points, and an outline of the corpus that it was trained on.
 */

import type { CorpusOutline } from '../../data/outline.ts';
import { CheckpointFormatError } from '../../lib/errors.ts';
import { coarsen } from '../../lib/series.ts';
import { type Checkpoint, packCheckpoint, unpackCheckpoint } from '../checkpoint.ts';
import { decodeSafetensors, encodeSafetensors } from '../safetensors.ts';
import { packWeights, unpackWeights } from './packed-weights.ts';

/** What a visitor has to load, bytes. */
export const MAX_SHIPPED_BYTES = 400_000;
/** Set aside for all but the weights: header, vocabularies, outline and curves. */
const OTHER_BYTES = 36_000;
const CURVE_POINTS = 48;
const OUTLINE = 'heed_outline';

export interface ShippedModel {
  readonly checkpoint: Checkpoint;
  readonly outline: CorpusOutline;
}

/** The bytes of a model that is to ship. @throws RangeError where it is too large for that */
export function encodeShipped({ checkpoint, outline }: ShippedModel): Uint8Array<ArrayBuffer> {
  const { lastStep, means, series } = checkpoint.curves;
  // How fast the computer was that trained it says nothing about the visitor's.
  const told = Object.entries(series).filter(([name]) => !name.startsWith('rates.'));
  const { metadata, tensors } = packCheckpoint({
    ...checkpoint,
    moment1: null,
    moment2: null,
    pairs: null,
    curves: {
      lastStep,
      means,
      series: Object.fromEntries(told.map(([name, one]) => [name, coarsen(one, CURVE_POINTS)])),
    },
  });
  const packed = packWeights(checkpoint.parameters, MAX_SHIPPED_BYTES - OTHER_BYTES);
  const bytes = encodeSafetensors({
    metadata: { ...metadata, [OUTLINE]: JSON.stringify(outline) },
    tensors: { ...tensors, ...packed },
  });
  if (bytes.length > MAX_SHIPPED_BYTES)
    throw new RangeError(`shipped model: expected at most ${MAX_SHIPPED_BYTES} bytes, got ${bytes.length}`);
  return bytes;
}

/** Reads what `encodeShipped` wrote. @throws CheckpointFormatError for anything else */
export function decodeShipped(bytes: Uint8Array): ShippedModel {
  const { metadata, tensors } = decodeSafetensors(bytes);
  const checkpoint = unpackCheckpoint({ metadata, tensors: unpackWeights(tensors) });
  return { checkpoint, outline: readOutline(metadata[OUTLINE]) };
}

function readOutline(text: string | undefined): CorpusOutline {
  let outline: Partial<CorpusOutline> | null = null;
  try {
    outline = JSON.parse(text ?? '');
  } catch {}
  const { trainPairs, validationPairs, testPairs, limits, probes } = outline ?? {};
  const counts = [trainPairs, validationPairs, testPairs, limits?.maxSource, limits?.maxTarget];
  const isList = (value: unknown): boolean => Array.isArray(value) && value.length > 0;
  const areProbes = isList(probes) && probes?.every((pair) => isList(pair?.source) && isList(pair?.target));
  if (!counts.every((count) => Number.isSafeInteger(count) && (count as number) > 0) || !areProbes)
    throw new CheckpointFormatError('checkpoint: the outline of its corpus is missing');
  return outline as CorpusOutline;
}
