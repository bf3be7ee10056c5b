import { describe, expect, it } from 'vitest';
import type { StrategyChoice } from './executor.ts';
import { type TextStore, TuningMemory, type TuningRecord } from './tuning-memory.ts';

const CHOICES: readonly StrategyChoice[] = [
  { strategy: 'persistent', rows: 4, lanes: 64 },
  { strategy: 'wide', rows: 4, lanes: 64 },
  { strategy: 'wide', rows: 2, lanes: 128 },
];
const RECORD: TuningRecord = {
  chosen: CHOICES[1] as StrategyChoice,
  rival: CHOICES[0] as StrategyChoice,
  gain: 1.34,
  measured: 2,
  excluded: [{ ...(CHOICES[2] as StrategyChoice), problem: 'differs' }],
};

const storeOf = (texts: Map<string, string>): TextStore => ({
  get: async (key) => texts.get(key) ?? null,
  set: async (key, text) => {
    texts.set(key, text);
  },
});

describe('the memory of what was measured', () => {
  it('remembers by key for the session', async () => {
    const memory = new TuningMemory();
    expect(await memory.recall('a', CHOICES)).toBeNull();
    memory.remember('a', RECORD);
    expect(await memory.recall('a', CHOICES)).toEqual(RECORD);
    expect(await memory.recall('b', CHOICES)).toBeNull();
  });

  it('hands on to the next session what it kept in a store', async () => {
    const texts = new Map<string, string>();
    new TuningMemory(storeOf(texts)).remember('a', RECORD);
    expect(await new TuningMemory(storeOf(texts)).recall('a', CHOICES)).toEqual(RECORD);
  });

  it.each([
    ['nothing', ''],
    ['no record', '7'],
    [
      'a choice that is not among these',
      JSON.stringify({ ...RECORD, chosen: { strategy: 'wide', rows: 64, lanes: 64 } }),
    ],
    ['a rival that is none', JSON.stringify({ ...RECORD, rival: 'wide' })],
    ['no gain', JSON.stringify({ ...RECORD, gain: 'much' })],
    ['a problem that is none', JSON.stringify({ ...RECORD, excluded: [{ ...CHOICES[0], problem: 'ugly' }] })],
  ])('takes %s in the store for forgotten', async (_, text) => {
    expect(await new TuningMemory(storeOf(new Map([['a', text]]))).recall('a', CHOICES)).toBeNull();
  });

  it('does without a store that fails', async () => {
    const fail = () => Promise.reject(new Error('denied'));
    const memory = new TuningMemory({ get: fail, set: fail });
    expect(await memory.recall('a', CHOICES)).toBeNull();
    memory.remember('a', RECORD);
    expect(await memory.recall('a', CHOICES)).toEqual(RECORD);
  });
});
