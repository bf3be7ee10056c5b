/** Answers `explore`: decodes scenes, and says what the decoder made of each. */

import { EOS, SPECIAL_TOKENS, type Vocabulary } from '../../data/vocabulary.ts';
import type { Token } from '../protocol.ts';
import type { Answer, Candidate, Explored, Question, Scene } from '../questions.ts';
import type { DecodedScene, SceneDecoder } from './scene-decoder.ts';
import { forcedId } from './scene-inputs.ts';

/** Likeliest words told of a target position. */
const CANDIDATES = 6;

/** The tensors that `describeScene` reads. */
export const EXPLORED_TENSORS = [
  'decoder.predicted',
  'decoder.probabilities',
  'logits',
  'attention.weights',
] as const satisfies readonly string[];

/** @throws as `checkScene`, before anything is decoded */
export async function explore(decoder: SceneDecoder, { scenes }: Question<'explore'>): Promise<Answer<'explore'>> {
  const decoded = await decoder.decode(scenes, EXPLORED_TENSORS);
  return {
    step: decoded[0]?.step ?? decoder.run.trainer.step,
    scenes: decoded.map((own, i) => describeScene(decoder, own, scenes[i] as Scene)),
  };
}

/** What the decoder made of a scene. */
export function describeScene({ run }: SceneDecoder, decoded: DecodedScene, scene: Scene): Explored {
  const { corpus, targetLength } = run;
  const { sourceVocabulary, targetVocabulary, hasEndSymbol } = corpus;
  const words: string[] = [];
  const probabilities: number[] = [];
  let hasEnded = false;
  for (let t = 0; t < targetLength && !hasEnded; t++) {
    const forced = forcedId(scene, t, corpus);
    const id = forced ?? (decoded.at('decoder.predicted', t)[0] as number);
    hasEnded = hasEndSymbol && id === EOS;
    if (hasEnded) break;
    words.push(scene.words[t] ?? (targetVocabulary.tokens[id] as string));
    probabilities.push(decoded.at('decoder.probabilities', t)[forced === null ? 0 : 1] as number);
  }
  const positions = words.length + (hasEnded ? 1 : 0);
  const hasAttention = decoded.has('attention.weights');
  return {
    translation: {
      source: tokensOf(scene.source, sourceVocabulary),
      target: tokensOf(words, targetVocabulary),
      targetText: corpus.joinTarget(words),
      probabilities: Float32Array.from(probabilities),
      weights: hasAttention
        ? decoded.matrix('attention.weights', words.length, scene.source.length).data
        : new Float32Array(0),
      isComplete: hasEnded || !hasEndSymbol,
    },
    candidates: Array.from({ length: positions }, (_, t) => candidatesOf(decoded.at('logits', t), targetVocabulary)),
    entropies: Array.from({ length: positions }, (_, t) => entropyOf(decoded.at('logits', t))),
  };
}

const tokensOf = (words: readonly string[], vocabulary: Vocabulary): Token[] =>
  words.map((text) => ({
    text,
    isUnknown: (SPECIAL_TOKENS as readonly string[]).includes(text) || !vocabulary.has(text),
  }));

/** The likeliest tokens by the softmax of logits [V], likeliest first; of equals the first in the vocabulary. */
export function candidatesOf(logits: ArrayLike<number>, { tokens }: Pick<Vocabulary, 'tokens'>): Candidate[] {
  const best: number[] = [];
  for (let id = 0; id < logits.length; id++) {
    const logit = logits[id] as number;
    if (best.length === CANDIDATES && logit <= (logits[best[CANDIDATES - 1] as number] as number)) continue;
    const at = best.findIndex((other) => (logits[other] as number) < logit);
    best.splice(at < 0 ? best.length : at, 0, id);
    if (best.length > CANDIDATES) best.pop();
  }
  const maximum = logits[best[0] as number] as number;
  let total = 0;
  for (let id = 0; id < logits.length; id++) total += Math.exp((logits[id] as number) - maximum);
  return best.map((id) => ({
    token: tokens[id] as string,
    probability: Math.exp((logits[id] as number) - maximum) / total,
  }));
}

/** −Σ p log p of the softmax of logits [V], nats. */
export function entropyOf(logits: ArrayLike<number>): number {
  let maximum = Number.NEGATIVE_INFINITY;
  for (let id = 0; id < logits.length; id++) maximum = Math.max(maximum, logits[id] as number);
  let [total, weighted] = [0, 0];
  for (let id = 0; id < logits.length; id++) {
    const shifted = (logits[id] as number) - maximum;
    total += Math.exp(shifted);
    weighted += Math.exp(shifted) * shifted;
  }
  return Math.log(total) - weighted / total;
}
