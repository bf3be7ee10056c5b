/** One moment of a run, packed: attention and probabilities as 16-bit fixed point, words by reference to shared lists. */

import type { DecodingMode, Token, Translation } from '../training/protocol.ts';
import { type Shown, sentenceKey } from './frame-store.ts';

/** The figures of a moment: those of the newest training step, then those of the newest held-out evaluation. */
export const METERS = [
  'loss',
  'tokenAccuracy',
  'gradientNorm',
  'learningRate',
  'stepsPerSecond',
  'tokensPerSecond',
  'heldOutLoss',
  'heldOutTokenAccuracy',
  'exactMatch',
  'bleu',
  'alignmentError',
  'attentionEntropy',
] as const;
export type MeterName = (typeof METERS)[number];
/** NaN where a figure was not known. */
export type Meters = Readonly<Record<MeterName, number>>;

/** 1 in fixed point. A number from 0 to 1 comes back with an error of at most half of its inverse. */
export const ONE = 65_535;
/** 16-bit places that the meters take at the head of a record, as float32. */
const HEAD = 2 * METERS.length;

/** Bytes of a moment beside its numbers: two objects, a typed array with its buffer, a list. Measured, rounded up. */
export const MOMENT_BYTES = 400;
const POINTER_BYTES = 8;
/** Bytes of an entry of a table: object, lists, place in the map. */
const ENTRY_BYTES = 240;
const CHARACTER_BYTES = 2;

/** The words of one translation, shared by all moments that have them. */
export interface Wording {
  /** Of the sentence, as in the frame store. */
  readonly key: string;
  readonly source: readonly Token[];
  readonly reference: Translation['reference'];
  readonly target: readonly Token[];
  readonly targetText: string;
  readonly isComplete: boolean;
  readonly hasWeights: boolean;
  readonly bytes: number;
}

/** What is kept of a step. */
export interface Moment {
  readonly step: number;
  readonly mode: DecodingMode;
  readonly wordings: readonly Wording[];
  /** Meters as float32, then for each wording its probabilities [T] and weights [T, S]. */
  readonly record: Uint16Array<ArrayBuffer>;
  readonly bytes: number;
}

/** 0 to 1 as 16 bits; NaN, as after a divergence, as 0. */
export const toFixed16 = (value: number): number => (value > 0 ? Math.min(ONE, Math.round(value * ONE)) : 0);
export const fromFixed16 = (value: number): number => value / ONE;

/** Word lists that are stored once. Its size is counted, and what no moment has any more can be swept out. */
export class WordingTable {
  #wordings = new Map<string, Wording>();
  #bytes = 0;

  /** Bytes of all lists. */
  get bytes(): number {
    return this.#bytes;
  }

  /** The shared words of a translation. */
  of(translation: Translation): Wording {
    const { source, target, targetText, reference, isComplete, weights } = translation;
    const key = sentenceKey(source);
    const hasWeights = weights.length > 0;
    const name = [key, reference?.text ?? '', sentenceKey(target), isComplete, hasWeights].join('\u001e');
    const known = this.#wordings.get(name);
    if (known) return known;
    const tokens = source.length + target.length + (reference?.target.length ?? 0);
    const characters = 2 * name.length + key.length + targetText.length;
    const bytes = ENTRY_BYTES + CHARACTER_BYTES * characters + tokens * (2 * POINTER_BYTES + 32);
    const wording = { key, source, reference, target, targetText, isComplete, hasWeights, bytes };
    this.#wordings.set(name, wording);
    this.#bytes += bytes;
    return wording;
  }

  /** Forgets what none of these moments has. */
  sweep(moments: readonly Moment[]): void {
    const used = new Set<Wording>();
    for (const { wordings } of moments) for (const wording of wordings) used.add(wording);
    for (const [name, wording] of this.#wordings) {
      if (used.has(wording)) continue;
      this.#wordings.delete(name);
      this.#bytes -= wording.bytes;
    }
  }

  clear(): void {
    this.#wordings.clear();
    this.#bytes = 0;
  }
}

/** Packs the translations of a step. */
export function packMoment(
  table: WordingTable,
  step: number,
  mode: DecodingMode,
  translations: readonly Translation[],
  meters: Meters,
): Moment {
  const wordings = translations.map((translation) => table.of(translation));
  const length = translations.reduce(
    (sum, { probabilities, weights }) => sum + probabilities.length + weights.length,
    HEAD,
  );
  const record = new Uint16Array(length);
  const head = new Float32Array(record.buffer, 0, METERS.length);
  METERS.forEach((name, i) => {
    head[i] = meters[name];
  });
  let at = HEAD;
  for (const { probabilities, weights } of translations) {
    for (let i = 0; i < probabilities.length; i++) record[at++] = toFixed16(probabilities[i]);
    for (let i = 0; i < weights.length; i++) record[at++] = toFixed16(weights[i]);
  }
  const bytes = MOMENT_BYTES + record.byteLength + POINTER_BYTES * wordings.length;
  return { step, mode, wordings, record, bytes };
}

/** The translations of a moment by their sentence. */
export function unpackMoment({ step, wordings, record }: Moment): ReadonlyMap<string, Shown> {
  const shown = new Map<string, Shown>();
  let at = HEAD;
  const take = (count: number): Float32Array => {
    const values = new Float32Array(count);
    for (let i = 0; i < count; i++) values[i] = fromFixed16(record[at++]);
    return values;
  };
  for (const { key, source, reference, target, targetText, isComplete, hasWeights } of wordings) {
    const probabilities = take(target.length);
    const weights = take(hasWeights ? target.length * source.length : 0);
    const translation = { source, target, targetText, probabilities, weights, isComplete };
    shown.set(key, { key, step, translation: reference ? { ...translation, reference } : translation });
  }
  return shown;
}

/** The figures as they stood at a moment. */
export function metersOf({ record }: Moment): Meters {
  const head = new Float32Array(record.buffer, 0, METERS.length);
  return Object.fromEntries(METERS.map((name, i) => [name, head[i]])) as Record<MeterName, number>;
}

export const hasSentence = (moment: Moment, key: string): boolean =>
  moment.wordings.some((wording) => wording.key === key);
