/** English: the common mistake, attention that comes too late. */

import type { LateChange } from '../../store/late-check.ts';

export interface TooLateStrings {
  readonly title: string;
  readonly why: string;
  readonly changes: Readonly<Record<LateChange, string>>;
  readonly back: string;
  /** In the place of the answer, before there is one. */
  readonly invitation: string;
  readonly same: (numbers: string, step: string) => string;
  readonly differs: (numbers: string, step: string) => string;
  readonly past: string;
}

export const enTooLate: TooLateStrings = {
  title: 'This attention comes too late',
  why: 'It is computed after every word has been written, and nothing reads its context: a common mistake. It draws a heatmap all the same. But no gradient reaches its parameters, so they never learn, and the words are those of a model without attention.',
  changes: { shuffle: 'Shuffle all rows', 'first-word': 'Look at the first word only' },
  back: 'The model’s own weights',
  invitation: 'Try it: change the weights, or drag a cell, and see whether the output notices.',
  same: (numbers, step) =>
    `The output with your weights and with the model’s own: the same to the last bit (${numbers} logits at step ${step}).`,
  differs: (numbers, step) => `The outputs differ in some of their ${numbers} logits at step ${step}.`,
  past: 'This is a moment of the past; its weights are gone. Go back to live to try it.',
};
