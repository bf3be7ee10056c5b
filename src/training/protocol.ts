/** Every message between the page and the training worker. Read this first; what messages are made of lies beside it. */

import type { Encoding } from '../data/import/encoding.ts';
import type { PairChoice } from '../data/import/selection.ts';
import type { PackedCorpus } from '../data/packed-corpus.ts';
import type { StrategyDescription } from '../engine/executor.ts';
import type { ReportedError } from '../lib/errors.ts';
import type { Config, LiveSettings } from '../model/config.ts';
import type { ImportAnswer, ImportPhase, ImportPreview, OwnData } from './import-protocol.ts';
import type { RunOrigin, RunSource, ShelfAction, ShelfState, StorageProblem } from './keeping/keeping-protocol.ts';
import type { SavedHistory } from './metrics-history.ts';
import type { AskedQuestion, Questions } from './questions.ts';
import type { RaceAction, RaceDescription, RaceNews } from './race/race-protocol.ts';
import type {
  DecodingMode,
  Divergence,
  Evaluation,
  ProgressColumns,
  Recovery,
  RunStatus,
  StageReport,
  Translation,
} from './reports.ts';
import type {
  ExecutorDescription,
  ExecutorPreference,
  ExecutorReason,
  RunDescription,
  StrategyPreference,
} from './run-description.ts';
import type { TrainingState } from './training-state.ts';

export type { ExcludedChoice, StrategyChoice, StrategyDescription, StrategyReason } from '../engine/executor.ts';
export type { FaultCause } from '../lib/fault-ladder.ts';
export type { ImportAnswer, ImportedTable, ImportPhase, ImportPreview, OwnData } from './import-protocol.ts';
export type { RunOrigin, RunSource, ShelfAction, ShelfState, StorageProblem } from './keeping/keeping-protocol.ts';
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
export type {
  DecodingMode,
  Divergence,
  Evaluation,
  ProgressColumns,
  Recovery,
  RunStatus,
  Stage,
  StageReport,
  Token,
  Translation,
} from './reports.ts';
export { STAGES } from './reports.ts';
export type {
  ExecutorDescription,
  ExecutorPreference,
  ExecutorReason,
  RunDescription,
  SamplePair,
  StrategyPreference,
} from './run-description.ts';
export { STRATEGY_PREFERENCES } from './run-description.ts';
export type { Breakdown } from './safety/divergence.ts';
export type { TrainingState } from './training-state.ts';

/**
 * How fast a run goes: flat out; at most so many steps a second; or one stage of the update at a time.
 * Slow motion really dispatches the stages one after the other and reports each as a `stage` event.
 */
export type Pace =
  | { readonly kind: 'full' }
  | { readonly kind: 'limited'; readonly stepsPerSecond: number }
  | { readonly kind: 'slow-motion' };

/** What a worker takes over from the one before it, which ended. */
export interface Succession {
  /** The pairs of the task, where the one before got to hand them over. */
  readonly corpus: PackedCorpus | null;
  /** The run was on a GPU, or on the CPU for as long as its GPU was not ready. */
  readonly hadGpu: boolean;
  /** Why the run was where it was. */
  readonly reasons: readonly ExecutorReason[];
}

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
      /** Set where the run ended with the worker before. Where its GPU takes its time, it goes on on the CPU meanwhile. */
      readonly succession?: Succession;
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

export type Event =
  | {
      readonly type: 'opened';
      readonly request: number;
      readonly run: RunDescription;
      /** On the CPU only until the GPU is ready. */
      readonly isReturning?: boolean;
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
  /** The worker holds the lock of that name for as long as it lives. */
  | { readonly type: 'alive'; readonly lock: string }
  /** The newest state that is known to be good, for the page to go on from should the worker end. */
  | { readonly type: 'snapshot'; readonly state: TrainingState }
  /** The pairs of the run that is trained, once they are packed, for the page to give to another worker. */
  | { readonly type: 'corpus'; readonly corpus: PackedCorpus }
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
