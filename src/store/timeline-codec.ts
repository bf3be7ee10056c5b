/** One moment of a run, packed: attention and probabilities as 16-bit fixed point, words and candidates by reference to what moments share. */

import type { DecodingMode, Token, Translation } from '../training/protocol.ts';
import type { Candidate } from '../training/questions.ts';
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
  'decidingWord',
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
/** Bytes of packed candidates beside their numbers: an object, a typed array with its buffer. */
const CANDIDATES_BYTES = 260;
/** Bytes of a string beside its characters, with its place in a list and in a map. */
const WORD_BYTES = 64;
/** Words that 16 bits tell apart; of the largest, no word. */
const NO_WORD = 65_535;

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

/** The likeliest words at the target positions of a translation, shared by the moments up to the next that has them. */
export interface PackedCandidates {
  readonly step: number;
  readonly wording: Wording;
  /** Candidates of each position; NO_WORD fills up where there are fewer. */
  readonly count: number;
  /** For each position and candidate the place of its word in `words` and its probability. */
  readonly record: Uint16Array<ArrayBuffer>;
  /** Of the table, which only grows. */
  readonly words: readonly string[];
  readonly bytes: number;
}

/** The likeliest words as they were known at a moment. */
export interface PastCandidates {
  /** When they were computed: at the moment or before. */
  readonly step: number;
  /** The translation that they belong to. */
  readonly target: readonly Token[];
  readonly candidates: readonly (readonly Candidate[])[];
}

/** What is kept of a step. */
export interface Moment {
  readonly step: number;
  readonly mode: DecodingMode;
  readonly wordings: readonly Wording[];
  /** The newest of each translation up to this step; null where there were none. */
  readonly candidates: readonly (PackedCandidates | null)[];
  /** Meters as float32, then for each wording its probabilities [T] and weights [T, S]. */
  readonly record: Uint16Array<ArrayBuffer>;
  readonly bytes: number;
}

/** 0 to 1 as 16 bits; NaN, as after a divergence, as 0. */
export const toFixed16 = (value: number): number => (value > 0 ? Math.min(ONE, Math.round(value * ONE)) : 0);
export const fromFixed16 = (value: number): number => value / ONE;

/**
 * What moments share and is stored once. Its size is counted, and what no moment has any more can be swept out, but for the
 * words of candidates, which are at most those of the vocabulary.
 */
export class WordingTable {
  #wordings = new Map<string, Wording>();
  #candidates = new Set<PackedCandidates>();
  #words: string[] = [];
  #places = new Map<string, number>();
  #bytes = 0;

  /** Bytes of everything in it. */
  get bytes(): number {
    return this.#bytes;
  }

  /** The likeliest words of a translation that came with them. */
  pack(step: number, translation: Translation): PackedCandidates | null {
    const { candidates } = translation;
    if (!candidates) return null;
    const count = Math.max(0, ...candidates.map(({ length }) => length));
    const record = new Uint16Array(candidates.length * count * 2);
    candidates.forEach((list, position) => {
      for (let rank = 0; rank < count; rank++) {
        const at = 2 * (position * count + rank);
        record[at] = rank < list.length ? this.#place(list[rank].token) : NO_WORD;
        record[at + 1] = toFixed16(list[rank]?.probability ?? 0);
      }
    });
    const bytes = CANDIDATES_BYTES + record.byteLength;
    const packed = { step, wording: this.of(translation), count, record, words: this.#words, bytes };
    this.#candidates.add(packed);
    this.#bytes += bytes;
    return packed;
  }

  #place(word: string): number {
    const known = this.#places.get(word);
    if (known !== undefined) return known;
    if (this.#words.length === NO_WORD) return NO_WORD;
    this.#places.set(word, this.#words.length);
    this.#bytes += WORD_BYTES + CHARACTER_BYTES * word.length;
    return this.#words.push(word) - 1;
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
    const usedCandidates = new Set<PackedCandidates>();
    for (const { wordings, candidates } of moments) {
      for (const wording of wordings) used.add(wording);
      for (const packed of candidates) {
        if (!packed) continue;
        usedCandidates.add(packed);
        used.add(packed.wording);
      }
    }
    for (const packed of this.#candidates) {
      if (usedCandidates.has(packed)) continue;
      this.#candidates.delete(packed);
      this.#bytes -= packed.bytes;
    }
    for (const [name, wording] of this.#wordings) {
      if (used.has(wording)) continue;
      this.#wordings.delete(name);
      this.#bytes -= wording.bytes;
    }
  }

  clear(): void {
    this.#wordings.clear();
    this.#candidates.clear();
    this.#words = [];
    this.#places.clear();
    this.#bytes = 0;
  }
}

/** Packs the translations of a step. One that came without candidates has those of the moment before. */
export function packMoment(
  table: WordingTable,
  step: number,
  mode: DecodingMode,
  translations: readonly Translation[],
  meters: Meters,
  before?: Moment,
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
  const former = before?.mode === mode ? before : undefined;
  const candidates = translations.map((translation, i) => {
    const place = former ? former.wordings.findIndex(({ key }) => key === wordings[i].key) : -1;
    return table.pack(step, translation) ?? former?.candidates[place] ?? null;
  });
  const bytes = MOMENT_BYTES + record.byteLength + 2 * POINTER_BYTES * wordings.length;
  return { step, mode, wordings, candidates, record, bytes };
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

/** The likeliest words for a sentence as they were last known at a moment; null where they weren't. */
export function candidatesAt({ wordings, candidates }: Moment, key: string): PastCandidates | null {
  const packed = candidates[wordings.findIndex((wording) => wording.key === key)];
  if (!packed) return null;
  const { step, wording, count, record, words } = packed;
  const lists = Array.from({ length: count === 0 ? 0 : record.length / (2 * count) }, (_, position) =>
    Array.from({ length: count }, (_unused, rank) => {
      const at = 2 * (position * count + rank);
      return { token: words[record[at]], probability: fromFixed16(record[at + 1]) };
    }).filter(({ token }) => token !== undefined),
  );
  return { step, target: wording.target, candidates: lists };
}

/** The figures as they stood at a moment. */
export function metersOf({ record }: Moment): Meters {
  const head = new Float32Array(record.buffer, 0, METERS.length);
  return Object.fromEntries(METERS.map((name, i) => [name, head[i]])) as Record<MeterName, number>;
}

export const hasSentence = (moment: Moment, key: string): boolean =>
  moment.wordings.some((wording) => wording.key === key);
