/** English, the reference part: terms, settings and the stages of the schematic. */

import { enTasks } from './en-tasks.ts';
import { decoderFormula, encoderFormula, scoreFormula, whereAttention } from './formulas.ts';
import type { Strings } from './strings.ts';
import { taskOptions } from './task-options.ts';

export const enReference: Pick<Strings, 'terms' | 'settings' | 'schematic'> = {
  terms: {
    alignmentError: {
      label: 'Alignment error',
      sentence: 'The share of strongest links that miss the gold alignment: 0 % when every word looks where it should.',
    },
    attention: {
      label: 'Attention',
      sentence: 'How much each output word draws on each input word while it is written; every row sums to 1.',
    },
    bleu: {
      label: 'BLEU',
      sentence: 'How many runs of one to four words the translations share with the references, from 0 to 1.',
    },
    decidingWord: {
      label: 'Looks at the deciding word',
      sentence: 'The share of held-out sentences whose largest weight is on a word that decides the class.',
    },
    dispatch: {
      label: 'Dispatch',
      sentence: 'One launch of a small program on the GPU; a training step is a fixed list of them.',
    },
    entropy: {
      label: 'Attention entropy',
      sentence: 'How spread out the attention is: 0 for a single word, 1 for all words alike.',
    },
    exactMatch: {
      label: 'Exact match',
      sentence: 'The share of held-out sentences whose whole translation equals the reference, word for word.',
    },
    freeRunning: {
      label: 'Free-running',
      sentence: 'The decoder reads its own previous word, as it must when nobody knows the answer.',
    },
    goldAlignment: {
      label: 'gold link',
      sentence: 'An outlined cell: the grammar that made the pair knows that these two words belong together.',
    },
    gradientNorm: {
      label: 'Gradient norm',
      sentence: 'The length of all gradients taken as one vector, before it is clipped.',
    },
    heldOut: {
      label: 'Held out',
      sentence:
        'Sentence pairs that it never trains on: what it does there it has understood, not remembered. The number of pairs is that of the newest point.',
    },
    loss: {
      label: 'Loss',
      sentence: 'The mean surprise at the right word, in nats: 0 when the model is sure of every word.',
    },
    parameters: { label: 'Parameters', sentence: 'The numbers that training changes.' },
    stepsPerSecond: { label: 'Steps/s', sentence: 'Training steps a second, one batch of sentence pairs each.' },
    teacherForcing: {
      label: 'Teacher-forced',
      sentence: 'The decoder reads the right previous word, whatever it wrote itself.',
    },
    tokenAccuracy: {
      label: 'Token accuracy',
      sentence: 'The share of words that are right when the previous words are given.',
    },
    tokensPerSecond: { label: 'Tokens/s', sentence: 'Source and target words a second, padding not counted.' },
  },
  settings: {
    title: 'Settings',
    groups: {
      task: 'Task',
      encoder: 'Embedding and encoder',
      attention: 'Attention',
      decoder: 'Decoder',
      training: 'Training',
    },
    fields: {
      task: { label: 'Task', unit: '', hint: 'What is translated into what.' },
      seed: { label: 'Seed', unit: '', hint: 'Decides the initial weights and the order of the pairs.' },
      bidirectional: {
        label: 'Reads both ways',
        unit: '',
        hint: 'A second LSTM reads from the end, so each state knows both sides.',
      },
      layers: { label: 'Layers', unit: '', hint: 'LSTMs on top of each other. One is enough for short sentences.' },
      embedding: { label: 'Embedding size', unit: 'numbers', hint: 'Length of each word’s vector.' },
      hidden: { label: 'Encoder size', unit: 'units', hint: 'Units of the encoder in each direction: its memory.' },
      decoderHidden: {
        label: 'Decoder size',
        unit: 'units',
        hint: 'Units of the decoder: what it can keep in mind while it writes.',
      },
      score: { label: 'Score', unit: '', hint: 'How a source word is compared with what the decoder wants.' },
      placement: {
        label: 'Attends',
        unit: '',
        hint: 'With the state before the word (Bahdanau), after it (Luong), or when it is too late to matter.',
      },
      attention: { label: 'Attention size', unit: 'units', hint: 'Units inside the additive score.' },
      readout: { label: 'Readout size', unit: 'units', hint: 'Units between the decoder and the choice of a word.' },
      dropout: {
        label: 'Dropout',
        unit: '',
        hint: 'Share of numbers silenced at random while training, against learning by heart.',
      },
      teacherForcing: {
        label: 'Teacher forcing',
        unit: '',
        hint: 'How often the right previous word is fed instead of the model’s own.',
      },
      optimizer: { label: 'Optimizer', unit: '', hint: 'How a gradient becomes a change of the weights.' },
      learningRate: {
        label: 'Learning rate',
        unit: '',
        hint: 'Size of each change. Too large diverges, too small crawls.',
      },
      warmup: { label: 'Warm-up', unit: 'steps', hint: 'The learning rate rises over these first steps.' },
      decay: { label: 'Decay', unit: '', hint: 'How the learning rate falls after the warm-up.' },
      decaySteps: { label: 'Decay length', unit: 'steps', hint: 'Steps until the learning rate is at a twentieth.' },
      weightDecay: { label: 'Weight decay', unit: '', hint: 'Pulls every weight a little towards zero.' },
      momentum: { label: 'Momentum', unit: '', hint: 'How much of the last change is kept in the next.' },
      clip: { label: 'Gradient clip', unit: '', hint: 'Largest gradient norm; longer gradients are shortened to it.' },
      batch: { label: 'Batch', unit: 'pairs', hint: 'Sentence pairs in each step.' },
    },
    options: {
      ...taskOptions(enTasks),
      additive: 'Additive (Bahdanau)',
      'linear-concat': 'Linear, concatenated',
      general: 'General (Luong)',
      dot: 'Dot product',
      'scaled-dot': 'Scaled dot product',
      uniform: 'Uniform: all words alike',
      none: 'None',
      before: 'Before the word',
      after: 'After the word',
      'too-late': 'Too late: a common mistake',
      adam: 'Adam',
      adamw: 'AdamW',
      sgd: 'SGD',
      linear: 'Linear',
      cosine: 'Cosine',
    },
    on: 'on',
    off: 'off',
    live: 'Works at once, while it trains.',
    reopens: 'A change starts the run again from the same initial weights, unless it says that it works at once.',
    isDefault: 'default',
    defaultOption: (option) => `${option} (default)`,
    toDefault: (value) => `Back to ${value}`,
    backToDefaults: 'Back to defaults',
    changed: 'changed',
    allDefault: 'All settings are defaults.',
    range: (min, max) => `${min} to ${max}.`,
    outOfRange: (text, min, max, isWhole) =>
      `${text.trim() === '' ? 'An empty field' : `“${text.slice(0, 20)}”`} is not a ${isWhole ? 'whole ' : ''}number from ${min} to ${max}. The run keeps its value.`,
    locks: {
      equalSizes: (size) => `A dot product needs equal sizes: the decoder takes the annotation size, ${size}.`,
      additiveOnly: 'Only the additive score has units of its own.',
      sgdOnly: 'Only SGD uses it.',
      noDecay: 'The learning rate does not decay.',
      noAttention: 'Without attention there is nothing to place.',
    },
  },
  schematic: {
    label: 'The model: choose a stage to see its settings',
    query: 'query s',
    stages: {
      source: {
        label: 'source',
        formula: () => '',
        forward: 'The words to translate come in.',
        backward: 'Words have no gradient; the way back ends at their vectors.',
      },
      embed: {
        label: 'embed',
        formula: () => 'xⱼ = E[wordⱼ]',
        forward: 'Each word becomes its own row of a learned table.',
        backward: 'Each word’s row collects the gradient of all its places.',
      },
      encode: {
        label: 'encoder',
        formula: encoderFormula,
        forward: 'An LSTM reads along and leaves one state for each word.',
        backward: 'The gradient walks back through the sentence.',
      },
      score: {
        label: 'score',
        formula: scoreFormula,
        forward: 'Each source word gets a number: how well it fits now.',
        backward: 'How each score would have to change.',
      },
      softmax: {
        label: 'softmax',
        formula: whereAttention('αⱼ = exp(aⱼ) ∕ Σₖ exp(aₖ)'),
        forward: 'Scores become weights that sum to 1: one heatmap row.',
        backward: 'What one weight gains, the others lose.',
      },
      context: {
        label: 'context',
        formula: whereAttention('c = Σⱼ αⱼ hⱼ'),
        forward: 'The states, averaged by these weights: what is looked at.',
        backward: 'The gradient parts: to the weights and to the states.',
      },
      decode: {
        label: 'decoder',
        formula: decoderFormula,
        forward: 'Takes the context and the last word, rates every next one.',
        backward: 'The gradient walks back from the last word to the first.',
      },
      target: {
        label: 'target',
        formula: () => 'p(word) = softmax(readout)',
        forward: 'The most probable word is written and fed back.',
        backward: 'The surprise at the right word: here the gradient begins.',
      },
    },
    loss: {
      label: 'loss',
      formula: () => 'L = −mean log p(right word)',
      forward: 'The surprise at each right word, averaged.',
      backward: 'The way back begins: p, minus 1 at the right word.',
    },
    update: {
      label: 'update',
      formula: () => 'θ ← θ − η · step(clip(∇L))',
      forward: 'Every weight moves a little against its gradient.',
      backward: 'Every weight moves a little against its gradient.',
    },
    working: ({ position, dispatches }) =>
      [
        ...(position === null ? [] : [`word ${position + 1}`]),
        `${dispatches} ${dispatches === 1 ? 'dispatch' : 'dispatches'}`,
      ].join(' · '),
  },
};
