/** What the page and the worker say to each other about a race: several settings, trained in turn on the same batches. */

import type { ReportedError } from '../../lib/errors.ts';
import type { Config } from '../../model/config.ts';
import type { Evaluation, ProgressColumns, Translation } from '../protocol.ts';

/** Lanes of a race at most. */
export const MAX_LANES = 5;
/** Held-out figures are taken at every multiple of so many steps, in all lanes alike. */
export const MEASURE_STEPS = 25;
/** The same for figures by sentence length, which take more sentences. */
export const LENGTH_STEPS = 50;
/** Held-out pairs behind each figure of a race. */
export const MEASURE_PAIRS = 128;

/** `overall`: one figure for all held-out sentences; `lengths`: one for each length of a sentence. */
export type RaceMeasure = 'overall' | 'lengths';

export interface RaceSetup {
  /** Settings of each lane, one to `MAX_LANES`; task, seed and batch are the same in all. */
  readonly lanes: readonly Config[];
  /** Sentence whose translation and attention are followed in every lane. */
  readonly sentence: string;
  readonly measure: RaceMeasure;
  /** Held-out sentences of each length at most, for `lengths`. */
  readonly sentencesPerLength: number;
}

export type RaceAction =
  /** Another race in the place of the one before, at step 0 and paused. */
  | { readonly kind: 'open'; readonly setup: RaceSetup }
  /** Trains all lanes up to a step; the main run pauses. */
  | { readonly kind: 'go'; readonly until: number }
  /** Stops where all lanes are at the same step. */
  | { readonly kind: 'pause' }
  /** Back to the same initial weights, paused. */
  | { readonly kind: 'reset' }
  /** Another sentence to follow. */
  | { readonly kind: 'follow'; readonly sentence: string }
  /** Pauses, and gives back everything but the states of the lanes; `go` takes them up again. */
  | { readonly kind: 'park' }
  /** Ends it; nothing is kept. */
  | { readonly kind: 'close' };

/** What is known of a lane before its first step. */
export interface LaneDescription {
  readonly config: Config;
  readonly parameterCount: number;
}

export interface RaceDescription {
  /** Tells the news of one race from those of another. */
  readonly race: number;
  readonly lanes: readonly LaneDescription[];
  readonly executor: 'webgpu' | 'cpu';
  readonly sourceLanguage: string;
  readonly targetLanguage: string;
  /** Tokens of the longest source sentence that is trained on. */
  readonly longestTrained: number;
}

/** Held-out sentences of `from` to `to` source tokens, and how well they are translated; rates from 0 to 1. */
export interface LengthQuality {
  readonly from: number;
  readonly to: number;
  readonly sentences: number;
  /** Greedy translations equal to the reference. */
  readonly exactMatch: number;
  /** BLEU-4, 0 to 1. */
  readonly bleu: number;
  /** Share of the reference tokens that the greedy translation has at the same place. */
  readonly tokenAccuracy: number;
}

/** What is new in a lane. */
export interface LaneNews {
  /** Figures of the steps since the last news. */
  readonly columns: ProgressColumns | null;
  readonly evaluation: Evaluation | null;
  /** Figures by length, shortest first. */
  readonly lengths: { readonly step: number; readonly buckets: readonly LengthQuality[] } | null;
  /** The followed sentence. */
  readonly probe: Translation | null;
  /** Median time of a training step with nothing else running, ms; null before it is known. */
  readonly stepMs: number | null;
  /** Step at which its training broke down; the lane rests from there on. */
  readonly brokenAt: number | null;
}

export type RacePhase = 'opening' | 'running' | 'paused' | 'finished' | 'parked' | 'failed';

export interface RaceNews {
  readonly race: number;
  readonly phase: RacePhase;
  /** Steps that every lane has made. */
  readonly step: number;
  /** One for each lane; empty where only the phase is new. */
  readonly lanes: readonly LaneNews[];
  /** Milliseconds trained so far, measuring included. */
  readonly elapsedMs: number;
  readonly error: ReportedError | null;
}
