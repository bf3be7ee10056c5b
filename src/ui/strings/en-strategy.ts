/** English, how a run is cut into GPU launches. */

import type { StrategyChoice, StrategyDescription, StrategyReason } from '../../training/protocol.ts';
import type { Strings } from './strings.ts';

const options: Strings['strategy']['options'] = {
  auto: 'Automatic',
  persistent: 'Persistent',
  stepwise: 'Stepwise',
  wide: 'Wide',
  separate: 'Op by op',
};

const what: Readonly<Record<StrategyChoice['strategy'], string>> = {
  persistent: 'one launch runs whole sequences',
  stepwise: 'one launch a time step',
  wide: 'recurrent steps and large products spread over all rows and columns',
  separate: 'every op is a launch of its own',
};

/** A choice among others, with its tile where it has one: rows by invocations. */
const name = ({ strategy, rows, lanes }: StrategyChoice): string =>
  strategy === 'separate' ? options[strategy] : `${options[strategy]} ${rows} × ${lanes}`;

const times = (gain: number): string => `${gain.toFixed(gain < 10 ? 2 : 0)} times`;

function measured(reason: Extract<StrategyReason, { kind: 'measured' }>): string {
  const { isRuleConfirmed, rival, gain, isRemembered } = reason;
  const when = isRemembered ? 'measured in an earlier run' : 'measured';
  if (!isRuleConfirmed && rival) return `${when}, ${times(gain)} as fast as ${name(rival)}, which the rule would take.`;
  if (!rival) return 'by rule; no other could be measured.';
  const others = reason.measured - 1;
  const against = `by rule, and ${when} against ${others} ${others === 1 ? 'other' : 'others'}: `;
  if (gain < 1) return `${against}the fastest of them, ${name(rival)}, gains too little.`;
  return `${against}${times(gain)} as fast as the best of them, ${name(rival)}.`;
}

function why({ reason }: StrategyDescription): string {
  switch (reason.kind) {
    case 'asked':
      return 'you chose it.';
    case 'no-choice':
      return 'its tensors are too large for one binding.';
    case 'rule':
      return reason.isSoftware
        ? 'by rule: this adapter computes on the CPU, where few launches with large tiles cost least.'
        : `by rule for states of ${reason.hidden} units and ${reason.batch} rows; nothing faster has been measured.`;
    case 'measured':
      return measured(reason);
  }
}

export const enStrategy: Strings['strategy'] = {
  label: 'Launches',
  onCpu: 'For WebGPU; the CPU runs op by op.',
  options,
  running: ({ strategy, rows, lanes }) =>
    `${options[strategy]}: ${what[strategy]}` +
    `${strategy === 'separate' ? '' : `, ${rows} rows by ${lanes} invocations a workgroup`}`,
  why: (strategy) => `Why: ${why(strategy)}`,
  excluded: (choice) =>
    `Not used: ${name(choice)} ${choice.problem === 'differs' ? 'gave other results' : 'did not run'} on this adapter.`,
};
