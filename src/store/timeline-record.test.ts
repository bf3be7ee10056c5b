import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Translation } from '../training/protocol.ts';
import { sentenceKey } from './frame-store.ts';
import {
  candidatesAt,
  fromFixed16,
  METERS,
  type Meters,
  type Moment,
  metersOf,
  ONE,
  toFixed16,
  unpackMoment,
} from './timeline-codec.ts';
import { MAX_KEPT, TIMELINE_BUDGET_BYTES, TimelineRecord } from './timeline-record.ts';

const METER_VALUES = Object.fromEntries(METERS.map((name, i) => [name, i / 7])) as Meters;

const share = fc.double({ min: 0, max: 1, noNaN: true });
const word = fc.constantFrom('le', 'chat', 'noir', 'dort', 'ne', 'pas');
const token = word.map((text) => ({ text, isUnknown: false }));
/** A translation of `source`, with weights or without attention. */
const translationOf = (source: readonly string[]): fc.Arbitrary<Translation> =>
  fc
    .record({
      target: fc.array(token, { maxLength: 8 }),
      hasAttention: fc.boolean(),
      isComplete: fc.boolean(),
      hasReference: fc.boolean(),
      candidates: fc.option(fc.array(fc.array(fc.record({ token: word, probability: share }), { maxLength: 3 })), {
        nil: undefined,
      }),
    })
    .chain(({ target, hasAttention, isComplete, hasReference, candidates }) =>
      fc
        .tuple(
          fc.array(share, { minLength: target.length, maxLength: target.length }),
          fc.array(share, {
            minLength: hasAttention ? target.length * source.length : 0,
            maxLength: hasAttention ? target.length * source.length : 0,
          }),
        )
        .map(([probabilities, weights]) => ({
          source: source.map((text) => ({ text, isUnknown: text === 'x' })),
          target,
          targetText: target.map(({ text }) => text).join(' '),
          probabilities: Float32Array.from(probabilities),
          weights: Float32Array.from(weights),
          ...(hasReference && { reference: { target: ['le', 'chat'], text: 'le chat', alignment: [[0], [1]] } }),
          isComplete,
          ...(candidates && { candidates }),
        })),
    );

const SENTENCES = [['the', 'cat'], ['a', 'black', 'dog', 'x'], ['no']];
const probes = fc.tuple(...SENTENCES.map(translationOf)) as fc.Arbitrary<Translation[]>;
const KEYS = SENTENCES.map((words) => sentenceKey(words));

/** A run of any length, its frames at any distance. */
const run = fc.array(fc.tuple(fc.integer({ min: 0, max: 40 }), fc.nat(3)), { minLength: 1, maxLength: 600 });

describe('fixed point', () => {
  it('brings back every share within half a step, and 0 and 1 exactly', () => {
    fc.assert(
      fc.property(share, (value) => Math.abs(fromFixed16(toFixed16(value)) - value) <= 0.5 / ONE + Number.EPSILON),
    );
    expect([toFixed16(0), toFixed16(1), toFixed16(Number.NaN), toFixed16(2)]).toEqual([0, ONE, 0, ONE]);
  });
});

describe('the record of a run', () => {
  it('gives back what it took: words exactly, numbers within 1/65535', () => {
    fc.assert(
      fc.property(probes, (translations) => {
        const record = new TimelineRecord();
        record.add(7, 'free-running', translations, METER_VALUES);
        const [moment] = record.moments;
        const back = unpackMoment(moment);
        translations.forEach((translation, i) => {
          const shown = back.get(KEYS[i]);
          const { probabilities, weights, candidates, ...words } = translation;
          expect(shown?.step).toBe(7);
          expect(shown?.translation).toMatchObject(words);
          for (const [got, wanted] of [
            [shown?.translation.probabilities, probabilities],
            [shown?.translation.weights, weights],
          ]) {
            expect(got?.length).toBe(wanted?.length);
            wanted?.forEach((value, at) => {
              expect(Math.abs((got?.[at] ?? 9) - value)).toBeLessThan(1 / ONE);
            });
          }
        });
        translations.forEach(({ candidates, target }, i) => {
          const known = candidatesAt(moment, KEYS[i]);
          if (!candidates) {
            expect(known).toBeNull();
            return;
          }
          expect([known?.step, known?.target]).toEqual([7, target]);
          // Positions without any word are not told apart from none.
          const wanted = candidates.some(({ length }) => length > 0) ? candidates : [];
          expect(known?.candidates.map((list) => list.map((one) => one.token))).toEqual(
            wanted.map((list) => list.map((one) => one.token)),
          );
          known?.candidates.flat().forEach(({ probability }, at) => {
            expect(Math.abs(probability - (wanted.flat()[at]?.probability ?? 9))).toBeLessThan(1 / ONE);
          });
        });
        const meters = metersOf(moment);
        for (const name of METERS) expect(meters[name]).toBeCloseTo(METER_VALUES[name], 6);
      }),
    );
  });

  it('stays within its budget however long the run is, in order, with the first, the newest and the kept ones', () => {
    fc.assert(
      fc.property(
        run,
        fc.array(probes, { minLength: 4, maxLength: 4 }),
        fc.infiniteStream(fc.nat(9)),
        (steps, pool, dice) => {
          const record = new TimelineRecord(32_000);
          const kept: number[] = [];
          let step = 0;
          for (const [by, which] of steps) {
            step += by;
            record.add(step, 'free-running', pool[which], METER_VALUES);
            if (dice.next().value === 0 && record.keep(step)) kept.push(step);
            expect(record.bytes).toBeLessThanOrEqual(record.budgetBytes);
          }
          const taken = record.moments.map((moment) => moment.step);
          expect(taken).toEqual([...new Set(taken)].sort((a, b) => a - b));
          expect(taken[0]).toBe(steps[0][0]);
          expect(taken.at(-1)).toBe(step);
          expect(taken).toEqual(expect.arrayContaining(kept));
          const free = taken.slice(1, -1).filter((one) => !kept.includes(one));
          for (const one of free)
            expect(one - (taken[taken.indexOf(one) - 1] as number)).toBeGreaterThanOrEqual(record.stride);
          expect(record.bytes).toBeGreaterThanOrEqual(leastBytes(record));
        },
      ),
      { seed: 11, numRuns: 60 },
    );
  });

  it('spreads evenly over a long run, whatever the pace of the frames', () => {
    const record = new TimelineRecord(60_000);
    const [translations] = fc.sample(probes, { numRuns: 1, seed: 3 });
    for (let step = 0; step <= 100_000; step += 23) record.add(step, 'free-running', translations, METER_VALUES);
    const steps = record.moments.map((moment) => moment.step);
    const gaps = steps.slice(1).map((step, i) => step - steps[i]);
    expect(record.moments.length).toBeGreaterThan(20);
    expect(Math.max(...gaps)).toBeLessThan(2 * record.stride + 23);
  });

  it('follows one sentence from the moment that it was pinned', () => {
    const record = new TimelineRecord(30_000);
    const [translations] = fc.sample(probes, { numRuns: 1, seed: 5 });
    for (let step = 1; step <= 20; step++) record.add(step, 'free-running', translations.slice(0, 2), METER_VALUES);
    expect(record.follow(KEYS[2])).toEqual([]);
    for (let step = 21; step <= 400; step++) {
      record.add(step, 'free-running', translations, METER_VALUES);
      const followed = record.follow(KEYS[2]);
      expect(followed).toEqual(record.moments.filter((moment) => moment.step > 20));
    }
    expect(record.follow(KEYS[0])).toEqual(record.moments);
    record.clear();
    expect(record.follow(KEYS[0])).toEqual([]);
    expect(record.bytes).toBe(0);
  });

  it('lets the same step again take the place of the moment, and leaves out what comes too late', () => {
    const record = new TimelineRecord();
    const [[a, b, c]] = fc.sample(probes, { numRuns: 1, seed: 8 });
    record.add(5, 'free-running', [a, b], METER_VALUES);
    record.add(5, 'free-running', [b, c], METER_VALUES);
    record.add(4, 'free-running', [a], METER_VALUES);
    expect(record.moments).toHaveLength(1);
    expect([...unpackMoment(record.moments[0]).keys()].sort()).toEqual([...KEYS].sort());
    record.add(5, 'teacher-forced', [a], METER_VALUES);
    expect([...unpackMoment(record.moments[0]).keys()]).toEqual([KEYS[0]]);
    expect(record.bytes).toBeGreaterThanOrEqual(leastBytes(record));
  });

  it('knows the candidates of the newest moment at or before, also where that one gave way or was thinned out', () => {
    const record = new TimelineRecord(30_000);
    const [[plain]] = fc.sample(probes, { numRuns: 1, seed: 5 });
    const candidates = (step: number) => [[{ token: `word ${step % 20}`, probability: 0.5 }]];
    const { candidates: _, ...translation } = plain;
    for (let step = 3; step <= 3000; step++) {
      const has = step % 10 === 0;
      const probe = has ? { ...translation, candidates: candidates(step) } : translation;
      record.add(step, 'free-running', [probe], METER_VALUES);
    }
    expect(record.stride).toBeGreaterThan(10);
    for (const moment of record.moments) {
      const newest = Math.floor(moment.step / 10) * 10;
      const known = candidatesAt(moment, KEYS[0]);
      expect(known?.step).toBe(newest === 0 ? undefined : newest);
      if (newest > 0) expect(known?.candidates[0]?.[0]?.token).toBe(`word ${newest % 20}`);
    }
    record.add(3001, 'teacher-forced', [translation], METER_VALUES);
    expect(candidatesAt(record.moments.at(-1) as Moment, KEYS[0])).toBeNull();
    expect(record.bytes).toBeLessThanOrEqual(record.budgetBytes);
  });

  it('keeps only as many for good as leave room for the rest', () => {
    const record = new TimelineRecord();
    const [translations] = fc.sample(probes, { numRuns: 1, seed: 1 });
    for (let step = 0; step < 40; step++) record.add(step, 'free-running', translations, METER_VALUES);
    const kept = record.moments.filter((moment) => record.keep(moment.step));
    expect(kept).toHaveLength(MAX_KEPT);
    expect(record.keep(3)).toBe(true);
    record.release(3);
    expect(record.keep(39)).toBe(true);
    expect(record.keep(12_345)).toBe(false);
    expect(record.budgetBytes).toBe(TIMELINE_BUDGET_BYTES);
  });
});

/** Bytes of the moments and of the word lists that they share, counted anew; lists that nothing has any more may still be there. */
function leastBytes(record: TimelineRecord): number {
  const wordings = new Set(record.moments.flatMap((moment) => moment.wordings));
  const packed = new Set(record.moments.flatMap(({ candidates }) => candidates.filter((one) => one !== null)));
  const moments = record.moments.reduce((sum, moment) => sum + moment.bytes, 0);
  return [...packed, ...wordings].reduce((sum, wording) => sum + wording.bytes, moments);
}
