/** Answers `explore`: decodes scenes, and says what the decoder made of each. */

import { outputTokens } from '../../data/corpus.ts';
import { EOS, SPECIAL_TOKENS, type Vocabulary } from '../../data/vocabulary.ts';
import { familyOf } from '../../model/config.ts';
import { candidatesOf, entropyOf } from '../candidates.ts';
import type { Token } from '../protocol.ts';
import type { Answer, Explored, Question, Scene } from '../questions.ts';
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
export async function explore(
  decoder: SceneDecoder,
  { scenes, wantsLogits = false }: Question<'explore'>,
): Promise<Answer<'explore'>> {
  const decoded = await decoder.decode(scenes, EXPLORED_TENSORS);
  return {
    step: decoded[0]?.step ?? decoder.run.trainer.step,
    scenes: decoded.map((own, i) => {
      const explored = describeScene(decoder, own, scenes[i] as Scene);
      return wantsLogits ? { ...explored, logits: own.matrix('logits', explored.candidates.length) } : explored;
    }),
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
  const outputs = outputTokens(corpus);
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
    candidates: Array.from({ length: positions }, (_, t) =>
      candidatesOf(
        decoded.at('logits', t),
        outputs,
        familyOf(corpus.task) === 'classifier' ? outputs.length : CANDIDATES,
      ),
    ),
    entropies: Array.from({ length: positions }, (_, t) => entropyOf(decoded.at('logits', t))),
  };
}

const tokensOf = (words: readonly string[], vocabulary: Vocabulary): Token[] =>
  words.map((text) => ({
    text,
    isUnknown: (SPECIAL_TOKENS as readonly string[]).includes(text) || !vocabulary.has(text),
  }));
