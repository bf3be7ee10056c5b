/** The type of a language's table: every word that a person reads on the page. Numbers come in already formatted. */

import type { ReportedError } from '../../lib/errors.ts';
import type { Config, Field, FieldGroup } from '../../model/config.ts';
import type { PanelName } from '../../store/view-store.ts';
import type {
  ExcludedChoice,
  ExecutorReason,
  StageReport,
  StrategyDescription,
  StrategyPreference,
} from '../../training/protocol.ts';
import type { AccessStrings } from './en-access.ts';
import type { CellStrings } from './en-cell.ts';
import type { ClassifierStrings } from './en-classifier.ts';
import type { DataStrings } from './en-data.ts';
import type { ExplainsStrings } from './en-explains.ts';
import type { FaultStrings } from './en-faults.ts';
import type { LessonStrings } from './en-lessons.ts';
import type { LstmStrings } from './en-lstm.ts';
import type { MachineStrings } from './en-machine.ts';
import type { NextWordsStrings } from './en-next-words.ts';
import type { PictureStrings } from './en-picture.ts';
import type { RibbonStrings } from './en-ribbons.ts';
import type { RunStrings } from './en-runs.ts';
import type { ShippedStrings } from './en-shipped.ts';
import type { TaskStrings } from './en-tasks.ts';
import type { TimeStrings } from './en-time.ts';
import type { TooLateStrings } from './en-too-late.ts';
import type { WhatIfStrings } from './en-what-if.ts';
import type { WordsStrings } from './en-words.ts';

/** Terms of art that open to one sentence. */
export type TermName =
  | 'alignmentError'
  | 'attention'
  | 'decidingWord'
  | 'bleu'
  | 'dispatch'
  | 'entropy'
  | 'exactMatch'
  | 'freeRunning'
  | 'goldAlignment'
  | 'gradientNorm'
  | 'heldOut'
  | 'loss'
  | 'parameters'
  | 'stepsPerSecond'
  | 'teacherForcing'
  | 'tokenAccuracy'
  | 'tokensPerSecond';

/** The boxes of the schematic, from left to right. */
export type SchematicStage = 'source' | 'embed' | 'encode' | 'score' | 'softmax' | 'context' | 'decode' | 'target';

/** One box of the schematic. */
export interface StageText {
  readonly label: string;
  readonly formula: (config: Config) => string;
  /** What it does on the way to the translation. */
  readonly forward: string;
  /** What it does on the way back. */
  readonly backward: string;
}

export interface FieldText {
  readonly label: string;
  /** Behind the value; empty for a plain number. */
  readonly unit: string;
  /** What it does, and why one would change it. */
  readonly hint: string;
}

export interface ChartText {
  readonly label: string;
  readonly unit: string;
}

export type ChartName =
  | 'loss'
  | 'exactMatch'
  | 'alignmentError'
  | 'decidingWord'
  | 'bleu'
  | 'tokenAccuracy'
  | 'attentionEntropy'
  | 'gradientNorm'
  | 'stepsPerSecond'
  | 'tokensPerSecond';

export interface Strings {
  /** BCP 47, for the `lang` of the page and for the form of numbers. */
  readonly language: string;
  readonly app: {
    readonly name: string;
    /** Of the window. */
    readonly title: string;
    readonly controls: string;
    readonly model: string;
    readonly stage: string;
    readonly meters: string;
    readonly skipToStage: string;
    readonly close: string;
  };
  /** How texts of several pieces are put together. */
  readonly joined: {
    /** A few things one after the other. */
    readonly list: (items: readonly string[]) => string;
    /** Whole sentences. */
    readonly sentences: (sentences: readonly string[]) => string;
    /** What something is called, and what it says. */
    readonly named: (name: string, text: string) => string;
  };
  readonly terms: Readonly<Record<TermName, { readonly label: string; readonly sentence: string }>>;
  readonly openTerm: (label: string) => string;
  readonly header: {
    readonly task: string;
    readonly train: string;
    readonly pause: string;
    readonly step: string;
    readonly steps: string;
    readonly stepCount: string;
    readonly badStepCount: string;
    readonly reset: string;
    readonly speed: string;
    readonly paces: Readonly<Record<'slow-motion' | 'full', string>>;
    readonly limitedPace: (stepsPerSecond: number) => string;
    readonly theme: string;
    readonly themes: Readonly<Record<'system' | 'light' | 'dark', string>>;
    readonly copyLink: string;
    readonly linkCopied: string;
    readonly takeAway: string;
    readonly help: string;
  };
  readonly display: {
    /** Name of the button; begins with what stands on it. */
    readonly label: string;
    readonly short: string;
    readonly language: string;
  };
  readonly figures: {
    readonly label: string;
    readonly step: string;
    readonly exact: string;
    readonly rate: string;
    readonly opening: string;
    readonly pausing: string;
  };
  readonly goal: {
    readonly label: (goal: string) => string;
    readonly reached: (step: string) => string;
    readonly notYet: (now: string) => string;
    /** At a moment of the past. */
    readonly inPast: (share: string) => string;
    readonly unknown: string;
  };
  readonly help: {
    readonly title: string;
    readonly keys: readonly { readonly keys: readonly string[]; readonly does: string }[];
    readonly shortcuts: string;
  };
  readonly tasks: TaskStrings;
  readonly samples: { readonly title: string };
  readonly settings: {
    readonly title: string;
    readonly groups: Readonly<Record<FieldGroup, string>>;
    readonly fields: Readonly<Record<Field, FieldText>>;
    readonly options: Readonly<Record<string, string>>;
    readonly on: string;
    readonly off: string;
    readonly live: string;
    readonly reopens: string;
    readonly isDefault: string;
    readonly defaultOption: (option: string) => string;
    readonly toDefault: (value: string) => string;
    readonly backToDefaults: string;
    readonly allDefault: string;
    readonly changed: string;
    readonly range: (min: string, max: string) => string;
    readonly outOfRange: (text: string, min: string, max: string, isWhole: boolean) => string;
    readonly locks: {
      readonly equalSizes: (size: string) => string;
      readonly additiveOnly: string;
      readonly sgdOnly: string;
      readonly noDecay: string;
      readonly noAttention: string;
    };
  };
  readonly model: {
    readonly title: string;
    readonly parameters: string;
    readonly memory: string;
    readonly memoryValue: (bytes: string, buffers: string) => string;
    readonly dispatches: string;
    /** The same where the CPU computes, which has no dispatches. */
    readonly operations: string;
    /** While another executor is being prepared. */
    readonly moving: string;
    readonly pairs: string;
    readonly pairsValue: (train: string, heldOut: string) => string;
    readonly vocabulary: string;
    readonly vocabularyValue: (source: string, target: string) => string;
    readonly executor: string;
    readonly executors: Readonly<Record<'auto' | 'webgpu' | 'cpu', string>>;
    /** `threads` is 0 for the float64 reference. */
    readonly cpu: (threads: number) => string;
    readonly software: (adapter: string) => string;
    readonly gpu: (adapter: string) => string;
    readonly why: (reason: ExecutorReason, adapter: (name: string) => string) => string;
    readonly bytes: (bytes: number) => string;
  };
  readonly strategy: {
    readonly label: string;
    readonly options: Readonly<Record<StrategyPreference, string>>;
    readonly running: (strategy: StrategyDescription) => string;
    readonly why: (strategy: StrategyDescription) => string;
    readonly excluded: (choice: ExcludedChoice) => string;
    /** Instead of all that, where the CPU computes. */
    readonly onCpu: string;
  };
  readonly schematic: {
    readonly label: string;
    readonly stages: Readonly<Record<SchematicStage, StageText>>;
    readonly loss: StageText;
    readonly update: StageText;
    readonly query: string;
    readonly working: (report: StageReport) => string;
  };
  readonly sentence: {
    readonly label: string;
    readonly placeholder: (example: string) => string;
    readonly translate: string;
    readonly translating: string;
    readonly choose: string;
    readonly probes: string;
    readonly probeNamed: (index: number, text: string) => string;
    readonly own: string;
    readonly unknownWords: (words: readonly string[]) => string;
    readonly allUnknown: string;
    readonly noReference: string;
    readonly source: string;
    readonly model: string;
    readonly reference: string;
    readonly note: string;
    readonly isRight: string;
    readonly wrongWords: (count: number) => string;
    readonly missingWords: (count: number) => string;
    readonly wrongWord: string;
    readonly unknownWord: string;
    readonly end: string;
    /** The token that stands for all others. */
    readonly unknown: string;
    readonly space: string;
    readonly nothing: string;
    readonly incomplete: string;
  };
  readonly heatmap: {
    readonly title: string;
    readonly grid: (source: string, target: string) => string;
    readonly cell: (row: number, target: string, column: number, source: string, weight: string) => string;
    readonly gold: string;
    readonly rest: string;
    readonly cellReadout: (target: string, source: string, weight: string) => string;
    readonly targetWord: (word: string, probability: string, source: string, weight: string) => string;
    readonly targetWordOnly: (word: string, probability: string) => string;
    readonly sourceWord: (word: string, target: string, weight: string) => string;
    readonly probability: (probability: string) => string;
    readonly held: string;
    readonly pinned: string;
    readonly values: string;
    readonly table: string;
    readonly decoding: string;
    readonly modes: Readonly<Record<'free-running' | 'teacher-forced', string>>;
    /** Where there is little room. */
    readonly shortModes: Readonly<Record<'free-running' | 'teacher-forced', string>>;
    readonly legend: string;
    readonly goldLegend: string;
    readonly probabilityLegend: string;
    readonly noAttention: string;
    readonly noAttentionHint: string;
    readonly chooseScore: string;
    readonly empty: string;
    readonly tableCaption: string;
    readonly targetHeader: string;
    readonly probabilityHeader: string;
  };
  /** What is said otherwise of a classifier. */
  readonly classifier: ClassifierStrings;
  readonly tooLate: TooLateStrings;
  readonly ribbons: RibbonStrings;
  readonly picture: PictureStrings;
  readonly nextWords: NextWordsStrings;
  readonly words: WordsStrings;
  readonly data: DataStrings;
  readonly shipped: ShippedStrings;
  readonly drawer: {
    readonly label: string;
    readonly panels: Readonly<Record<PanelName, string>>;
    readonly close: string;
    readonly loading: string;
    /** Behind what was computed at a step. */
    readonly atStep: (step: string) => string;
    readonly nothingStaged: string;
    readonly past: string;
    readonly height: string;
    /** Why the panel does not follow the run at the moment. */
    readonly held: string;
  };
  readonly time: TimeStrings;
  readonly cell: CellStrings;
  readonly lessons: LessonStrings;
  readonly lstm: LstmStrings;
  readonly access: AccessStrings;
  readonly meters: {
    readonly charts: Readonly<Record<ChartName, ChartText>>;
    readonly train: string;
    readonly smoothed: string;
    readonly heldOut: string;
    /** Behind `heldOut`: on how many pairs the newest point was measured. */
    readonly newestOn: (pairs: string) => string;
    readonly log: string;
    readonly logScale: string;
    readonly waiting: string;
    readonly atStep: (step: string) => string;
    readonly summary: (label: string, first: string, last: string, least: string, most: string) => string;
    readonly noData: (label: string) => string;
    readonly probes: string;
    readonly showProbe: (text: string) => string;
    readonly steps: string;
  };
  readonly status: {
    readonly training: (step: string, loss: string, exact: string | null) => string;
    readonly paused: (step: string, loss: string | null, exact: string | null) => string;
    readonly opened: string;
  };
  readonly notices: {
    readonly linkProblems: (names: string) => string;
    readonly linkValue: (name: string, text: string) => string;
    readonly linkUnknown: (name: string) => string;
    readonly reopened: (changes: string) => string;
    readonly change: (label: string, from: string, to: string) => string;
    readonly undo: string;
    readonly refused: (reason: string) => string;
    readonly linkCopied: string;
    readonly linkNotCopied: string;
    readonly languageNotLoaded: string;
    readonly dismiss: string;
  };
  readonly failure: {
    readonly title: string;
    readonly safe: string;
    readonly reopen: string;
  };
  readonly faults: FaultStrings;
  readonly runs: RunStrings;
  readonly whatIf: WhatIfStrings;
  readonly explains: ExplainsStrings;
  readonly machine: MachineStrings;
  /** One calm sentence for an error that came from the worker. */
  readonly error: (error: ReportedError, fieldLabel: (field: string) => string) => string;
}
