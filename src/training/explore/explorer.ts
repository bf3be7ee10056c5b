/** Answers the visitor's questions about the model of a run, on the run's own executor and weights. */

import type { Corpus } from '../../data/corpus.ts';
import type { Executor } from '../../engine/executor.ts';
import type { Answer, AskedQuestion, Question, QuestionKind } from '../questions.ts';
import type { Trainer } from '../trainer.ts';
import { readParameters } from './parameters.ts';
import { vocabulary } from './vocabulary.ts';

/** What an answer is made of. */
export interface Explored {
  readonly executor: Executor;
  readonly corpus: Corpus;
  readonly trainer: Trainer;
  /** Longest sentence that may be asked about, source tokens. */
  readonly sourceLength: number;
  /** Longest translation, target tokens with the end symbol. */
  readonly targetLength: number;
}

type Handler<K extends QuestionKind> = (question: Question<K>) => Promise<Answer<K>>;

/** Made by the first call, and again by the next one where that failed. */
function once<T>(make: () => Promise<T>): () => Promise<T> {
  let made: Promise<T> | null = null;
  return () => {
    made ??= make().catch((error) => {
      made = null;
      throw error;
    });
    return made;
  };
}

/**
 * Plans are made when they are first needed, and stay: asking again costs a run and a readback. What answers a kind of question is
 * loaded with the first of them.
 */
export class Explorer {
  readonly #handlers: { readonly [K in QuestionKind]: Handler<K> };

  constructor(readonly run: Explored) {
    const beams = once(async () => new (await import('./beam.ts')).BeamSearcher(run));
    const maps = once(async () => new (await import('./word-map.ts')).WordMapper(run));
    const scenes = once(async () => new (await import('./scene-decoder.ts')).SceneDecoder(run));
    const gradients = once(async () => new (await import('./gradient-plans.ts')).GradientPlans(run));
    this.#handlers = {
      backward: async (question) => (await import('./backward.ts')).answerBackward(await gradients(), question),
      'gradient-check': async (question) =>
        (await import('./gradient-check.ts')).answerGradientCheck(await gradients(), question),
      attributions: async (question) =>
        (await import('./attributions.ts')).answerAttributions(await gradients(), question),
      explore: async (question) => (await import('./explore.ts')).explore(await scenes(), question),
      trace: async (question) => (await import('./trace.ts')).trace(await scenes(), question),
      parameters: (question) => readParameters(run, question),
      beam: async (question) => (await beams()).answer(question),
      vocabulary: (question) => vocabulary(run, question),
      'word-map': async (question) => (await maps()).answer(question),
      profile: async (question) => (await import('./profile.ts')).profile(run, question),
      // Most visits take nothing away: what writes the files is loaded when it is wanted.
      'take-away': async (question) => (await import('../take-away/take-away.ts')).takeAway(run, question),
    };
  }

  /** @throws SentenceError for a sentence that does not fit */
  answer(question: AskedQuestion): Promise<Answer<QuestionKind>> {
    const handler = this.#handlers[question.kind] as Handler<QuestionKind>;
    return handler(question);
  }
}
