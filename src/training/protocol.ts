/** Every message between the page and the training worker. Read this first. */

import type { Encoding, EncodingCandidate } from '../data/import/encoding.ts';
import type { PairChoice } from '../data/import/selection.ts';
import type { ImportFormat, Rejection } from '../data/import/table.ts';
import type { StrategyDescription } from '../engine/executor.ts';
import type { Strategy } from '../engine/lowering.ts';
import type { DeviceProblem, ReportedError } from '../lib/errors.ts';
import type { FaultCause } from '../lib/fault-ladder.ts';
import type { Config, LiveSettings } from '../model/config.ts';
import type { KeptRun } from './keeping/shelf.ts';
import type { SavedHistory } from './metrics-history.ts';
import type { AskedQuestion, Candidate, Questions } from './questions.ts';
import type { RaceAction, RaceDescription, RaceNews } from './race/race-protocol.ts';
import type { Breakdown } from './safety/divergence.ts';
import type { TrainingState } from './training-state.ts';

export type { ExcludedChoice, StrategyChoice, StrategyDescription, StrategyReason } from '../engine/executor.ts';
export type { FaultCause } from '../lib/fault-ladder.ts';
export type { KeptRun } from './keeping/shelf.ts';
export type {
  LaneDescription,
  LaneNews,
  LengthQuality,
  RaceAction,
  RaceDescription,
  RaceMeasure,
  RaceNews,
  RacePhase,
  RaceSetup,
} from './race/race-protocol.ts';
export { LENGTH_STEPS, MAX_LANES, MEASURE_PAIRS, MEASURE_STEPS } from './race/race-protocol.ts';
export type { Breakdown } from './safety/divergence.ts';
export type { TrainingState } from './training-state.ts';

/** Which executor a run asks for; `auto` takes WebGPU where there is an adapter and the CPU elsewhere. */
export type ExecutorPreference = 'auto' | 'webgpu' | 'cpu';

/** How a run is cut into GPU launches; `auto` leaves it to a rule for adapters and shapes, and on hardware to measuring. */
export type StrategyPreference = 'auto' | Strategy;
export const STRATEGY_PREFERENCES = [
  'auto',
  'persistent',
  'stepwise',
  'wide',
  'separate',
] as const satisfies readonly StrategyPreference[];

/**
 * How fast a run goes: flat out; at most so many steps a second; or one stage of the update at a time.
 * Slow motion really dispatches the stages one after the other and reports each as a `stage` event.
 */
export type Pace =
  | { readonly kind: 'full' }
  | { readonly kind: 'limited'; readonly stepsPerSecond: number }
  | { readonly kind: 'slow-motion' };

/** Whether a heatmap shows the model's own translation or the given one (teacher-forced). */
export type DecodingMode = 'free-running' | 'teacher-forced';

/** Pairs brought by `--data` as text, or by the visitor: those imported and chosen last. */
export type OwnData =
  | { readonly kind: 'text'; readonly fileName: string; readonly text: string }
  | { readonly kind: 'imported' };

export type ImportPhase = 'reading' | 'parsing' | 'selecting';

/** A file that was read, before columns are chosen. */
export interface ImportedTable {
  readonly fileName: string;
  readonly format: ImportFormat;
  readonly encoding: Encoding;
  /** Names of the columns that the format gives; empty where it gives none. A first row that names them is among the rows. */
  readonly columns: readonly string[];
  readonly rowCount: number;
  /** The first rows, one that names the columns included. */
  readonly sample: readonly (readonly string[])[];
  /** Lines that are no rows: the first thousand, and how many in all. */
  readonly rejected: readonly Rejection[];
  readonly rejectedCount: number;
  readonly blankLines: number;
  readonly commentLines: number;
  /** What is chosen until the visitor chooses. */
  readonly choice: PairChoice;
}

export type ImportAnswer =
  | { readonly kind: 'table'; readonly table: ImportedTable }
  | {
      readonly kind: 'ask-encoding';
      readonly fileName: string;
      readonly candidates: readonly EncodingCandidate[];
    };

/** What comes of a choice of columns, tokens and length. */
export interface ImportPreview {
  readonly choice: PairChoice;
  /** Rows left out, the first thousand of them; counts are of all. */
  readonly rejected: readonly Rejection[];
  readonly droppedEmptySide: number;
  readonly droppedTooLong: number;
  readonly droppedDuplicate: number;
  /** Different source sentences, and how many of them have several translations. */
  readonly sources: number;
  readonly conflicting: number;
  /** Why it can't be trained on; null where it can. */
  readonly problem: ReportedError | null;
  readonly corpus: {
    readonly sourceLanguage: string;
    readonly targetLanguage: string;
    readonly trainPairs: number;
    readonly validationPairs: number;
    readonly testPairs: number;
    readonly sourceVocabularySize: number;
    readonly targetVocabularySize: number;
    /** Share of the validation tokens that the model will not know, 0 to 1. */
    readonly unknownSource: number;
    readonly unknownTarget: number;
    /** Different words of the training pairs that the model will not know, and the most frequent of them. */
    readonly unknownSourceWords: number;
    readonly unknownTargetWords: number;
    readonly unknownSourceExamples: readonly string[];
    readonly unknownTargetExamples: readonly string[];
    readonly sample: readonly SamplePair[];
  } | null;
}

/** Where a run comes from that is not to begin with its initial weights. */
export type RunSource =
  /** The run that this browser saved last; with `wanted`, only one of these settings, live ones aside. */
  | { readonly kind: 'last'; readonly wanted: Config | null }
  | { readonly kind: 'saved'; readonly id: string }
  | { readonly kind: 'file'; readonly bytes: Uint8Array<ArrayBuffer> };

export type RunOrigin =
  | { readonly kind: 'last'; readonly savedAt: number }
  /** It is open in another tab, so that this one goes on with a copy of it. */
  | { readonly kind: 'copy'; readonly savedAt: number }
  | { readonly kind: 'saved'; readonly savedAt: number; readonly name: string | null }
  | { readonly kind: 'file' }
  /** It ships with the page. Until something needs more, it only has its weights: no pairs, no other place than the CPU. */
  | { readonly kind: 'shipped' };

/** What a visitor does with the runs that are kept; all of it is answered with `kept`. */
export type ShelfAction =
  | { readonly kind: 'list' }
  /** Keeps the run as it stands; one of the same name is replaced. */
  | { readonly kind: 'save'; readonly name: string }
  | { readonly kind: 'rename'; readonly id: string; readonly name: string }
  | { readonly kind: 'duplicate'; readonly id: string; readonly name: string }
  | { readonly kind: 'delete'; readonly id: string }
  /** Brings back what was deleted last. */
  | { readonly kind: 'undelete' };

/** The kept runs but for the one that is open. */
export interface ShelfState {
  /** False where the browser has no place for them. */
  readonly isAvailable: boolean;
  /** The newest first. */
  readonly runs: readonly KeptRun[];
  readonly usage: { readonly usedBytes: number; readonly quotaBytes: number } | null;
}

/** `full`: there is no room to save the run; `unavailable`: the browser has no place for it, or it fails. */
export type StorageProblem = 'full' | 'unavailable';

export type Command =
  /** Prepares a run and answers `opened` or `refused`; a refused one leaves the current run as it was. */
  | {
      readonly type: 'open';
      readonly request: number;
      readonly config: Config;
      readonly executor: ExecutorPreference;
      /** `auto` by default. */
      readonly strategy?: StrategyPreference;
      readonly data?: OwnData;
      /** Goes on from here rather than from the initial weights; one of another model is refused. */
      readonly resume?: TrainingState;
      /** Goes on from here, with the settings that are there; where it is the last run and there is none, from `config`. */
      readonly source?: RunSource;
      /** Address of the folder of the models that ship: where no run is found, one with these settings is shown. */
      readonly models?: string;
    }
  /** Makes a whole run of a model on show, so that it is there when it is trained; without one on show, nothing. */
  | { readonly type: 'get-ready' }
  /** Answers `shelf`. */
  | { readonly type: 'shelf'; readonly request: number; readonly action: ShelfAction }
  /** The curves of a kept run, which stays where it is; answers `curves`. */
  | { readonly type: 'curves'; readonly request: number; readonly id: string }
  /** Goes on elsewhere from the state as it is, training or not; answers `moved`, or `refused` where the run stays. */
  | {
      readonly type: 'move';
      readonly request: number;
      readonly executor: ExecutorPreference;
      readonly strategy: StrategyPreference;
    }
  /** Several settings against each other, beside the run; answers `raced` when it is done, and sends `race` events. */
  | { readonly type: 'race'; readonly request: number; readonly action: RaceAction }
  /** Asks for a sign of life; answers `pong`. */
  | { readonly type: 'ping' }
  /** Reads a file of pairs, or two parallel ones; answers `imported`. The run goes on. */
  | {
      readonly type: 'import';
      readonly request: number;
      readonly files: readonly File[];
      /** Where the bytes don't tell and the visitor has chosen. */
      readonly encoding?: Encoding;
    }
  /** Columns, tokens and length for what was imported; answers `previewed`. */
  | { readonly type: 'choose-pairs'; readonly request: number; readonly choice: PairChoice }
  /** Stops an import or a choice; it is answered with null. */
  | { readonly type: 'cancel-import' }
  /** Trains, from the initial weights where it says so. */
  | { readonly type: 'train'; readonly isFromStart?: boolean }
  | { readonly type: 'pause' }
  /** Trains `count` steps, then pauses. */
  | { readonly type: 'step'; readonly count: number; readonly isFromStart?: boolean }
  /** Back to the same initial weights, paused. */
  | { readonly type: 'reset' }
  | { readonly type: 'configure'; readonly live: LiveSettings }
  | { readonly type: 'pace'; readonly pace: Pace }
  | { readonly type: 'decoding'; readonly mode: DecodingMode }
  /** Pins the probes by their source text; one that is a pair of the task keeps its reference translation. Answers with a frame. */
  | { readonly type: 'probes'; readonly sources: readonly string[] }
  /** Greedy translation of a typed sentence; answers `translated`. */
  | { readonly type: 'translate'; readonly request: number; readonly text: string }
  /** Held-out figures over up to `limit` pairs; answers `evaluated`. */
  | {
      readonly type: 'evaluate';
      readonly request: number;
      readonly split: 'validation' | 'test';
      readonly limit: number;
    }
  /** Anything of `questions.ts`; answers `answered`. */
  | { readonly type: 'ask'; readonly request: number; readonly question: AskedQuestion }
  /** The run as safetensors, with everything that it takes to go on; answers `checkpointed`. */
  | { readonly type: 'checkpoint'; readonly request: number };

/** Why a run computes where it does, where that is not what the visitor would expect. */
export type ExecutorReason =
  /** The browser has no adapter or no device, as `message` says. */
  | { readonly kind: 'no-webgpu'; readonly problem: DeviceProblem; readonly message: string }
  /** No WebAssembly with SIMD: the float64 reference computes. */
  | { readonly kind: 'no-simd' }
  /** The only adapter computes on the CPU itself; the two will be measured against each other. */
  | { readonly kind: 'software-adapter'; readonly adapter: string }
  /** A trained model is shown, which needs no GPU; training it asks for one. */
  | { readonly kind: 'on-show' }
  /** The GPU was given up; `message` is what it said. */
  | { readonly kind: 'fault'; readonly cause: FaultCause; readonly message: string }
  /** The two have been measured, in milliseconds a step of this run. */
  | { readonly kind: 'measured'; readonly adapter: string; readonly cpuMs: number; readonly webgpuMs: number };

export interface ExecutorDescription {
  readonly kind: 'webgpu' | 'cpu';
  /** `google / swiftshader` and the like, as the adapter describes itself; empty on the CPU. */
  readonly adapter: string;
  /** True for an adapter that computes on the CPU. */
  readonly isSoftware: boolean;
  /** Threads that a batch is split over on the CPU; 0 on a GPU, and where the float64 reference computes. */
  readonly threads: number;
  readonly reasons: readonly ExecutorReason[];
}

export interface Token {
  readonly text: string;
  readonly isUnknown: boolean;
}

export interface SamplePair {
  readonly source: readonly string[];
  readonly target: readonly string[];
  readonly sourceText: string;
  readonly targetText: string;
}

/** What the page needs to know of a run before its first step. */
export interface RunDescription {
  readonly config: Config;
  readonly executor: ExecutorDescription;
  readonly parameterCount: number;
  /** Bytes of all buffers of the run. */
  readonly bufferBytes: number;
  readonly bufferCount: number;
  /** How a training step is cut into GPU launches; null where the calls are interpreted. */
  readonly strategy: StrategyDescription | null;
  /** GPU dispatches of one training step, or CPU operations; the largest over the length buckets. */
  readonly dispatchesPerStep: number;
  readonly sourceLanguage: string;
  readonly targetLanguage: string;
  readonly trainPairs: number;
  readonly validationPairs: number;
  readonly testPairs: number;
  readonly sourceVocabularySize: number;
  readonly targetVocabularySize: number;
  readonly hasGoldAlignment: boolean;
  readonly maxSourceTokens: number;
  readonly samples: readonly SamplePair[];
}

/** One translated sentence with its attention. */
export interface Translation {
  readonly source: readonly Token[];
  /** Target tokens as decoded, or as given when teacher-forced; the end symbol is not among them. */
  readonly target: readonly Token[];
  readonly targetText: string;
  /** Probability that the model gave each target token. */
  readonly probabilities: Float32Array;
  /** α, row-major [target.length, source.length]; each row sums to 1. Empty when the model has no attention. */
  readonly weights: Float32Array;
  /** Known right answer, where the sentence is a pair of the task. */
  readonly reference?: {
    readonly target: readonly string[];
    readonly text: string;
    readonly alignment?: readonly (readonly number[])[];
  };
  /** True when free-running and the decoder stopped by itself. */
  readonly isComplete: boolean;
  /**
   * The three likeliest words of each target position, likeliest first; where the decoder stopped, one position more: its end.
   * In frames about once a second, and when the training stops.
   */
  readonly candidates?: readonly (readonly Candidate[])[];
}

/** Columns of the metrics of consecutive training steps, all of one length. Missing values are NaN. */
export interface ProgressColumns {
  readonly step: Float64Array;
  /** Mean cross-entropy per target token, nats. */
  readonly loss: Float64Array;
  /** Share of target tokens right under teacher forcing, 0 to 1. */
  readonly tokenAccuracy: Float64Array;
  /** Global norm before clipping. */
  readonly gradientNorm: Float64Array;
  readonly learningRate: Float64Array;
  /** `NON_FINITE` flags of the steps; 0 where all figures are numbers. */
  readonly nonFinite?: Uint8Array;
}

/** Held-out figures; rates from 0 to 1. */
export interface Evaluation {
  readonly step: number;
  readonly pairs: number;
  /** Nats per token, teacher-forced. */
  readonly loss: number;
  readonly tokenAccuracy: number;
  /** Greedy translations equal to the reference. */
  readonly exactMatch: number;
  /** BLEU-4, 0 to 1, corpus level. */
  readonly bleu: number;
  /** Alignment error rate of the strongest links against gold (Och & Ney 2003); null where there is no gold or no attention. */
  readonly alignmentError: number | null;
  /** Share of the classified sentences whose strongest weight is on a word that decides the class; null of translations, and without attention. */
  readonly decidingWord: number | null;
  /** Mean entropy of the attention rows divided by log S: 0 one word, 1 uniform; null without attention. */
  readonly attentionEntropy: number | null;
}

/** The stages of one update, in the order of the schematic. */
export const STAGES = ['embed', 'encode', 'score', 'softmax', 'context', 'decode', 'loss', 'update'] as const;
export type Stage = (typeof STAGES)[number];

export interface StageReport {
  readonly step: number;
  readonly stage: Stage;
  readonly direction: 'forward' | 'backward';
  /** Target position that the stage works on, where it works on one. */
  readonly position: number | null;
  readonly dispatches: number;
}

/** How a run went on after something that computes had failed. */
export interface Recovery {
  readonly cause: FaultCause;
  readonly onto: 'webgpu' | 'cpu';
  /** The browser gives the page no GPU any more, until the visitor loads it again. */
  readonly isGpuGone: boolean;
  /** The step that it went on from, and how many were taken back to be trained again. */
  readonly step: number;
  readonly repeatedSteps: number;
}

/** A training that broke down, stopped, and went back. */
export interface Divergence {
  readonly breakdown: Breakdown;
  /** The learning rate at which it happened. */
  readonly learningRate: number;
  /** One to try instead. */
  readonly lowerRate: number;
  /** The step that the run is at now. */
  readonly step: number;
}

export type RunStatus = 'paused' | 'training' | 'stepping';

export type Event =
  | {
      readonly type: 'opened';
      readonly request: number;
      readonly run: RunDescription;
      /** Where the run was asked to go on from a state. */
      readonly resumed?: {
        readonly step: number;
        readonly curves: SavedHistory;
        readonly evaluation: Evaluation | null;
        /** Where it was kept; null for a state that the page handed over. */
        readonly origin: RunOrigin | null;
      };
    }
  | { readonly type: 'shelf'; readonly request: number; readonly shelf: ShelfState }
  /** Null where the run is not there any more. */
  | { readonly type: 'curves'; readonly request: number; readonly curves: SavedHistory | null }
  /** The run can't be saved; it goes on. Told once. */
  | { readonly type: 'not-saved'; readonly problem: StorageProblem }
  /** The same run at the same step, elsewhere; request 0 where nobody asked: a model on show has become a whole run. */
  | { readonly type: 'moved'; readonly request: number; readonly run: RunDescription }
  /** The race that was opened; null where the action was another one. */
  | { readonly type: 'raced'; readonly request: number; readonly race: RaceDescription | null }
  | { readonly type: 'race'; readonly news: RaceNews }
  | { readonly type: 'pong' }
  /** The newest state that is known to be good, for the page to go on from should the worker end. */
  | { readonly type: 'snapshot'; readonly state: TrainingState }
  /** The run goes on elsewhere from the last good state; `curves` reach up to there. */
  | {
      readonly type: 'recovered';
      readonly run: RunDescription;
      readonly recovery: Recovery;
      readonly curves: SavedHistory;
    }
  /** The training broke down; the run is paused at the last good state. */
  | { readonly type: 'diverged'; readonly divergence: Divergence; readonly curves: SavedHistory }
  | { readonly type: 'import-progress'; readonly phase: ImportPhase /** 0 to 1. */; readonly share: number }
  | { readonly type: 'imported'; readonly request: number; readonly imported: ImportAnswer | null }
  | { readonly type: 'previewed'; readonly request: number; readonly preview: ImportPreview | null }
  | { readonly type: 'refused'; readonly request: number; readonly error: ReportedError }
  /** The run goes on on another executor, or it is known why it stays. */
  | { readonly type: 'executor'; readonly executor: ExecutorDescription }
  /** The steps are cut into launches in another way from now on, or it is known why they stay. */
  | {
      readonly type: 'strategy';
      readonly strategy: StrategyDescription | null;
      readonly dispatchesPerStep: number;
    }
  | { readonly type: 'status'; readonly status: RunStatus; readonly step: number }
  | {
      readonly type: 'progress';
      readonly columns: ProgressColumns;
      readonly stepsPerSecond: number;
      /** Source and target tokens, padding not counted. */
      readonly tokensPerSecond: number;
      readonly stepMs: number;
    }
  | { readonly type: 'evaluation'; readonly evaluation: Evaluation }
  /** The newest state of the pinned probes, at most about 15 a second; `[0]` is the one on the stage. */
  | {
      readonly type: 'frame';
      readonly step: number;
      readonly mode: DecodingMode;
      readonly probes: readonly Translation[];
    }
  | { readonly type: 'stage'; readonly report: StageReport | null }
  | { readonly type: 'translated'; readonly request: number; readonly step: number; readonly translation: Translation }
  | { readonly type: 'answered'; readonly request: number; readonly answer: Questions[keyof Questions]['answer'] }
  | { readonly type: 'evaluated'; readonly request: number; readonly evaluation: Evaluation }
  | {
      readonly type: 'checkpointed';
      readonly request: number;
      readonly fileName: string;
      readonly bytes: Uint8Array<ArrayBuffer>;
    }
  /** A request that could not be met; the run is as it was. */
  | { readonly type: 'rejected'; readonly request: number; readonly error: ReportedError }
  /** The run can't go on. */
  | { readonly type: 'failed'; readonly error: ReportedError };
