/** Scenes as the inputs of an exploration program. */

import type { Corpus } from '../../data/corpus.ts';
import { BOS, PAD } from '../../data/vocabulary.ts';
import type { TensorData } from '../../engine/executor.ts';
import type { Program } from '../../engine/program.ts';
import { ConfigError, SentenceError, ShapeError } from '../../lib/errors.ts';
import { SWITCHES, switchName } from '../../model/interventions.ts';
import type { BatchShape } from '../../model/network.ts';
import { FREE_TOKEN } from '../../ops/choose-token.ts';
import type { Scene } from '../questions.ts';

/** Largest factor of the scores, so that a temperature near 0 gives no infinity. */
const MAX_INVERSE_TEMPERATURE = 1e30;

/** Positions up to the last one that holds something. */
const lengthOf = (list: readonly unknown[]): number => list.findLastIndex((entry) => entry != null) + 1;

/**
 * Checks a scene against the longest sentence and translation that fit.
 * @throws SentenceError for a source without words, and for a source, a prefix or edited rows that are too long; ConfigError for a
 * temperature that is not above 0; ShapeError for a row that is shorter than the source, or not of weights
 */
export function checkScene(scene: Scene, { sourceLength, targetLength }: Omit<BatchShape, 'batch'>): void {
  const { source, words, attention, temperature } = scene;
  if (source.length === 0) throw new SentenceError('empty', 'the sentence has no words');
  if (source.length > sourceLength)
    throw new SentenceError('too-long', `the sentence has ${source.length} tokens, at most ${sourceLength} tokens fit`);
  const given = Math.max(lengthOf(words), lengthOf(attention));
  if (given > targetLength)
    throw new SentenceError('too-long', `the translation has ${given} tokens, at most ${targetLength} tokens fit`);
  if (!(temperature > 0)) throw new ConfigError('temperature', `temperature: expected above 0, got ${temperature}`);
  attention.forEach((row, t) => {
    if (!row) return;
    if (row.length < source.length || row.length > sourceLength)
      throw new ShapeError(
        `attention of target position ${t}: expected ${source.length} to ${sourceLength} weights, got ${row.length}`,
      );
    const wrong = row.find((weight) => !(weight >= 0 && Number.isFinite(weight)));
    if (wrong !== undefined)
      throw new ShapeError(`attention of target position ${t}: expected weights of 0 or more, got ${wrong}`);
  });
}

/** The id that a scene forces at a target position; null where the decoder is free. */
export function forcedId({ words }: Scene, t: number, { targetVocabulary }: Corpus): number | null {
  const word = words[t];
  return word == null ? null : targetVocabulary.id(word);
}

/**
 * All inputs of an exploration program of B rows for up to B checked scenes; rows without one decode a sentence of padding.
 */
export function sceneInputs(
  program: Program,
  { batch: B, sourceLength: S, targetLength: T }: BatchShape,
  corpus: Corpus,
  scenes: readonly Scene[],
): Record<string, TensorData> {
  const source = new Uint32Array(S * B).fill(PAD);
  const sourceLengths = new Uint32Array(B).fill(1);
  const scoredLengths = new Uint32Array(B).fill(1);
  const attendedLengths = new Uint32Array(B).fill(1);
  const targetIn = new Uint32Array(T * B).fill(FREE_TOKEN, B).fill(BOS, 0, B);
  const targetOut = new Uint32Array(T * B).fill(PAD);
  const inverseTemperature = new Float32Array(B).fill(1);
  const forcedWeights = new Float32Array(T * B * S);
  const isForced = new Uint32Array(T * B);
  const switches = SWITCHES.map((part) => {
    const factors = new Float32Array(B).fill(1);
    for (const [row, { off }] of scenes.entries()) factors[row] = off[part] ? 0 : 1;
    return [switchName(part), factors] as const;
  });
  for (const [row, scene] of scenes.entries()) {
    const length = scene.source.length;
    for (const [j, token] of scene.source.entries()) source[j * B + row] = corpus.sourceVocabulary.id(token);
    sourceLengths[row] = length;
    const scored = scene.off.paddingMask ? S : length;
    scoredLengths[row] = scored;
    attendedLengths[row] = Math.max(scored, ...scene.attention.map((weights) => weights?.length ?? 0));
    inverseTemperature[row] = Math.min(1 / scene.temperature, MAX_INVERSE_TEMPERATURE);
    for (let t = 0; t < T; t++) {
      const id = forcedId(scene, t, corpus);
      if (id !== null) targetOut[t * B + row] = id;
      if (id !== null && t + 1 < T) targetIn[(t + 1) * B + row] = id;
      const weights = scene.attention[t];
      if (!weights) continue;
      isForced[t * B + row] = 1;
      forcedWeights.set(weights, (t * B + row) * S);
    }
  }
  const all = {
    source,
    sourceLengths,
    scoredLengths,
    attendedLengths,
    targetIn,
    targetOut,
    inverseTemperature,
    forcedWeights,
    isForced,
    ...Object.fromEntries(switches),
  };
  // Some belong to attention, or to a second direction.
  return Object.fromEntries(Object.entries(all).filter(([name]) => program.tensors.has(name)));
}
