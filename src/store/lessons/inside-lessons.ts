/** Lessons that look inside a trained model, and change it. */

import * as goals from './goals.ts';
import { lesson } from './lesson.ts';

const LEARN = { marks: ['train'], goals: { train: goals.trained } } as const;

export const openACell = lesson({
  fits: goals.canBeLookedInto,
  cards: {
    learn: LEARN,
    pin: { marks: ['heatmap'], goals: { dark: goals.darkCellPinned } },
    score: { marks: ['panel-cell'], goals: { open: goals.panelOpen('cell') } },
    pale: { marks: ['heatmap'], goals: { pale: goals.paleCellPinned } },
    backward: { marks: ['panel-cell'], goals: { backward: goals.backwardOpen } },
    check: { marks: ['panel-cell'], goals: { check: goals.gradientsChecked } },
  },
});

export const editAttention = lesson({
  fits: goals.canBeLookedInto,
  cards: {
    learn: LEARN,
    open: { marks: ['panel-what-if'], goals: { open: goals.panelOpen('what-if') } },
    uniform: { marks: ['panel-what-if'], goals: { row: goals.rowEdited } },
    change: { marks: ['heatmap', 'translation'], goals: { word: goals.wordChanged } },
    undo: { marks: ['panel-what-if'], goals: { undo: goals.editsUndone } },
    source: { marks: ['panel-what-if'], goals: { source: goals.sourceChanged } },
    off: { marks: ['panel-what-if'], goals: { off: goals.attentionOff } },
  },
});

export const notExplanation = lesson({
  fits: goals.canBeLookedInto,
  cards: {
    learn: LEARN,
    compare: { marks: ['panel-explains'], goals: { open: goals.measuresCompared } },
    disagree: { marks: ['heatmap'], goals: { pin: goals.wordPinned } },
    same: { marks: ['panel-what-if', 'heatmap'], goals: { same: goals.wordKept } },
    other: { marks: ['panel-what-if', 'heatmap'], goals: { other: goals.wordChanged } },
  },
});

/** Until the model without the use of attention writes most words right. */
const MISTAKEN_STEPS = 150;

export const commonMistake = lesson({
  fits: ({ run }) => run.run?.config.placement === 'too-late',
  cards: {
    alive: { marks: ['train', 'heatmap'], goals: { train: goals.stepsPlaced('too-late', MISTAKEN_STEPS) } },
    edit: { marks: ['panel-what-if'], goals: { same: goals.keptTooLate } },
    why: { marks: ['schematic'], goals: {} },
    fix: { marks: ['settings'], goals: { placement: goals.placementIs('before'), train: goals.trained } },
    again: { marks: ['panel-what-if'], goals: { change: goals.changedBefore } },
  },
});

export const machineRoom = lesson({
  fits: goals.hasAttention,
  cards: {
    open: { marks: ['panel-machine'], goals: { open: goals.stepProfiled } },
    launch: { marks: ['panel-machine'], goals: { launch: goals.launchChosen } },
    stage: { marks: ['schematic', 'panel-machine'], goals: { stage: goals.stageChosen } },
    fused: { marks: ['panel-machine'], goals: { table: goals.launchTable, unfused: goals.unfused } },
    slow: { marks: ['pace', 'train', 'schematic'], goals: { slow: goals.inSlowMotion } },
    fast: { marks: ['pace'], goals: { fast: goals.flatOut } },
  },
});
