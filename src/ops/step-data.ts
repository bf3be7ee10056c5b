/** Layout of the small tensors that change from step to step, so that a recorded plan can be replayed unchanged. */

/** Positions in `values`, f32: what the schedule and the live settings decide for the step. */
export const VALUES = { learningRate: 0, dropout: 1, teacherForcing: 2, correction1: 3, correction2: 4 } as const;
export const VALUES_LENGTH = 8;

/** Positions in `counters`, u32: the seed of the run, and the number of the step that is being computed, from 0. */
export const COUNTERS = { seed: 0, step: 1 } as const;
export const COUNTERS_LENGTH = 4;

/**
 * Positions in `metrics`, f32: loss in nats a token, targets that count, targets right, gradient norm, clip factor, and what is no
 * number: a sum of `NON_FINITE`.
 */
export const METRICS = { loss: 0, count: 1, correct: 2, gradientNorm: 3, clipFactor: 4, nonFinite: 5 } as const;

/** Parts of a step's flag for figures that are infinite or not a number in float32. */
export const NON_FINITE = { loss: 1, gradientNorm: 2 } as const;
export const METRICS_LENGTH = 8;

/** Steps whose metrics the history holds before it starts over. */
export const HISTORY_SLOTS = 256;
