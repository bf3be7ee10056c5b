/** What the worker tells of a run while it is trained: what the model does, how well, and what went wrong. */

import type { FaultCause } from '../lib/fault-ladder.ts';
import type { Candidate } from './questions.ts';
import type { Breakdown } from './safety/divergence.ts';

/** Whether a heatmap shows the model's own translation or the given one (teacher-forced). */
export type DecodingMode = 'free-running' | 'teacher-forced';

export interface Token {
  readonly text: string;
  readonly isUnknown: boolean;
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
  /** On the CPU only until the GPU is ready again. */
  readonly isReturning: boolean;
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
