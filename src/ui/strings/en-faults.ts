/** English: what is said when something that computes fails, and when a training breaks down. */

import type { Divergence, FaultCause, Recovery } from '../../training/protocol.ts';

export interface FaultStrings {
  /** One sentence: what happened, and how the run goes on. Numbers come in formatted. */
  readonly recovered: (recovery: Recovery, step: string, repeated: string) => string;
  readonly diverged: (
    divergence: Divergence,
    figures: { step: string; backTo: string; loss: string; rate: string },
  ) => string;
  readonly goOn: (rate: string) => string;
  readonly stay: string;
  /** Why the CPU computes. */
  readonly whyCpu: (cause: FaultCause, message: string) => string;
}

const WHAT: Readonly<Record<FaultCause, string>> = {
  lost: 'The GPU went away, as it does after sleep or a driver update',
  stuck: 'The GPU gave no answer for ten seconds',
  error: 'The GPU reported an error',
  memory: 'The GPU had no memory left',
  'self-test': 'The GPU computed a small test step wrongly',
  worker: 'The training worker stopped',
};

const WHY: Readonly<Record<FaultCause, string>> = {
  lost: 'it went away',
  stuck: 'it gave no answer for ten seconds',
  error: 'it reported an error',
  memory: 'it had no memory left',
  'self-test': 'it computed a small test step wrongly',
  worker: 'its worker stopped',
};

function howItGoesOn({ onto, repeatedSteps }: Recovery, step: string, repeated: string): string {
  const where = onto === 'cpu' ? ' on the CPU' : '';
  const from = step === '0' ? 'from the start' : `from step ${step}`;
  if (repeatedSteps === 0) return `The run goes on${where} where it was`;
  return `The run goes on${where} ${from}; ${repeatedSteps === 1 ? 'one step is' : `${repeated} steps are`} trained again`;
}

const whereTo = ({ isGpuGone, isReturning }: Recovery): string => {
  if (isReturning) return ' It moves back to the GPU as soon as that is ready.';
  return isGpuGone ? ' To get the GPU back, load the page again.' : '';
};

function whatBroke({ breakdown }: Divergence, loss: string, step: string): string {
  if (breakdown.kind === 'non-finite') return `At step ${step} the loss or its gradient was no number any more`;
  if (breakdown.kind === 'absurd') return `At step ${step} the loss was ${loss}, far worse than guessing`;
  return `Up to step ${step} the loss stayed far above where it had been, at ${loss}`;
}

export const enFaults: FaultStrings = {
  recovered: (recovery, step, repeated) =>
    `${WHAT[recovery.cause]}. ${howItGoesOn(recovery, step, repeated)}.${whereTo(recovery)}`,
  diverged: (divergence, { step, backTo, loss, rate }) =>
    `${whatBroke(divergence, loss, step)}: the training diverged. It is back at step ${backTo}, paused. ` +
    `The learning rate of ${rate} is too high for it; a lower one, or tighter gradient clipping, usually helps.`,
  goOn: (rate) => `Go on at ${rate}`,
  stay: 'Stay here',
  whyCpu: (cause, message) => `Why not WebGPU: ${WHY[cause]} (${message}).`,
};
