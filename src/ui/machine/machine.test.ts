import { describe, expect, it } from 'vitest';
import { OP_NAMES } from '../../ops/registry.ts';
import type { Profile, ProfiledLaunch } from '../../training/questions.ts';
import { enMachine } from '../strings/en-machine.ts';
import { bandOf, groupCalls, isOfStage, longest, roofPlace, rowsOf, sortRows, stagesOf, totalsOf } from './launches.ts';
import { createUnits } from './units.ts';
import { entryLine, tokenize } from './wgsl-tokens.ts';

const roofline = { gflops: 100, gigabytesPerSecond: 20 };

function launch(changes: Partial<ProfiledLaunch> = {}): ProfiledLaunch {
  const place = { stage: 'encode', direction: 'forward', position: null } as const;
  return {
    label: 'lstm.forward.forward',
    place,
    calls: [{ op: 'lstm.forward', place, operands: { h: [4, 2] }, flops: 10 }],
    entry: 'forward',
    source: 'a',
    workgroups: [2, 3, 1],
    workgroupSize: [64, 1, 1],
    startMs: 0,
    ms: 1,
    bytes: 1e6,
    flops: 2e7,
    ...changes,
  };
}

const backward = launch({ place: { stage: 'decode', direction: 'backward', position: 3 }, ms: 2, label: 'b' });
const update = launch({ place: { stage: 'update', direction: 'backward', position: null }, ms: 3, label: 'a' });
const launches = [launch(), backward, update];
const profile: Profile = {
  step: 1,
  clock: 'timestamp-query',
  strategy: 'persistent',
  launches,
  sources: { a: 'fn forward() {}' },
  stepMs: 7,
  roofline,
  rows: null,
};

describe('the parts of a step', () => {
  it('are forward, backward and the update, and add up', () => {
    expect(launches.map(bandOf)).toEqual(['forward', 'backward', 'update']);
    expect(totalsOf(launches)).toEqual({
      bands: { forward: 1, backward: 2, update: 3 },
      ms: 6,
      flops: 6e7,
      bytes: 3e6,
    });
  });

  it('can be told apart by the stages of their calls', () => {
    expect(stagesOf(profile)).toEqual(['encode']);
    expect([isOfStage(launch(), null), isOfStage(launch(), 'encode'), isOfStage(launch(), 'softmax')]).toEqual([
      true,
      true,
      false,
    ]);
    expect([longest(launches, () => true), longest(launches, () => false)]).toEqual([2, -1]);
  });

  it('are sorted by any column, equal ones in the order of the step', () => {
    const order = (...sort: Parameters<typeof sortRows> extends [unknown, ...infer Rest] ? Rest : never) =>
      sortRows(rowsOf(profile), ...sort).map(({ index }) => index);
    expect(order('ms', true)).toEqual([2, 1, 0]);
    expect(order('label', false)).toEqual([2, 1, 0]);
    expect(order('bytes', true)).toEqual([0, 1, 2]);
    expect(order('gflops', true)).toEqual([0, 1, 2]);
    expect(order('workgroups', false)).toEqual([0, 1, 2]);
  });

  it('show calls that are alike together', () => {
    const place = { stage: 'decode', direction: 'forward', position: 0 } as const;
    const call = { op: 'linear.forward', place, operands: { y: [2, 3] }, flops: 5 } as const;
    const groups = groupCalls([call, { ...call, place: { ...place, position: 1 } }, { ...call, op: 'tanh.forward' }]);
    expect(groups.map(({ op, count, flops }) => [op, count, flops])).toEqual([
      ['linear.forward', 2, 10],
      ['tanh.forward', 1, 5],
    ]);
  });
});

describe('the place under the roof', () => {
  it('is bound by arithmetic right of the ridge', () => {
    expect(roofPlace(launch(), roofline)).toEqual({
      intensity: 20,
      gflops: 20,
      gigabytesPerSecond: 1,
      roof: 100,
      boundBy: 'arithmetic',
      share: 0.2,
    });
  });

  it('is bound by memory left of it', () => {
    const { roof, boundBy, share } = roofPlace(launch({ flops: 1e6 }), roofline);
    expect([roof, boundBy, share]).toEqual([20, 'memory', 0.05]);
  });

  it('is the share of the bandwidth where nothing is computed, and unknown where no time passed', () => {
    expect(roofPlace(launch({ flops: 0 }), roofline).share).toBeCloseTo(0.05, 12);
    expect(roofPlace(launch({ ms: 0 }), roofline)).toMatchObject({
      gflops: null,
      gigabytesPerSecond: null,
      share: null,
    });
  });
});

describe('units', () => {
  const units = createUnits('en');
  const plain = (text: string) => text.replace(/\u202f/g, ' ');

  it('have the prefix and the digits that suit', () => {
    expect([1234, 999.6, 84.25, 1.2, 0.9999, 0.34, 0.0052, 0].map((ms) => plain(units.duration(ms)))).toEqual([
      '1.23 s',
      '1 s',
      '84.3 ms',
      '1.2 ms',
      '1 ms',
      '340 µs',
      '5.2 µs',
      '0 ms',
    ]);
    expect([0, 12, 1536, 2.5e9].map((bytes) => plain(units.bytes(bytes)))).toEqual([
      '0 B',
      '12 B',
      '1.54 kB',
      '2.5 GB',
    ]);
    expect([plain(units.rate(4.7)), plain(units.rate(0.05)), plain(units.bandwidth(8.61))]).toEqual([
      '4.7 GFLOP/s',
      '50 MFLOP/s',
      '8.61 GB/s',
    ]);
    expect([0.61, 0.0432, 1.3].map((share) => plain(units.share(share)))).toEqual(['61 %', '4.3 %', '130 %']);
    expect(plain(units.times(2.345))).toBe('2.3 ×');
  });
});

describe('WGSL in colour', () => {
  it('is the line again, in pieces', () => {
    const line = '  let x: vec4f = 1.5e-3f * max(a[0u], 0x1F); // why';
    const tokens = tokenize(line);
    expect(tokens.map(({ text }) => text).join('')).toBe(line);
    expect(tokens.filter(({ kind }) => kind !== 'plain').map(({ kind, text }) => `${kind} ${text}`)).toEqual([
      'keyword let',
      'type vec4f',
      'number 1.5e-3f',
      'builtin max',
      'number 0u',
      'number 0x1F',
      'comment // why',
    ]);
    expect(tokenize('@compute @workgroup_size(LANES)').map(({ kind }) => kind)).toEqual([
      'attribute',
      'plain',
      'attribute',
      'plain',
    ]);
    expect(tokenize('')).toEqual([]);
  });

  it('knows where an entry point begins', () => {
    expect(entryLine(['fn forward_step() {}', 'fn forward(', ') {}'], 'forward')).toBe(1);
    expect(entryLine([], 'forward')).toBe(-1);
  });
});

it('has a formula for every op of a training step', () => {
  const explored = ['choose-token.forward', 'override-weights.forward', 'scale-rows.forward'];
  expect(Object.keys(enMachine.formulas)).toEqual(
    expect.arrayContaining(OP_NAMES.filter((op) => !explored.includes(op))),
  );
});
