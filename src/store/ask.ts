/** Questions about the model as it stands, and which of them have been answered. */

import type { ReportedError } from '../lib/errors.ts';
import { RequestError, type TrainingClient } from '../training/client.ts';
import type { Answer, Question, QuestionKind } from '../training/questions.ts';
import type { AskedStore } from './session-stores.ts';

/** What came of a question: an answer, or why there is none. */
export type Answered<K extends QuestionKind> =
  | { readonly answer: Answer<K>; readonly error?: never }
  | { readonly answer?: never; readonly error: ReportedError };

export type Ask = <K extends QuestionKind>(kind: K, question: Question<K>) => Promise<Answered<K>>;

/** @param client the handle on the worker at the moment */
export const createAsk =
  (client: () => TrainingClient, asked: AskedStore): Ask =>
  async (kind, question) => {
    try {
      const answer = await client().ask(kind, question);
      asked.setState({ [kind]: question });
      return { answer };
    } catch (error) {
      if (!(error instanceof RequestError)) throw error;
      return { error: error.reported };
    }
  };
