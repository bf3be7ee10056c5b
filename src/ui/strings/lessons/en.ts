/** English: all lessons, and the words around them. */

import type { Strings } from '../strings.ts';
import { enFirstLessons } from './en-first.ts';
import { enInsideLessons } from './en-inside.ts';
import type { LessonTexts } from './lesson-texts.ts';
import type { LessonWords } from './lesson-words.ts';

export const enLessonTexts = (strings: Strings): LessonTexts => ({
  ...enFirstLessons(strings),
  ...enInsideLessons(strings),
});

export const enLessonWords: LessonWords = {
  list: {
    title: 'Lessons',
    intro: 'A few minutes each, on the model in this page. The page checks the goals by itself.',
    cards: (count) => `${count} cards`,
    at: (card, count) => `card ${card} of ${count}`,
    done: 'done',
    open: 'open',
  },
  card: {
    region: (lesson) => `Lesson: ${lesson}`,
    place: (card, count) => `${card} of ${count}`,
    goals: 'Do this',
    reached: (goal) => `Done: ${goal}`,
    allReached: 'All goals of this card are reached.',
    isReached: 'done',
    back: 'Back',
    next: 'Next',
    skip: 'Skip',
    finish: 'Finish',
    leave: 'Leave the lesson',
    fold: 'Fold the card',
    unfold: 'Unfold the card',
    show: 'Show me where',
    setUp: 'Set up again',
    setUpHint: 'Opens the model that this lesson starts with',
  },
  share: {
    title: 'Link for a class',
    open: 'Make a link for a class',
    back: 'Back to the lessons',
    intro: 'The link opens this page as it is now, without the parts that you leave out here.',
    lesson: 'Opens the lesson',
    noLesson: 'none',
    hide: 'Leave out',
    groups: { bar: 'Top bar', stage: 'Stage', sides: 'Left and right', drawer: 'Below' },
    parts: {
      task: 'Choice of task',
      train: 'Training controls',
      share: 'Copy link',
      schematic: 'Schematic of the model',
      sentence: 'Sentence box and probes',
      pairs: 'Task and sample pairs',
      meters: 'Curves',
      drawer: 'All panels',
    },
    preview: 'Preview of the page',
    hiddenParts: (names) => `Left out: ${names.join(', ')}.`,
    nothingHidden: 'Nothing is left out.',
    link: 'The link',
    copy: 'Copy',
    copied: 'Copied',
    notCopied: 'The browser did not allow copying; the link is selected instead.',
  },
};
