/** English: the panel that compares runs: races, quality against sentence length, and the table of runs. */

import type { Comparison } from '../../store/view-store.ts';

/** Figures that races are measured by. */
export type RaceFigure = 'exactMatch' | 'tokenAccuracy' | 'bleu';

export interface CompareStrings {
  readonly views: string;
  readonly names: Readonly<Record<Comparison, string>>;
  readonly figure: string;
  readonly figures: Readonly<Record<RaceFigure, string>>;
  readonly start: string;
  readonly startAnew: string;
  readonly goOn: string;
  readonly pause: string;
  readonly reset: string;
  readonly resetHint: string;
  readonly until: string;
  readonly badUntil: (most: string) => string;
  readonly state: {
    readonly opening: string;
    /** `left` is null before there is a pace to judge by. */
    readonly running: (step: string, until: string, left: string | null) => string;
    readonly paused: (step: string, until: string) => string;
    readonly parked: (step: string) => string;
    readonly finished: (step: string) => string;
    readonly gone: (step: string) => string;
    readonly changed: string;
    readonly mainPauses: string;
  };
  /** A time that is left, in words. */
  readonly left: (ms: number) => string;
  readonly failed: (reason: string) => string;
  readonly onlyTranslators: string;
  readonly race: {
    readonly intro: string;
    readonly followed: string;
    readonly lane: (place: number) => string;
    readonly score: (place: number) => string;
    readonly setting: (label: string, place: number) => string;
    readonly more: (place: number) => string;
    readonly addSetting: string;
    readonly letGo: (label: string, place: number) => string;
    readonly addLane: string;
    readonly removeLane: (place: number) => string;
    readonly scoresAgain: string;
    readonly fixed: string;
    /** The score of the settings, taken as it is. */
    readonly asSet: (score: string) => string;
    readonly nameOf: (
      parts: readonly { readonly label: string; readonly value: string; readonly isScore: boolean }[],
    ) => string;
    readonly chart: (name: string, figure: string, now: string) => string;
    readonly noChart: (name: string) => string;
    readonly atStep: (step: string) => string;
    readonly heatmap: (name: string, source: string, target: string) => string;
    readonly walk: (name: string) => string;
    readonly noAttention: string;
    readonly noTranslation: string;
    readonly broken: (step: string) => string;
    readonly caption: string;
    readonly columns: {
      readonly lane: string;
      readonly parameters: string;
      readonly stepMs: string;
      readonly stepsTo: (figure: string) => string;
      readonly exactMatch: string;
      readonly tokenAccuracy: string;
      readonly loss: string;
    };
    readonly notYet: string;
    readonly measured: (pairs: string, steps: string) => string;
  };
  readonly lengths: {
    readonly intro: string;
    readonly source: string;
    readonly title: (figure: string, isPercent: boolean) => string;
    readonly axis: (unit: 'words' | 'characters') => string;
    readonly trainedUpTo: (length: string) => string;
    readonly range: (from: string, to: string) => string;
    readonly point: (
      range: string,
      sentences: string,
      values: readonly { readonly name: string; readonly value: string }[],
    ) => string;
    readonly empty: string;
    readonly summary: (
      figure: string,
      lanes: readonly { readonly name: string; readonly first: string; readonly last: string }[],
    ) => string;
    readonly table: string;
    readonly caption: (step: string) => string;
    readonly length: string;
    readonly sentences: string;
    readonly atStep: (step: string) => string;
    readonly measured: (steps: string, most: string) => string;
  };
  readonly runs: {
    readonly intro: string;
    readonly empty: string;
    readonly caption: string;
    readonly columns: {
      readonly run: string;
      readonly compare: string;
      readonly best: string;
      readonly bestTokens: string;
      readonly steps: string;
      readonly seconds: string;
      readonly executor: string;
    };
    readonly sort: (column: string) => string;
    readonly current: string;
    readonly session: (place: number) => string;
    readonly lane: (place: number) => string;
    readonly unnamed: string;
    readonly same: string;
    readonly open: string;
    readonly openRun: (name: string) => string;
    readonly openSettings: string;
    readonly openSettingsOf: (name: string) => string;
    readonly compareRun: (name: string) => string;
    readonly curves: (figure: string) => string;
    readonly noCurves: string;
    readonly download: string;
    readonly executors: Readonly<Record<'webgpu' | 'cpu', string>>;
  };
}

function left(ms: number): string {
  const seconds = Math.max(1, Math.round(ms / 1000));
  if (seconds < 90) return `about ${seconds} s left`;
  return `about ${Math.round(seconds / 60)} min left`;
}

export const enCompare: CompareStrings = {
  views: 'What is compared',
  names: { race: 'Race', lengths: 'Sentence length', runs: 'Runs' },
  figure: 'Measured by',
  figures: { exactMatch: 'exact match', tokenAccuracy: 'token accuracy', bleu: 'BLEU' },
  start: 'Start',
  startAnew: 'Start anew',
  goOn: 'Go on',
  pause: 'Pause',
  reset: 'Reset',
  resetHint: 'All lanes back to their initial weights',
  until: 'Up to step',
  badUntil: (most) => `A whole number from 1 to ${most}`,
  state: {
    opening: 'Preparing the lanes',
    running: (step, until, rest) => `Step ${step} of ${until}${rest ? `, ${rest}` : ''}`,
    paused: (step, until) => `Paused at step ${step} of ${until}`,
    parked: (step) => `Put aside at step ${step}; nothing of it is held on the device`,
    finished: (step) => `Over at step ${step}`,
    gone: (step) => `Its figures at step ${step} are all that is left of it`,
    changed: 'The settings have changed since; a new start takes them over.',
    mainPauses: 'The run on the stage pauses meanwhile.',
  },
  left,
  failed: (reason) => `It stopped: ${reason}`,
  onlyTranslators:
    'Races are for models that write a sentence. This task has another kind of model; choose a translation task.',
  race: {
    intro: 'Up to five settings on the same seed and the same batches, in turns on one device.',
    followed: 'Followed',
    lane: (place) => `Lane ${place}`,
    score: (place) => `Score of lane ${place}`,
    setting: (label, place) => `${label} of lane ${place}`,
    more: (place) => `Another setting in which lane ${place} differs`,
    addSetting: '+ setting',
    letGo: (label, place) => `Take back ${label} of lane ${place}`,
    addLane: 'Add a lane',
    removeLane: (place) => `Remove lane ${place}`,
    scoresAgain: 'Race of the scores',
    fixed: 'Lanes can be changed while the race rests.',
    asSet: (score) => `As set: ${score}`,
    nameOf: (parts) =>
      parts.map(({ label, value, isScore }) => (isScore ? value : `${label} ${value}`)).join(', ') || 'As set',
    chart: (name, figure, now) => `${name}: held-out ${figure}, now ${now}`,
    noChart: (name) => `${name}: not measured yet`,
    atStep: (step) => `at step ${step}`,
    heatmap: (name, source, target) => `Attention of ${name} from “${target}” to “${source}”`,
    walk: (name) => `Attention of ${name}, cell by cell`,
    noAttention: 'No attention: the decoder has the last state of the encoder only.',
    noTranslation: 'No word yet',
    broken: (step) => `Its training broke down at step ${step}; it rests.`,
    caption: 'The lanes',
    columns: {
      lane: 'Lane',
      parameters: 'Parameters',
      stepMs: 'ms a step',
      stepsTo: (figure) => `Steps to 90 % ${figure}`,
      exactMatch: 'Exact match',
      tokenAccuracy: 'Token accuracy',
      loss: 'Loss, nats',
    },
    notYet: 'not yet',
    measured: (pairs, steps) => `On ${pairs} held-out sentences, every ${steps} steps in all lanes alike.`,
  },
  lengths: {
    intro:
      'How well sentences of each length are translated, while both models learn. Without attention everything about a sentence has to go through one vector; with attention the decoder can look again.',
    source: 'After Bahdanau, Cho & Bengio 2015, figure 2.',
    title: (figure, isPercent) => `Held-out ${figure} by length${isPercent ? ', %' : ''}`,
    axis: (unit) => (unit === 'words' ? 'length of the source sentence, words' : 'length of the source, characters'),
    trainedUpTo: (length) => `trained up to ${length}`,
    range: (from, to) => (from === to ? from : `${from}–${to}`),
    point: (range, sentences, values) =>
      `length ${range}, ${sentences} sentences: ${values.map(({ name, value }) => `${name} ${value}`).join(', ')}`,
    empty: 'Start, and the curves grow here: lengths to the right, quality upward.',
    summary: (figure, lanes) =>
      `Held-out ${figure} from the shortest to the longest sentences: ${lanes.map(({ name, first, last }) => `${name} ${first} to ${last}`).join('; ')}`,
    table: 'Table',
    caption: (step) => `By length, at step ${step}`,
    length: 'Length',
    sentences: 'Sentences',
    atStep: (step) => `at step ${step}`,
    measured: (steps, most) => `Measured every ${steps} steps on up to ${most} held-out sentences of each length.`,
  },
  runs: {
    intro:
      'The runs of this visit and those that this browser keeps; columns of settings show only what differs between them.',
    empty: 'No run has made a step yet. Train, change a setting, train again: each run gets a row.',
    caption: 'Runs',
    columns: {
      run: 'Run',
      compare: 'Curve',
      best: 'Best exact match',
      bestTokens: 'Best token accuracy',
      steps: 'Steps',
      seconds: 'Time, s',
      executor: 'On',
    },
    sort: (column) => `Sort by ${column}`,
    current: 'on the stage',
    session: (place) => `Run ${place}`,
    lane: (place) => `Race lane ${place}`,
    unnamed: 'Saved by itself',
    same: 'The settings of all these runs are the same.',
    open: 'Open',
    openRun: (name) => `Open ${name}`,
    openSettings: 'Settings',
    openSettingsOf: (name) => `Open the settings of ${name}, from their initial weights`,
    compareRun: (name) => `Show the curve of ${name}`,
    curves: (figure) => `Held-out ${figure}`,
    noCurves: 'Choose runs in the table to see their curves side by side.',
    download: 'Download as CSV',
    executors: { webgpu: 'WebGPU', cpu: 'CPU' },
  },
};
