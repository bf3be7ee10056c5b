/** English, the tasks: what each is, and what its attention should look like. */

import type { BuiltInTask, TaskGroup, TaskId, TaskName } from '../../model/tasks.ts';

export interface TaskText {
  readonly name: string;
  readonly line: string;
  /** What its attention should look like. */
  readonly attention: string;
}

export interface TaskStrings {
  readonly texts: Readonly<Record<TaskId, TaskText>>;
  /** Headings of the chooser. */
  readonly groups: Readonly<Record<TaskGroup, string>>;
  /** Short names in the chooser. */
  readonly names: Readonly<Record<TaskName, string>>;
  /** What sets the variants of a task apart, in the second choice. */
  readonly variants: Readonly<Record<BuiltInTask, string>>;
  /** The second choice. */
  readonly variant: string;
  /** Heading of the visitor's own pairs in the chooser. */
  readonly own: string;
}

export const enTasks: TaskStrings = {
  variant: 'Languages',
  own: 'Yours',
  groups: {
    language: 'Sentences',
    figures: 'Numbers and dates',
    sequences: 'Sequences',
  },
  names: {
    phrases: 'Phrases',
    numbers: 'Numbers',
    dates: 'Dates',
    reverse: 'Reverse',
    copy: 'Copy',
    sort: 'Sort',
  },
  variants: {
    phrases: 'French',
    numbers: 'digits to French',
    dates: 'ISO',
    reverse: 'letters',
    copy: 'letters',
    sort: 'letters',
  },
  texts: {
    phrases: {
      name: 'Phrases, English to French',
      line: 'Short English sentences into French, from a written grammar with agreement, negation and pronouns.',
      attention:
        'Mostly a diagonal; it crosses where an adjective follows its noun and splits where negation wraps the verb.',
    },
    numbers: {
      name: 'Numbers to French words',
      line: 'Digits from 0 to 9,999 into French number words, with their seventies and nineties.',
      attention: 'Digit by digit from the left; soixante-dix and its like need the digit after, too.',
    },
    dates: {
      name: 'Dates to ISO',
      line: 'Dates in twenty everyday formats into year-month-day, one character after the other.',
      attention: 'The year first, wherever it stands; then the month, spelled or in digits, and the day.',
    },
    reverse: {
      name: 'Reverse',
      line: 'Letters backwards: trained on 5 to 20 letters, tested on 5 to 40.',
      attention: 'One straight line from top right to bottom left. Without attention, long words are forgotten.',
    },
    copy: {
      name: 'Copy',
      line: 'The same letters again: trained on 5 to 20 letters, tested on 5 to 40.',
      attention: 'One straight diagonal: each letter looks at itself.',
    },
    sort: {
      name: 'Sort',
      line: 'Letters into alphabetical order: trained on 5 to 20 letters, tested on 5 to 40.',
      attention: 'One cell in each row, all over the map: the next letter of the alphabet, wherever it stands.',
    },
    own: {
      name: 'Your own pairs',
      line: 'Sentence pairs that you brought.',
      attention: 'As your pairs have it.',
    },
  },
};
