import { describe, expect, it } from 'vitest';
import type { StrategyChoice, StrategyReason } from '../../training/protocol.ts';
import { enStrategy } from './en-strategy.ts';

const chosen: StrategyChoice = { strategy: 'persistent', rows: 4, lanes: 64 };
const wide: StrategyChoice = { strategy: 'wide', rows: 2, lanes: 128 };
const measured = {
  kind: 'measured',
  isRuleConfirmed: true,
  gain: 1.342,
  measured: 6,
  excluded: [],
  isRemembered: false,
} as const;
const why = (reason: StrategyReason) => enStrategy.why({ ...chosen, reason });

describe('the sentences on strategies', () => {
  it('say what runs, with its tile where it has one', () => {
    const running = (choice: StrategyChoice) => enStrategy.running({ ...choice, reason: { kind: 'asked' } });
    expect(running(chosen)).toBe('Persistent: one launch runs whole sequences, 4 rows by 64 invocations a workgroup');
    expect(running({ ...chosen, strategy: 'separate' })).toBe('Op by op: every op is a launch of its own');
  });

  it.each<[string, StrategyReason]>([
    ['Why: you chose it.', { kind: 'asked' }],
    ['Why: its tensors are too large for one binding.', { kind: 'no-choice' }],
    [
      'Why: by rule: this adapter computes on the CPU, where few launches with large tiles cost least.',
      { kind: 'rule', isSoftware: true, hidden: 64, batch: 32 },
    ],
    [
      'Why: by rule for states of 64 units and 32 rows; nothing faster has been measured.',
      { kind: 'rule', isSoftware: false, hidden: 64, batch: 32 },
    ],
    [
      'Why: measured, 1.34 times as fast as Wide 2 × 128, which the rule would take.',
      { ...measured, isRuleConfirmed: false, rival: wide },
    ],
    [
      'Why: measured in an earlier run, 13 times as fast as Wide 2 × 128, which the rule would take.',
      { ...measured, isRuleConfirmed: false, rival: wide, gain: 12.6, isRemembered: true },
    ],
    [
      'Why: by rule, and measured against 5 others: 1.34 times as fast as the best of them, Wide 2 × 128.',
      { ...measured, rival: wide },
    ],
    [
      'Why: by rule, and measured against 1 other: the fastest of them, Wide 2 × 128, gains too little.',
      { ...measured, rival: wide, gain: 0.97, measured: 2 },
    ],
    ['Why: by rule; no other could be measured.', { ...measured, rival: null, gain: 1, measured: 1 }],
  ])('say why: %s', (sentence, reason) => {
    expect(why(reason)).toBe(sentence);
  });

  it('name what was left out', () => {
    expect(enStrategy.excluded({ ...wide, problem: 'differs' })).toBe(
      'Not used: Wide 2 × 128 gave other results on this adapter.',
    );
    expect(enStrategy.excluded({ ...wide, problem: 'fails' })).toBe(
      'Not used: Wide 2 × 128 did not run on this adapter.',
    );
  });
});
