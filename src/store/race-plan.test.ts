import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { checkConfig, defaultConfig, SCORES } from '../model/config.ts';
import { DEFAULT_LENGTHS, DEFAULT_RACE, type LanePlan, laneConfig, parseLanes, printLanes } from './race-plan.ts';

describe('the lanes of a race', () => {
  it('are none, uniform, dot, general and additive at first, and without and with attention for the lengths', () => {
    expect(parseLanes(DEFAULT_RACE)?.map(({ score }) => score)).toEqual([
      'none',
      'uniform',
      'dot',
      'general',
      'additive',
    ]);
    expect(parseLanes(DEFAULT_LENGTHS)).toEqual([{ score: 'none' }, {}]);
  });

  it('come back from a link as they were', () => {
    const lane = fc.record(
      {
        score: fc.constantFrom(...SCORES),
        hidden: fc.integer({ min: 1, max: 128 }).map((half) => 2 * half),
        learningRate: fc.constantFrom(0.00001, 0.003, 0.25, 1),
        bidirectional: fc.boolean(),
        optimizer: fc.constantFrom('adam' as const, 'sgd' as const),
      },
      { requiredKeys: [] },
    );
    fc.assert(
      fc.property(fc.array(lane, { minLength: 1, maxLength: 5 }), (lanes) => {
        expect(parseLanes(printLanes(lanes as LanePlan[]))).toEqual(lanes);
      }),
    );
    // Nothing of it has to be escaped in an address.
    const text = printLanes([{ score: 'linear-concat', learningRate: 0.01 }, {}]);
    expect(new URLSearchParams({ race: text }).toString()).toBe(`race=${text}`);
  });

  it.each(['', 'score', 'score.best', 'seed.1', 'hidden.9999', 'batch.4', [...Array(6)].fill('same').join('_')])(
    'are none at all where the text is %j',
    (text) => {
      expect(parseLanes(text)).toBeNull();
    },
  );

  it('are whole configurations on the settings of the page', () => {
    const base = defaultConfig('phrases');
    for (const score of SCORES) expect(() => checkConfig(laneConfig(base, { score }))).not.toThrow();
    expect(laneConfig(base, {})).toEqual(base);
    expect(laneConfig(base, { score: 'dot' }).decoderHidden).toBe(128);
    // A decoder that had to be as wide as the annotations is not in a lane that needs no such thing.
    const dot = laneConfig(base, { score: 'dot' });
    expect(laneConfig(dot, { score: 'none' }).decoderHidden).toBe(64);
  });
});
