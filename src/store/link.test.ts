import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { defaultConfig, FIELD_NAMES, FIELDS, type FieldSpec, resolveConfig, TASKS } from '../model/config.ts';
import { HIDABLE_PARTS } from './hidden.ts';
import { LESSON_IDS, LESSONS } from './lessons/catalogue.ts';
import { decodeLink, defaultLinkState, encodeLink, type LinkState } from './link.ts';
import { BOXES, COMPARISONS, LANGUAGES, MAX_BEAM, MAX_RACE_STEPS, PANELS, PICTURES, SIZES } from './view-store.ts';

/** Any value that a field takes. */
const value = (spec: FieldSpec): fc.Arbitrary<unknown> => {
  if (spec.kind === 'boolean') return fc.boolean();
  if (spec.kind === 'choice') return fc.constantFrom(...spec.options.filter((option) => option !== 'own'));
  if (spec.kind === 'integer') return fc.integer({ min: spec.min, max: spec.max });
  return fc.double({ min: spec.min, max: spec.max, noNaN: true }).map((x) => (x === 0 ? 0 : x));
};
const config = fc.record(Object.fromEntries(FIELD_NAMES.map((name) => [name, value(FIELDS[name])])));

describe('a link', () => {
  it('is empty where everything is as it starts', () => {
    expect(encodeLink(defaultLinkState())).toBe('');
  });

  it('names only what differs from the defaults of its task', () => {
    for (const task of TASKS) {
      const state = { ...defaultLinkState(task), config: { ...defaultConfig(task), seed: 7 } };
      expect(encodeLink(state)).toBe(task === 'phrases' ? 'seed=7' : `task=${task}&seed=7`);
    }
  });

  it('brings every configuration and view back', () => {
    const view = fc.record({
      executor: fc.constantFrom('auto', 'webgpu', 'cpu'),
      strategy: fc.constantFrom('auto', 'persistent', 'stepwise', 'wide', 'separate'),
      pace: fc.constantFrom('slow-motion', '1', '5', '20', 'full'),
      mode: fc.constantFrom('free-running', 'teacher-forced'),
      probe: fc.integer({ min: 0, max: 3 }),
      edits: fc.constantFrom('', 'a0_250-750*w1_l%27%C3%A9t%C3%A9*s2*x_attention*t_2.5'),
      sentence: fc.string({ maxLength: 60 }),
      picture: fc.constantFrom(...PICTURES),
      beamWidth: fc.integer({ min: 1, max: MAX_BEAM }),
      showValues: fc.boolean(),
      showTable: fc.boolean(),
      panel: fc.constantFrom(null, ...PANELS),
      isLogLoss: fc.boolean(),
      showsShipped: fc.boolean(),
      size: fc.constantFrom(...SIZES),
      language: fc.constantFrom('system', ...LANGUAGES),
      box: fc.constantFrom(...BOXES),
      group: fc.constantFrom('task', 'encoder', 'attention', 'decoder', 'training'),
      kernelsOf: fc.constantFrom(null, 'score', 'update'),
      kernels: fc.constantFrom('fused', 'unfused'),
      machineView: fc.constantFrom('timeline', 'table'),
      cellView: fc.constantFrom('forward', 'backward'),
      measureScale: fc.constantFrom('shares', 'signed'),
      isMeasureTable: fc.boolean(),
      lstmLayer: fc.constantFrom(null, '0', '1_reverse', 'decoder'),
      lstmUnit: fc.option(fc.integer({ min: 0, max: 511 })),
      mapSide: fc.constantFrom('source', 'target'),
      near: fc.option(fc.string({ minLength: 1, maxLength: 60 })),
      comparison: fc.constantFrom(...COMPARISONS),
      raceLanes: fc.constantFrom('same', 'score.none_score.dot', 'hidden.32*learningRate.0.01_same'),
      lengthLanes: fc.constantFrom('score.none_same', 'score.none_score.additive'),
      raceSteps: fc.integer({ min: 0, max: MAX_RACE_STEPS }),
      hidden: fc.subarray([...HIDABLE_PARTS]),
      pin: fc.constantFrom(null, { row: 2, column: 0 }, { row: null, column: 11 }, { row: 0, column: null }),
      lesson: fc.constantFrom(null, ...LESSON_IDS),
      card: fc.nat(4),
    });
    fc.assert(
      fc.property(config, view, (fields, looks) => {
        const state = {
          ...looks,
          card: looks.lesson ? looks.card : 0,
          config: resolveConfig(fields as unknown as LinkState['config']),
        } as LinkState;
        const { state: back, problems } = decodeLink(`#${encodeLink(state)}`);
        expect(problems).toEqual([]);
        expect(back).toEqual(state);
      }),
      { seed: 3 },
    );
  });

  it('keeps everything else where one value is bad, and says which', () => {
    const { state, problems } = decodeLink('#hidden=9999&seed=7&score=dot');
    expect(state.config.hidden).toBe(FIELDS.hidden.default);
    expect(state.config.seed).toBe(7);
    expect(state.config.score).toBe('dot');
    expect(problems).toEqual([{ name: 'hidden', text: '9999', field: 'hidden', reason: 'bad-value' }]);
  });

  it('starts a lesson with its own settings where it has none, and with those that it has', () => {
    const { state, problems } = decodeLink('#lesson=open-a-cell&card=2');
    expect(problems).toEqual([]);
    expect(state).toMatchObject({ lesson: 'open-a-cell', card: 1, config: { task: 'numbers', hidden: 32 } });
    expect(decodeLink('#lesson=open-a-cell&task=dates').state.config).toEqual(defaultConfig('dates'));
  });

  it('names cards and lessons that there are not', () => {
    const { state, problems } = decodeLink('#lesson=open-a-cell&card=60');
    expect(state).toMatchObject({ lesson: 'open-a-cell', card: 0 });
    expect(problems).toMatchObject([{ name: 'card', text: '60' }]);
    expect(decodeLink('#lesson=magic&card=2').problems).toMatchObject([{ name: 'lesson' }, { name: 'card' }]);
    for (const { start } of Object.values(LESSONS)) expect(decodeLink(start).problems).toEqual([]);
  });

  it('leaves out what of a list means nothing, and names it', () => {
    const { state, problems } = decodeLink('#hide=settings,magic,time');
    expect(state.hidden).toEqual(['time', 'settings']);
    expect(problems).toEqual([{ name: 'hide', text: 'magic', field: null, reason: 'bad-value' }]);
  });

  it('takes no pin outside of any sentence', () => {
    for (const text of ['', 'r', 'r0', 'c999', 'r1x', '1.2'])
      expect(decodeLink(`#pin=${text}`)).toMatchObject({ state: { pin: null }, problems: [{ name: 'pin' }] });
  });

  it('names settings that do not exist', () => {
    expect(decodeLink('#colour=red').problems[0]).toMatchObject({ name: 'colour', reason: 'unknown-name' });
  });

  it('takes a built-in task only, because a link carries no pairs', () => {
    const { state, problems } = decodeLink('#task=own');
    expect(state.config.task).toBe('phrases');
    expect(problems).toHaveLength(1);
  });

  it('sets the decoder to the annotation size for dot scores', () => {
    expect(decodeLink('#score=dot&hidden=32&bidirectional=true').state.config.decoderHidden).toBe(64);
  });

  it('survives any text', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 200 }), (text) => {
        decodeLink(`#${text}`);
      }),
      { seed: 4 },
    );
    decodeLink('#%E0%A4%A&__proto__=1&constructor=2&toString=3');
    expect(({} as Record<string, unknown>).polluted).toBeUndefined();
  });
});
