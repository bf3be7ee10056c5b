/** English: the lessons that look inside a trained model, and change it. */

import type { Strings } from '../strings.ts';
import type { LessonTexts } from './lesson-texts.ts';

type Inside = Pick<
  LessonTexts,
  'open-a-cell' | 'edit-attention' | 'not-explanation' | 'common-mistake' | 'machine-room'
>;

export const enInsideLessons = ({ header, drawer, cell, whatIf, machine, settings }: Strings): Inside => {
  const { panels } = drawer;
  const learn = {
    title: 'A model worth looking into',
    goals: { train: `Press **${header.train}** until it is right on 90\u00a0% of the held-out sentences.` },
  };
  return {
    'open-a-cell': {
      title: 'Open a cell',
      cards: {
        learn: {
          ...learn,
          paragraphs: ['Before training, all weights are nearly alike, and there is little to open.'],
        },
        pin: {
          title: 'One number',
          paragraphs: [
            'Every cell of the heatmap is one number between 0 and 1. Where does it come from? Take one that matters.',
          ],
          goals: { dark: 'Pin a dark cell: click it, or press Enter on it.' },
        },
        score: {
          title: 'From words to a score',
          paragraphs: [
            'The panel computes the cell before your eyes, with the model’s own numbers. First the *score*: for an additive model, each unit takes `tanh` of what the two words bring along, times its own `v`. The bars are the units that decided.',
            'Then the *softmax*: `e` to the power of each score, as a share of the row’s sum.',
          ],
          goals: { open: `Open **${panels.cell}** below, if it is not open yet.` },
        },
        pale: {
          title: 'And a pale one',
          paragraphs: [
            'Why is its neighbour pale? Because its score is lower by a few units, and the exponential makes much of a small difference: 3 less is 20 times less.',
          ],
          goals: { pale: 'Pin a pale cell of the same row, and compare the two scores.' },
        },
        backward: {
          title: 'The way back',
          paragraphs: [
            'Training sends a gradient back through the same row: from the loss to each weight `α`, from there to the scores, and on to the parameters. A row’s gradients at the scores add up to 0: who gains, takes from the others.',
          ],
          goals: { backward: `Choose **${cell.views.backward}** in the panel.` },
        },
        check: {
          title: 'Do not believe it',
          paragraphs: [
            'Move a parameter a little to both sides and see how the loss changes: that is what a gradient claims to know. The page does it in float64, for parameters drawn at random.',
          ],
          goals: { check: `Press **${cell.backward.check}**, and read the relative errors.` },
        },
      },
    },
    'edit-attention': {
      title: 'Edit attention',
      cards: {
        learn: {
          ...learn,
          paragraphs: ['You are going to move a trained model’s gaze by hand, and see what it says then.'],
        },
        open: {
          title: 'What if?',
          paragraphs: [
            'The panel has the untouched translation and yours, one above the other. While it is open, cells of the heatmap can be dragged.',
          ],
          goals: { open: `Open **${panels['what-if']}** below.` },
        },
        uniform: {
          title: 'Look at all alike',
          paragraphs: [
            'Drag a cell up or down: the rest of its row makes room, since a row adds up to 1. Or set whole rows at one press. From the first changed row on, the decoder writes again.',
          ],
          goals: { row: `Change a row: press **${whatIf.rows.presets.uniform}** or drag a cell.` },
        },
        change: {
          title: 'Make it say something else',
          paragraphs: [
            'Words that change are marked, with their probability before and after. Some hardly care, because the words before them say enough. Others follow the gaze at once.',
          ],
          goals: {
            word: `Change rows until a word changes. **${whatIf.rows.presets.reverse}** on all rows is a strong means.`,
          },
        },
        undo: {
          title: 'Take it back',
          paragraphs: ['Every edit can be undone, one by one or all at once.'],
          goals: { undo: `Press **${whatIf.undo}** until nothing is edited, or **${whatIf.reset}**.` },
        },
        source: {
          title: 'Change what there is to see',
          paragraphs: [
            'Instead of the gaze, change the sentence: remove a word, or type another in its place. Does only its own part of the translation change?',
          ],
          goals: { source: `Remove or replace one of the ${whatIf.source.title.toLowerCase()}.` },
        },
        off: {
          title: 'Close its eyes',
          paragraphs: [
            'With attention switched off, every context is zero. What is left comes from the decoder’s own state: often a fluent number, and the wrong one.',
          ],
          goals: { off: `Under ${whatIf.parts.title}, switch **${whatIf.parts.names.attention}** off.` },
        },
      },
    },
    'not-explanation': {
      title: 'Attention is not explanation',
      cards: {
        learn: {
          ...learn,
          paragraphs: ['The heatmap looks like a reason: “it wrote this because it looked there”. Is it one?'],
        },
        compare: {
          title: 'Three witnesses',
          paragraphs: [
            'Ask in two other ways what mattered: the gradient times the input, and erasure, which leaves a word out and sees how much less likely the translation becomes. If attention explained, all three would agree.',
          ],
          goals: { open: `Open **${panels.explains}** below.` },
        },
        disagree: {
          title: 'Where they disagree',
          paragraphs: [
            '*Kendall’s τ* is 1 for the same order and 0 for no relation. An LSTM carries what it has read along, so a state stands for more than its own word, and attention often sits one place beside what counts.',
          ],
          goals: { pin: 'Find a row where the pictures differ, and pin a word or a cell of it.' },
        },
        same: {
          title: 'Another gaze, the same words',
          paragraphs: [
            'Jain and Wallace (2019) shuffled attention weights and often found the same answer. If other weights do as well, they argue, these are not *the* explanation.',
          ],
          goals: {
            same: `In **${panels['what-if']}**, change the weights of a row so that every word stays as it is.`,
          },
        },
        other: {
          title: 'But not every gaze will do',
          paragraphs: [
            'Wiegreffe and Pinter (2019) answered: that some other weights do as well does not make these meaningless, and it depends on what you call an explanation. In translation, much changes when content words lose their place.',
            'So read a heatmap as what the model used, and be slow to read it as why.',
          ],
          goals: { other: 'Change rows until a word changes.' },
        },
      },
    },
    'common-mistake': {
      title: 'The common mistake',
      cards: {
        alive: {
          title: 'It looks alive',
          paragraphs: [
            'This model computes attention from the decoder’s states, like the others, and the page draws it. Only one thing is wrong with it, and neither the loss nor the heatmap says what.',
          ],
          goals: { train: `Press **${header.train}** and let it make 150 steps.` },
        },
        edit: {
          title: 'Pull at it',
          paragraphs: [
            'If the weights had a part in the words, other weights would give other words somewhere. Do the worst to them.',
          ],
          goals: {
            same: `Open **${panels['what-if']}** and press **${whatIf.rows.presets.reverse}** on all rows: the words stay.`,
          },
        },
        why: {
          title: 'Too late',
          paragraphs: [
            'The attention is computed when the words are written already, and its context goes nowhere. No gradient comes back through it: its parameters stay as they were drawn, to the last bit.',
            'Such a model trains, and its picture can look like something, because the states that it compares are good. It is an easy mistake to make, and a hard one to notice.',
          ],
          goals: {},
        },
        fix: {
          title: 'In time',
          paragraphs: [
            'Bahdanau et al. (2015) attend before each word: the context enters the decoder’s step and its readout, so the loss can say where to look.',
          ],
          goals: {
            placement: `In the settings, under **${settings.fields.placement.label}**, choose **${settings.options.before}**.`,
            train: `Press **${header.train}** until 90\u00a0% are right.`,
          },
        },
        again: {
          title: 'Pull again',
          paragraphs: [
            'This is the test for any attention that you meet: change the weights, and see whether anything else changes.',
          ],
          goals: { change: 'Change the weights of all rows again, and see the words follow.' },
        },
      },
    },
    'machine-room': {
      title: 'Inside the machine room',
      cards: {
        open: {
          title: 'One training step',
          paragraphs: [
            'Forward, backward, update: a training step is a fixed list of launches of small programs. The page runs one on a copy of the weights and times each launch.',
          ],
          goals: { open: `Open **${panels.machine}** below, and wait for the measurement.` },
        },
        launch: {
          title: 'One launch',
          paragraphs: [
            'Each block of the time line is a launch, as wide as its time. It opens to its formula, its shapes, its arithmetic and bytes; on a GPU to the WGSL text that ran as well.',
          ],
          goals: { launch: 'Choose a launch: click a block, or walk along the line with the arrow keys.' },
        },
        stage: {
          title: 'From the map to the kernel',
          paragraphs: [
            'Every box of the schematic knows its launches. What share of the step is the score, for instance, and what the encoder?',
          ],
          goals: {
            stage: `Choose a box above and press **${machine.kernels}**, or choose a ${machine.stage.toLowerCase()} in the panel.`,
          },
        },
        fused: {
          title: 'Fewer, larger launches',
          paragraphs: [
            'A launch costs time of its own, whatever it computes. So many small operations share one. How many are there, and how much of the device’s roofline do they reach?',
            'On a GPU you can take them apart again and see what that costs.',
          ],
          goals: {
            table: `Choose **${machine.table}** to see all of them with their figures.`,
            unfused: `Choose **${machine.unfused}**, and compare the whole step.`,
          },
        },
        slow: {
          title: 'In slow motion',
          paragraphs: [
            'The same step at the speed of reading: the schematic glows where the step is, first to the right, then back.',
          ],
          goals: { slow: `Set the speed to **${header.paces['slow-motion']}** and press **${header.train}**.` },
        },
        fast: {
          title: 'And flat out',
          paragraphs: ['Hundreds of times a second, the same list of launches; nothing in it is made anew.'],
          goals: { fast: `Set the speed back to **${header.paces.full}**, and let it make a step.` },
        },
      },
    },
  };
};
