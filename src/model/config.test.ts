import { describe, expect, it } from 'vitest';
import { ConfigError } from '../lib/errors.ts';
import {
  annotationSize,
  type Config,
  checkConfig,
  checkField,
  defaultConfig,
  FIELD_NAMES,
  FIELDS,
  type FieldSpec,
  LIVE_FIELDS,
  needsEqualSizes,
  parseField,
  resolveConfig,
  SCORES,
  TASK_DEFAULTS,
  type TaskId,
} from './config.ts';

const TASK_IDS = Object.keys(TASK_DEFAULTS) as TaskId[];

describe('the schema', () => {
  it.each(TASK_IDS)('has defaults that it accepts itself: %s', (task) => {
    const config = defaultConfig(task);
    expect(Object.keys(config).sort()).toEqual([...FIELD_NAMES].sort());
    expect(config.task).toBe(task);
    checkConfig(config);
  });

  it('refuses objects of a file that have no text, or one without an end', () => {
    const endless = JSON.parse(`${'['.repeat(20_000)}1${']'.repeat(20_000)}`);
    for (const name of FIELD_NAMES)
      for (const value of [{ toString: 1, valueOf: 1 }, Object.create(null), endless, () => 1])
        expect(() => checkField(name, value)).toThrow(ConfigError);
  });

  it.each(FIELD_NAMES)('accepts both ends of its range and nothing beyond: %s', (name) => {
    const spec: FieldSpec = FIELDS[name];
    if (spec.kind === 'boolean') {
      checkField(name, true);
      for (const value of ['true', 1, null]) expect(() => checkField(name, value)).toThrow(ConfigError);
      return;
    }
    if (spec.kind === 'choice') {
      for (const option of spec.options) checkField(name, option);
      for (const value of ['', 'nothing', undefined]) expect(() => checkField(name, value)).toThrow(ConfigError);
      return;
    }
    checkField(name, spec.min);
    checkField(name, spec.max);
    const beyond = [spec.min - spec.step, spec.max + spec.step, Number.NaN, Number.POSITIVE_INFINITY, `${spec.min}`];
    for (const value of beyond) expect(() => checkField(name, value)).toThrow(ConfigError);
    if (spec.kind === 'integer') expect(() => checkField(name, spec.min + 0.5)).toThrow(/whole number/);
  });

  it('has live fields that need no other shapes', () => {
    for (const name of LIVE_FIELDS) expect(FIELDS[name].group).toBe('training');
  });
});

describe('errors of settings', () => {
  it('name the field, what it takes and what came', () => {
    const error = (body: () => void) => {
      try {
        body();
      } catch (caught) {
        if (caught instanceof ConfigError) return { field: caught.field, message: caught.message };
      }
      throw new Error('expected a ConfigError');
    };
    expect(error(() => parseField('hidden', '1'))).toEqual({
      field: 'hidden',
      message: 'hidden: expected a whole number from 2 to 256, got 1',
    });
    expect(error(() => parseField('score', 'Luong'))).toEqual({
      field: 'score',
      message: `score: expected one of ${SCORES.join(', ')}, got 'Luong'`,
    });
    expect(error(() => parseField('bidirectional', 'yes')).message).toMatch(/expected true or false, got 'yes'/);
    expect(error(() => checkConfig({ ...defaultConfig('dates'), score: 'dot', decoderHidden: 2 })).message).toMatch(
      /^decoderHidden: the dot score needs the annotation size \d+, got 2$/,
    );
  });

  it('show no more than the beginning of a long text', () => {
    expect(() => parseField('task', 'x'.repeat(1000))).toThrow(/got 'x{40}'$/);
  });
});

describe('settings as text', () => {
  it('come back as they went', () => {
    const config: Config = { ...defaultConfig('phrases'), learningRate: 0.00123, bidirectional: false };
    for (const name of FIELD_NAMES) expect(parseField(name, String(config[name]))).toBe(config[name]);
  });

  it('are no numbers when they are empty or only begin like one', () => {
    for (const text of ['', ' ', '12px', '1,5']) expect(() => parseField('dropout', text)).toThrow(ConfigError);
  });
});

describe('sizes that follow from others', () => {
  it('give a decoder with a dot score the annotation size', () => {
    for (const score of SCORES) {
      const config = resolveConfig({ ...defaultConfig('dates'), score, hidden: 10, decoderHidden: 8 });
      expect(config.decoderHidden).toBe(needsEqualSizes(score) ? annotationSize(config) : 8);
    }
    expect(annotationSize({ hidden: 10, bidirectional: true })).toBe(20);
    expect(annotationSize({ hidden: 10, bidirectional: false })).toBe(10);
  });

  it('fit the schema at the largest encoder', () => {
    const config = resolveConfig({
      ...defaultConfig('dates'),
      score: 'dot',
      hidden: FIELDS.hidden.max,
      bidirectional: true,
    });
    checkConfig(config);
  });
});
