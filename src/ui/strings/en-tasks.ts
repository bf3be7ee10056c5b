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

const digitsTo = (language: string, how: string, attention: string): TaskText => ({
  name: `Numbers to ${language} words`,
  line: `Digits from 0 to 9,999 into ${language} number words${how}.`,
  attention,
});
const wordsTo = (language: string, attention: string): TaskText => ({
  name: `Number words, English to ${language}`,
  line: `English number words, up to nine thousand nine hundred ninety-nine, into ${language} ones.`,
  attention,
});

const longDate = (language: string, attention: string): TaskText => ({
  name: `Long dates, English to ${language}`,
  line: `Weekday, month, day, year and era, from 800 Before Christ to 2100, into ${language}.`,
  attention,
});
const messagesTo = (language: string, attention: string): TaskText => ({
  name: `Compiler messages, English to ${language}`,
  line: `Error messages of TypeScript with names filled in, into ${language} as its translators wrote them. The test part has messages never trained on.`,
  attention,
});
const blocksTo = (language: string, attention: string): TaskText => ({
  name: `Scratch blocks, English to ${language}`,
  line: `Texts of programming blocks with names and numbers filled in, into ${language} as its translators wrote them. The test part has blocks never trained on.`,
  attention,
});

export const enTasks: TaskStrings = {
  variant: 'Languages',
  own: 'Yours',
  groups: {
    language: 'Sentences',
    figures: 'Numbers and dates',
    sequences: 'Sequences',
    classes: 'One answer a sentence',
    pictures: 'Pictures',
  },
  names: {
    phrases: 'Phrases',
    messages: 'Compiler messages',
    blocks: 'Scratch blocks',
    numbers: 'Numbers',
    dates: 'Dates',
    'long-dates': 'Long dates',
    reverse: 'Reverse',
    copy: 'Copy',
    sort: 'Sort',
    negation: 'Polarity',
    actor: 'Who did it',
    plates: 'Handwriting',
    autoencode: 'Autoencode',
    denoise: 'Denoise',
  },
  variants: {
    phrases: 'English to French',
    'phrases-de': 'English to German',
    messages: 'English to French',
    'messages-ja': 'English to Japanese',
    blocks: 'English to German',
    'blocks-ja': 'English to Japanese',
    numbers: 'digits to French',
    'numbers-de': 'digits to German',
    'numbers-ar': 'digits to Arabic',
    'numbers-tr': 'digits to Turkish',
    'number-words': 'English to French',
    'number-words-de': 'English to German',
    'number-words-ar': 'English to Arabic',
    'number-words-tr': 'English to Turkish',
    dates: 'ISO',
    'long-dates': 'English to Japanese',
    'long-dates-hu': 'English to Hungarian',
    'long-dates-fr': 'English to French',
    reverse: 'letters',
    copy: 'letters',
    sort: 'letters',
    negation: 'English',
    actor: 'English',
    plates: 'digits',
    autoencode: 'English',
    denoise: 'English',
  },
  texts: {
    phrases: {
      name: 'Phrases, English to French',
      line: 'Short English sentences into French, from a written grammar with agreement, negation and pronouns.',
      attention:
        'Mostly a diagonal; it crosses where an adjective follows its noun and splits where negation wraps the verb.',
    },
    'phrases-de': {
      name: 'Phrases, English to German',
      line: 'Short English sentences into German, from a written grammar with four cases, and with verbs that go to the end.',
      attention:
        'A diagonal with one long jump: the verb that English says early comes last, behind everything that it governs.',
    },
    numbers: digitsTo(
      'French',
      ', with their seventies and nineties',
      'Digit by digit from the left; soixante-dix and its like need the digit after, too.',
    ),
    'numbers-de': digitsTo(
      'German',
      ', cut where their parts meet',
      'Digit by digit, with an X at the end: German says the ones before the tens, three hundred two and forty.',
    ),
    'numbers-ar': digitsTo(
      'Arabic',
      ', first word on top',
      'Digit by digit, with an X at the end: Arabic says the ones before the tens, joined by “and”.',
    ),
    'numbers-tr': digitsTo('Turkish', '', 'A staircase: each digit gives its word, then hundred or thousand.'),
    'number-words': wordsTo(
      'French',
      'Word by word along the diagonal; seventy and ninety spread over two or three French words.',
    ),
    'number-words-de': wordsTo(
      'German',
      'Along the diagonal, with an X at the end: the ones before the tens, and between them an “und” of no word.',
    ),
    'number-words-ar': wordsTo(
      'Arabic',
      'Along the diagonal, with an X at the end; two words, three hundred, become one.',
    ),
    'number-words-tr': wordsTo('Turkish', 'Almost a straight diagonal; “one” has no word before hundred and thousand.'),
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
    negation: {
      name: 'Polarity with negation',
      line: 'Does the sentence speak well of it? One class for a whole sentence, from “wasn’t at all dull” to “far from good”.',
      attention:
        'One row: the opinion of the main clause and what turns it round; an “although” clause does not count.',
    },
    actor: {
      name: 'Who did it',
      line: 'Several people are named, one of them did what the main clause says. Ten classes, one for each name.',
      attention: 'One row: the name of the one who did it, before an active verb, behind “by” after a passive one.',
    },
    plates: {
      name: 'Pictures of numbers',
      line: 'Handwritten numbers of three to six digits into digits, wherever they stand, however large: convolutions read the picture, and attention goes over it.',
      attention: 'From left to right over the picture, one digit after the other.',
    },
    'long-dates': longDate(
      'Japanese',
      'Turned round: era and year first, the weekday last, a flight of steps that rises from left to right.',
    ),
    'long-dates-hu': longDate(
      'Hungarian',
      'Turned round in blocks: era, year, then month and day in their own order, the weekday last.',
    ),
    'long-dates-fr': longDate('French', 'A diagonal with one X: French says the day before the month.'),
    messages: messagesTo(
      'French',
      'Names jump across: each quoted name looks at itself, the words around it at many at once.',
    ),
    'messages-ja': messagesTo(
      'Japanese',
      'The verb comes last: its row looks at the words between the names. Each quoted name looks at itself.',
    ),
    blocks: blocksTo('German', 'A diagonal with splits: the German verb wraps what is inserted, füge … ein.'),
    'blocks-ja': blocksTo(
      'Japanese',
      'Turned round: the list first, then the place, then what is inserted, the verb last.',
    ),
    autoencode: {
      name: 'Autoencode',
      line: 'An English sentence to itself through one vector: no attention, so everything has to fit into it.',
      attention:
        'None at first. Choose a score under Attention, and a straight diagonal appears within a few hundred steps.',
    },
    denoise: {
      name: 'Denoise',
      line: 'A damaged English sentence, with words swapped, lost or blotted out, to what it was. A lost word can only be guessed, so half of the sentences is the goal.',
      attention: 'A diagonal with an X where words were swapped; a blot is read through its neighbours.',
    },
    own: {
      name: 'Your own pairs',
      line: 'Sentence pairs that you brought.',
      attention: 'As your pairs have it.',
    },
  },
};
