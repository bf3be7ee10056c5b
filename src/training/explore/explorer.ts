/** Answers the visitor's questions about the model of a run, on the run's own executor and weights. */

import type { Corpus } from '../../data/corpus.ts';
import type { Executor } from '../../engine/executor.ts';
import type { Answer, AskedQuestion, Question, QuestionKind } from '../questions.ts';
import type { Trainer } from '../trainer.ts';
import { answerAttributions } from './attributions.ts';
import { answerBackward } from './backward.ts';
import { BeamSearcher } from './beam.ts';
import { explore } from './explore.ts';
import { answerGradientCheck } from './gradient-check.ts';
import { GradientPlans } from './gradient-plans.ts';
import { readParameters } from './parameters.ts';
import { profile } from './profile.ts';
import { SceneDecoder } from './scene-decoder.ts';
import { trace } from './trace.ts';
import { vocabulary } from './vocabulary.ts';
import { WordMapper } from './word-map.ts';

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

/** Plans are made when they are first needed, and stay: asking again costs a run and a readback. */
export class Explorer {
  readonly #handlers: { readonly [K in QuestionKind]: Handler<K> };

  constructor(readonly run: Explored) {
    const beams = new BeamSearcher(run);
    const maps = new WordMapper(run);
    const scenes = new SceneDecoder(run);
    const gradients = new GradientPlans(run);
    this.#handlers = {
      backward: (question) => answerBackward(gradients, question),
      'gradient-check': (question) => answerGradientCheck(gradients, question),
      attributions: (question) => answerAttributions(gradients, question),
      explore: (question) => explore(scenes, question),
      trace: (question) => trace(scenes, question),
      parameters: (question) => readParameters(run, question),
      beam: (question) => beams.answer(question),
      vocabulary: (question) => vocabulary(run, question),
      'word-map': (question) => maps.answer(question),
      profile: (question) => profile(run, question),
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
