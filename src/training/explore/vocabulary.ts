/** Answers `vocabulary`: the words that can be read or written. */

import { SPECIAL_TOKENS } from '../../data/vocabulary.ts';
import type { Answer, Question } from '../questions.ts';
import type { Explored } from './explorer.ts';

export async function vocabulary(
  { corpus, trainer }: Pick<Explored, 'corpus' | 'trainer'>,
  { side }: Question<'vocabulary'>,
): Promise<Answer<'vocabulary'>> {
  const { tokens } = side === 'source' ? corpus.sourceVocabulary : corpus.targetVocabulary;
  return { step: trainer.step, tokens: tokens.slice(SPECIAL_TOKENS.length) };
}
