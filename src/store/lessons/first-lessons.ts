/** Lessons for whoever sees attention for the first time: what it is, what for, how it is scored, how it comes about. */

import * as goals from './goals.ts';
import { lesson, type Page } from './lesson.ts';

const runsTask =
  (...tasks: readonly string[]) =>
  ({ run }: Page): boolean =>
    tasks.includes(run.run?.config.task ?? '');

export const whatAttentionIs = lesson({
  fits: (page) => runsTask('numbers')(page) && goals.hasAttention(page),
  cards: {
    learn: { marks: ['train'], goals: { train: goals.trained } },
    read: { marks: ['heatmap'], goals: { pin: goals.cellPinned } },
    rows: { marks: ['switches'], goals: { numbers: goals.numbersPrinted } },
    ribbons: { marks: ['switches'], goals: { ribbons: goals.ribbonsDrawn } },
    own: { marks: ['sentence'], goals: { own: goals.ownSentence } },
    name: { marks: [], goals: {} },
  },
});

/** Enough for the model with attention to be right on most of what it trains on, and too few for the one without. */
const BOTTLENECK_STEPS = 200;

export const bottleneck = lesson({
  fits: (page) => runsTask('reverse')(page) && page.run.run?.config.score === 'none',
  cards: {
    vector: { marks: ['train', 'schematic'], goals: { train: goals.stepsWith('none', BOTTLENECK_STEPS) } },
    long: { marks: ['sentence'], goals: { long: goals.longSentence(12) } },
    score: { marks: ['settings'], goals: { attends: goals.attends } },
    again: { marks: ['train'], goals: { train: goals.stepsAttending(BOTTLENECK_STEPS) } },
    see: { marks: ['heatmap'], goals: { pin: goals.cellPinned } },
    paper: { marks: [], goals: {} },
  },
});

/** By then a model with a score of its own has learned Numbers. */
const UNIFORM_STEPS = 150;

export const scores = lesson({
  fits: runsTask('numbers'),
  cards: {
    uniform: { marks: ['settings'], goals: { score: goals.scoreIs('uniform') } },
    flat: { marks: ['train', 'heatmap'], goals: { train: goals.stepsWith('uniform', UNIFORM_STEPS) } },
    dot: { marks: ['settings'], goals: { score: goals.scoreIs('dot'), train: goals.trainedWith('dot') } },
    general: { marks: ['settings'], goals: { score: goals.scoreIs('general'), train: goals.trainedWith('general') } },
    additive: {
      marks: ['settings'],
      goals: { score: goals.scoreIs('additive'), train: goals.trainedWith('additive') },
    },
    choice: { marks: [], goals: {} },
  },
});

export const watchItLearn = lesson({
  fits: goals.hasAttention,
  cards: {
    start: { marks: ['reset'], goals: { reset: goals.atFirstStep } },
    learn: { marks: ['train'], goals: { train: goals.trained } },
    back: { marks: ['time'], goals: { first: goals.atFirstMoment } },
    play: { marks: ['time', 'heatmap'], goals: { play: goals.playing } },
    keep: { marks: ['time'], goals: { keep: goals.momentKept, compare: goals.momentsCompared } },
    live: { marks: ['time'], goals: { live: goals.live } },
  },
});
