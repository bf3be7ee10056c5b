/** English: the panel that changes the sentence on the stage. */

import type { Preset } from '../../store/attention-row.ts';
import type { ModelPart } from '../../training/questions.ts';

export interface WhatIfStrings {
  readonly undo: string;
  readonly redo: string;
  readonly reset: string;
  readonly resetHint: string;
  /** Beside the heatmap, while it shows edits. */
  readonly edited: string;
  /** In the readout's place, while the heatmap can be edited. */
  readonly dragHint: string;
  readonly backToUntouched: string;
  /** Behind the label of an edited row. */
  readonly editedRow: string;
  /** On a word that came of the edits. */
  readonly changedWord: string;
  readonly source: {
    readonly title: string;
    readonly hint: string;
    readonly word: (place: number) => string;
    readonly remove: (word: string) => string;
    readonly giveBack: (word: string) => string;
    readonly last: string;
    readonly unknown: (words: readonly string[]) => string;
  };
  readonly rows: {
    readonly title: string;
    readonly hint: string;
    readonly which: string;
    readonly pinned: (word: string) => string;
    readonly noPin: string;
    readonly all: string;
    readonly presets: Readonly<Record<Preset, string>>;
    readonly presetHints: Readonly<Record<Preset, string>>;
    readonly oneHot: (word: string) => string;
    readonly letGo: string;
    readonly noAttention: string;
    readonly off: string;
  };
  readonly parts: {
    readonly title: string;
    readonly names: Readonly<Record<ModelPart, string>>;
    readonly hints: Readonly<Record<ModelPart, string>>;
    /** Share of the attention that padding takes. */
    readonly leak: (share: string) => string;
    readonly temperature: string;
    readonly temperatureHint: string;
    readonly temperatureOne: string;
  };
  readonly result: {
    readonly title: string;
    readonly caption: string;
    readonly untouched: string;
    readonly edited: string;
    /** Row of the words that could stand there instead. */
    readonly others: string;
    readonly pick: (word: string, position: number, probability: string) => string;
    readonly letGo: (word: string, position: number) => string;
    readonly fix: string;
    readonly fixUpTo: (words: string) => string;
    readonly fixHint: string;
    readonly change: (before: string, after: string) => string;
    readonly bound: (value: string) => string;
    readonly changeOf: (word: string, before: string, after: string) => string;
    readonly same: string;
    readonly changed: (count: number) => string;
    readonly plainHeatmap: string;
    readonly plainHeatmapLabel: (source: string, target: string) => string;
  };
}

export const enWhatIf: WhatIfStrings = {
  undo: 'Undo',
  redo: 'Redo',
  reset: 'Reset edits',
  resetHint: 'Take all edits away; undo brings them back',
  edited: 'edited',
  dragHint: 'Drag a cell up or down, or across its row; or press + and − on it, then Enter.',
  backToUntouched: 'Back to untouched',
  editedRow: 'attention edited',
  changedWord: 'changed by your edits',
  source: {
    title: 'Source words',
    hint: 'Type another word, or remove one.',
    word: (place) => `Source word ${place}`,
    remove: (word) => `Remove ‘${word}’`,
    giveBack: (word) => `Bring ‘${word}’ back`,
    last: 'The last word stays.',
    unknown: (words) => `The model has never read ${words.map((word) => `‘${word}’`).join(', ')}.`,
  },
  rows: {
    title: 'Attention',
    hint: 'Drag in the heatmap, or set whole rows.',
    which: 'Rows to set',
    pinned: (word) => `row ‘${word}’`,
    noPin: 'Pin a cell to set one row only.',
    all: 'all rows',
    presets: {
      uniform: 'Uniform',
      'one-hot': 'One word',
      left: '← One left',
      right: 'One right →',
      reverse: 'Reverse',
      permute: 'Shuffle',
    },
    presetHints: {
      uniform: 'Look at all words alike',
      'one-hot': 'Look at the pinned word and nowhere else',
      left: 'Every weight goes to the word on its left',
      right: 'Every weight goes to the word on its right',
      reverse: 'The same weights, from the other end',
      permute: 'The same weights in a random order; each press draws another',
    },
    oneHot: (word) => `Only ‘${word}’`,
    letGo: 'Model’s own',
    noAttention: 'This model has no attention to edit. Words and parts can still be changed.',
    off: 'Attention is switched off: edited weights have no effect until it is on again.',
  },
  parts: {
    title: 'Parts of the model',
    names: {
      attention: 'Attention',
      forward: 'Encoder, left to right',
      backward: 'Encoder, right to left',
      inputFeeding: 'Input feeding',
      paddingMask: 'Padding mask',
    },
    hints: {
      attention: 'Off: every context is zero, so the decoder writes from its own state alone',
      forward: 'Off: the states of this direction are zero',
      backward: 'Off: the states of this direction are zero',
      inputFeeding: 'Off: the decoder’s LSTM does not read the context, only the readout does',
      paddingMask: 'Off: the empty places behind the sentence share in the softmax, as where a mask was forgotten',
    },
    leak: (share) => `${share} of the attention falls on padding, which the heatmap leaves out.`,
    temperature: 'Attention temperature',
    temperatureHint: 'Scores are divided by it before the softmax: low is sharp, high is flat',
    temperatureOne: 'Back to 1',
  },
  result: {
    title: 'Translation',
    caption: 'The untouched translation, the edited one, and the words that could stand in each place',
    untouched: 'Untouched',
    edited: 'Edited',
    others: 'Pick another',
    pick: (word, position, probability) => `Put ‘${word}’ in place ${position}, probability ${probability}`,
    letGo: (word, position) => `Let the model choose instead of ‘${word}’ in place ${position}`,
    fix: 'Fix to here',
    fixUpTo: (words) => `Fix the words up to here: ${words}`,
    fixHint: 'Keeps the words up to here, whatever else you change',
    change: (before, after) => `${before} → ${after}`,
    bound: (value) => `<\u202f${value}`,
    changeOf: (word, before, after) => `${word} ${before} → ${after}`,
    same: 'The words stay the same.',
    changed: (count) => `${count} ${count === 1 ? 'word' : 'words'} changed.`,
    plainHeatmap: 'Untouched attention',
    plainHeatmapLabel: (source, target) => `Untouched attention from ${source} to ${target}`,
  },
};
