/** The words around the lessons: the list, the card's buttons, and links for a class. */

import type { HidablePart } from '../../../store/hidden.ts';

export interface LessonWords {
  readonly list: {
    readonly title: string;
    readonly intro: string;
    readonly cards: (count: number) => string;
    readonly at: (card: number, count: number) => string;
    readonly done: string;
    readonly open: string;
  };
  readonly card: {
    readonly region: (lesson: string) => string;
    readonly place: (card: number, count: number) => string;
    readonly goals: string;
    readonly reached: (goal: string) => string;
    readonly allReached: string;
    /** Behind a goal, for who does not see its mark. */
    readonly isReached: string;
    readonly back: string;
    readonly next: string;
    readonly skip: string;
    readonly finish: string;
    readonly leave: string;
    readonly fold: string;
    readonly unfold: string;
    readonly show: string;
    readonly setUp: string;
    readonly setUpHint: string;
  };
  readonly share: {
    readonly title: string;
    readonly open: string;
    readonly back: string;
    readonly intro: string;
    readonly lesson: string;
    readonly noLesson: string;
    readonly hide: string;
    readonly groups: { readonly bar: string; readonly stage: string; readonly sides: string; readonly drawer: string };
    /** Parts that have no name elsewhere on the page. */
    readonly parts: Readonly<Partial<Record<HidablePart, string>>>;
    readonly preview: string;
    readonly hiddenParts: (names: readonly string[]) => string;
    readonly nothingHidden: string;
    readonly link: string;
    readonly copy: string;
    readonly copied: string;
    readonly notCopied: string;
  };
}
