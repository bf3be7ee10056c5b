/** The type of a language's lessons: every card and goal of a lesson has its words, and nothing else has. */

import type { LessonId } from '../../../store/lessons/catalogue.ts';
import type { LESSON_SPECS } from '../../../store/lessons/specs.ts';

/**
 * The words of one card. Paragraphs know three marks: `**a control**` as it is written on the page, `*a term*`, and `` `a formula` ``.
 */
export interface CardText<Goal extends string = string> {
  readonly title: string;
  readonly paragraphs: readonly string[];
  /** What to do, one sentence a goal. */
  readonly goals: Readonly<Record<Goal, string>>;
}

type Cards<Id extends LessonId> = (typeof LESSON_SPECS)[Id]['cards'];

export interface LessonText<Id extends LessonId = LessonId> {
  readonly title: string;
  readonly cards: {
    readonly [Card in keyof Cards<Id>]: Cards<Id>[Card] extends { readonly goals: infer Goals }
      ? CardText<Extract<keyof Goals, string>>
      : never;
  };
}

export type LessonTexts = { readonly [Id in LessonId]: LessonText<Id> };
