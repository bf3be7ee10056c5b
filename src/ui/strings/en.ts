/** English. */

import type { ExecutorReason } from '../../training/protocol.ts';
import { enAccess } from './en-access.ts';
import { enCell } from './en-cell.ts';
import { enClassifier } from './en-classifier.ts';
import { enData } from './en-data.ts';
import { enExplains } from './en-explains.ts';
import { enFaults } from './en-faults.ts';
import { enLessons } from './en-lessons.ts';
import { enLstm } from './en-lstm.ts';
import { enMachine } from './en-machine.ts';
import { enNextWords } from './en-next-words.ts';
import { enPicture } from './en-picture.ts';
import { enReference } from './en-reference.ts';
import { enRibbons } from './en-ribbons.ts';
import { enRuns } from './en-runs.ts';
import { enShipped } from './en-shipped.ts';
import { enStrategy } from './en-strategy.ts';
import { enTasks } from './en-tasks.ts';
import { enTime } from './en-time.ts';
import { enTooLate } from './en-too-late.ts';
import { enWhatIf } from './en-what-if.ts';
import { enWords } from './en-words.ts';
import type { Strings } from './strings.ts';

const plural = (count: number, one: string, many: string): string => (count === 1 ? one : many);
const quote = (text: string): string => `“${text.length > 40 ? `${text.slice(0, 40)}…` : text}”`;

const milliseconds = (ms: number): string => `${ms < 10 ? ms.toFixed(1) : Math.round(ms)} ms`;

function whyExecutor(reason: ExecutorReason, adapter: (name: string) => string): string {
  switch (reason.kind) {
    case 'no-webgpu':
      return `Why not WebGPU: ${reason.message}`;
    case 'on-show':
      return 'Showing a trained model needs no GPU. Training asks for one.';
    case 'no-simd':
      return 'Why the reference: this browser has no WebAssembly with SIMD.';
    case 'fault':
      return enFaults.whyCpu(reason.cause, reason.message);
    case 'software-adapter':
      return `Why not WebGPU: the only adapter, ${adapter(reason.adapter)}, computes on the CPU itself. Both will be measured.`;
    case 'measured': {
      const { cpuMs, webgpuMs, isLeast } = reason;
      if (isLeast)
        return `The CPU was measured faster: ${milliseconds(cpuMs)} a step. On ${adapter(reason.adapter)} the matrix products alone would take ${milliseconds(webgpuMs)}.`;
      const [name, other] =
        cpuMs <= webgpuMs ? ['The CPU', adapter(reason.adapter)] : [adapter(reason.adapter), 'the CPU'];
      const [fast, slow] = [Math.min(cpuMs, webgpuMs), Math.max(cpuMs, webgpuMs)];
      return `${name} was measured faster: ${milliseconds(fast)} a step, ${other} ${milliseconds(slow)}.`;
    }
  }
}

export const en: Strings = {
  ...enReference,
  language: 'en',
  access: enAccess,
  app: {
    name: 'Heed',
    title: 'Heed: watch a translator learn where to look',
    controls: 'Training controls',
    model: 'Task and model',
    stage: 'Stage',
    meters: 'How well it does',
    skipToStage: 'Skip to the heatmap',
    close: 'Close',
  },
  joined: {
    list: (items) => items.join(', '),
    sentences: (sentences) => sentences.join(' '),
    named: (name, text) => `${name}: ${text}`,
  },
  openTerm: (label) => `${label}: what is this?`,
  header: {
    task: 'Task',
    train: 'Train',
    pause: 'Pause',
    step: 'Step',
    steps: 'Steps',
    stepCount: 'Number of steps',
    badStepCount: 'A whole number from 1 to 100,000',
    reset: 'Reset',
    speed: 'Speed',
    paces: { 'slow-motion': 'slow motion', full: 'flat out' },
    limitedPace: (n) => `${n} ${plural(n, 'step', 'steps')}/s`,
    theme: 'Theme',
    themes: { system: 'as the system', light: 'light', dark: 'dark' },
    copyLink: 'Copy link',
    linkCopied: 'Link copied',
    takeAway: 'Take away',
    help: 'Keyboard',
  },
  display: {
    label: 'EN: language, theme and size',
    short: 'EN',
    language: 'Language',
  },
  figures: {
    label: 'Live figures',
    step: 'step',
    exact: 'exact',
    rate: 'steps/s',
    opening: 'Preparing the run',
    pausing: 'Finishing this step',
  },
  goal: {
    label: (goal) => `Goal: ${goal} exact`,
    reached: (step) => `reached at step ${step}`,
    notYet: (now) => `${now} now`,
    inPast: (share) => `${share} then`,
    unknown: 'not measured',
  },
  help: {
    title: 'Keyboard',
    keys: [
      { keys: ['Space'], does: 'train or pause' },
      { keys: ['S'], does: 'one step' },
      { keys: ['N'], does: 'n steps' },
      { keys: ['R'], does: 'reset to the same initial weights' },
      { keys: ['−', '+'], does: 'slower, faster' },
      { keys: ['/'], does: 'type a sentence' },
      { keys: ['1', '2', '3', '4'], does: 'put a probe on the stage' },
      { keys: ['F'], does: 'free-running or teacher-forced' },
      { keys: ['V'], does: 'print the numbers in the cells' },
      { keys: ['B'], does: 'heatmap as a table' },
      { keys: ['M'], does: 'matrix or ribbons' },
      { keys: ['L'], does: 'logarithmic loss' },
      { keys: ['P'], does: 'play the run, from its first moment' },
      { keys: ['[', ']'], does: 'one moment back, forth' },
      { keys: ['K'], does: 'keep this moment' },
      { keys: ['.'], does: 'back to live' },
      { keys: ['C'], does: 'copy the link' },
      { keys: ['D'], does: 'download this run' },
      { keys: ['O'], does: 'kept runs' },
      { keys: ['E'], does: 'files to take away' },
      { keys: ['G'], does: 'lessons, or the open card' },
      { keys: ['T'], does: 'theme' },
      { keys: ['Arrows'], does: 'walk through the cells; Home, End, Ctrl for the ends' },
      { keys: ['Enter'], does: 'pin a cell or a word' },
      { keys: ['Esc'], does: 'unpin, close, back to live' },
      { keys: ['?'], does: 'this list' },
    ],
    shortcuts: 'Single keys are shortcuts. They rest while you type.',
  },
  samples: { title: 'Pairs it has never seen' },
  model: {
    title: 'This run',
    parameters: 'Parameters',
    memory: 'Memory',
    memoryValue: (bytes, buffers) => `${bytes} in ${buffers} buffers`,
    dispatches: 'Dispatches a step',
    operations: 'Operations a step',
    moving: 'Being prepared; the run goes on here until then.',
    pairs: 'Sentence pairs',
    pairsValue: (train, heldOut) => `${train}, ${heldOut} held out`,
    vocabulary: 'Vocabulary',
    vocabularyValue: (source, target) => `${source} → ${target}`,
    executor: 'Runs on',
    executors: { auto: 'WebGPU, else CPU', webgpu: 'WebGPU', cpu: 'CPU' },
    cpu: (threads) =>
      threads === 0
        ? 'CPU (float64 reference), slow'
        : `CPU (SIMD, ${threads} ${plural(threads, 'thread', 'threads')})`,
    software: (adapter) => `Software GPU (${adapter}), slow`,
    gpu: (adapter) => `WebGPU (${adapter})`,
    why: whyExecutor,
    bytes: (bytes) => (bytes < 1e6 ? `${(bytes / 1e3).toFixed(0)} kB` : `${(bytes / 1e6).toFixed(1)} MB`),
  },
  strategy: enStrategy,
  classifier: enClassifier(enReference),
  tooLate: enTooLate,
  ribbons: enRibbons,
  picture: enPicture,
  nextWords: enNextWords,
  words: enWords,
  sentence: {
    label: 'Sentence to translate',
    placeholder: (example) => `Type a sentence, for example: ${example}`,
    translate: 'Translate',
    translating: 'Translating',
    probes: 'Probe',
    choose: 'Sentence on the stage',
    probeNamed: (index, text) => `Probe ${index}: ${text}`,
    own: 'Yours',
    unknownWords: (words) =>
      `The model has never read ${words.slice(0, 4).map(quote).join(', ')}${words.length > 4 ? ' and others' : ''}: ` +
      `${plural(words.length, 'it sees', 'it sees each as')} an unknown word.`,
    allUnknown: 'The model knows none of these words, so its translation means nothing. Try words of the sample pairs.',
    noReference: 'No reference is known for this sentence; the decoder runs free.',
    source: 'Source',
    model: 'Model',
    reference: 'Reference',
    note: 'Note',
    isRight: 'right',
    wrongWords: (count) => `${count} wrong`,
    missingWords: (count) => `${count} missing`,
    wrongWord: 'not in the reference here',
    unknownWord: 'unknown to the model',
    end: 'end',
    unknown: 'unknown word',
    space: 'space',
    nothing: 'no words yet',
    incomplete: 'does not end',
  },
  heatmap: {
    title: 'Attention',
    grid: (source, target) => `Attention from ${source} to ${target}`,
    cell: (row, target, column, source, weight) =>
      `output ${row} '${target}' looks at input ${column} '${source}': ${weight}`,
    gold: 'gold link',
    rest: 'Rest on a cell to read it. A click opens it; V prints all numbers.',
    cellReadout: (target, source, weight) => `‘${target}’ looks at ‘${source}’: ${weight}`,
    targetWord: (word, probability, source, weight) =>
      `‘${word}’: probability ${probability}; looks most at ‘${source}’: ${weight}`,
    targetWordOnly: (word, probability) => `‘${word}’: probability ${probability}`,
    sourceWord: (word, target, weight) => `‘${word}’ is read most by ‘${target}’: ${weight}`,
    probability: (probability) => `p ${probability}`,
    held: 'held while you read',
    pinned: 'pinned',
    values: 'Numbers',
    table: 'Table',
    decoding: 'Previous word comes from',
    modes: { 'free-running': 'Free-running', 'teacher-forced': 'Teacher-forced' },
    shortModes: { 'free-running': 'Free', 'teacher-forced': 'Forced' },
    legend: 'α',
    goldLegend: 'gold link',
    probabilityLegend: 'probability of the word',
    noAttention: 'This model has no attention, so there is no heatmap to draw.',
    noAttentionHint:
      'Every word is written from the encoder’s last state alone. Choose another score to let the decoder look back.',
    chooseScore: 'Choose a score',
    empty: 'The first picture comes as soon as the run is ready.',
    tableCaption: 'Attention weights: one row for each output word, one column for each input word',
    targetHeader: 'Output',
    probabilityHeader: 'Probability',
  },
  data: enData,
  drawer: {
    label: 'Look inside',
    panels: {
      cell: 'Open cell',
      lstm: 'LSTM step',
      'what-if': 'What if',
      'next-words': 'Next words',
      words: 'Word map',
      explains: 'Does it explain?',
      compare: 'Compare',
      machine: 'Machine room',
      data: 'Your data',
    },
    close: 'Close the drawer',
    loading: 'Asking the model',
    atStep: (step) => `at step ${step}`,
    nothingStaged: 'There is no sentence on the stage yet.',
    past: 'The stage shows a moment of the past; its weights are gone. Go back to live to look inside.',
    height: 'Height of the drawer',
    held: 'held while you read',
  },
  tasks: enTasks,
  time: enTime,
  cell: enCell,
  lessons: enLessons,
  lstm: enLstm,
  meters: {
    charts: {
      loss: { label: 'Loss', unit: 'nats/token' },
      exactMatch: { label: 'Exact match', unit: '%' },
      alignmentError: { label: 'Alignment error', unit: '%' },
      decidingWord: { label: 'Deciding word', unit: '%' },
      bleu: { label: 'BLEU', unit: '' },
      tokenAccuracy: { label: 'Token accuracy', unit: '%' },
      attentionEntropy: { label: 'Attention entropy', unit: '0 to 1' },
      gradientNorm: { label: 'Gradient norm', unit: '' },
      stepsPerSecond: { label: 'Steps/s', unit: '' },
      tokensPerSecond: { label: 'Tokens/s', unit: '' },
    },
    train: 'each step',
    smoothed: 'smoothed',
    heldOut: 'held out',
    newestOn: (pairs) => `, ${pairs} pairs`,
    log: 'log',
    logScale: 'log scale of the loss',
    waiting: 'Curves begin with the first step.',
    atStep: (step) => `at step ${step}`,
    summary: (label, first, last, least, most) => `${label}: from ${first} to ${last}; least ${least}, most ${most}.`,
    noData: (label) => `${label}: no values yet.`,
    probes: 'Probes',
    showProbe: (text) => `Put on the stage: ${text}`,
    steps: 'step',
  },
  status: {
    training: (step, loss, exact) => `Step ${step}, loss ${loss}${exact ? `, exact match ${exact}` : ''}`,
    paused: (step, loss, exact) =>
      `Paused at step ${step}${loss ? `, loss ${loss}` : ''}${exact ? `, exact match ${exact}` : ''}`,
    opened: 'Ready to train',
  },
  notices: {
    linkProblems: (names) =>
      `This link has values that can’t be used: ${names}. Their defaults stand in; all else is kept.`,
    linkValue: (name, text) => `${name} = ${quote(text)}`,
    linkUnknown: (name) => `${quote(name)} (no such setting)`,
    reopened: (changes) => `${changes}. The run started again from the same initial weights.`,
    change: (label, from, to) => `${label} ${from} → ${to}`,
    undo: 'Undo',
    refused: (reason) => `${reason} The run goes on as it was.`,
    linkCopied: 'Link copied. It carries your settings and this view.',
    linkNotCopied: 'The browser did not allow copying. Here is the link:',
    languageNotLoaded: 'The words of this language could not be loaded; the page stays in English.',
    dismiss: 'Dismiss',
  },
  failure: {
    title: 'The run stopped.',
    safe: 'Your settings, your sentence and the link are safe; the weights of this run are lost.',
    reopen: 'Open the run again',
  },
  faults: enFaults,
  runs: enRuns,
  shipped: enShipped,
  whatIf: enWhatIf,
  explains: enExplains,
  machine: enMachine,
  error(error, fieldLabel) {
    const { name, details } = error;
    if (name === 'SentenceError')
      return details.reason === 'empty'
        ? 'There is nothing to translate yet. Type a few words.'
        : 'This sentence is too long for the model. Shorten it and try again.';
    if (name === 'ConfigError') return `${fieldLabel(details.field)} can’t have this value (${error.message}).`;
    if (name === 'CorpusFormatError') return `The sentence pairs can’t be read: ${error.message}.`;
    if (name === 'DeviceUnavailableError') return `WebGPU is not available: ${error.message}.`;
    if (name === 'DeviceLostError') return 'The GPU went away, as it does after sleep or a driver update.';
    if (name === 'ShaderCompilationError') return 'The GPU’s driver refused one of the programs of this page.';
    if (name === 'SelfTestError')
      return 'The GPU computed a small test step wrongly, and is not trusted with this run.';
    if (name === 'AllocationError') return 'The GPU has no room for this model.';
    if (name === 'WorkerError') return `The training worker stopped (${error.message}).`;
    return `Something went wrong: ${error.message}.`;
  },
};
