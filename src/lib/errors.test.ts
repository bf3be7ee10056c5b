import { describe, expect, it } from 'vitest';
import * as errors from './errors.ts';

describe('errors', () => {
  it('report themselves with their name, message and details, as plain data', () => {
    const reported = [
      new errors.ShapeError('linear: x expected [2, 3], got [3, 2]'),
      new errors.CorpusFormatError(7, 'line 7 has no tab'),
      new errors.ConfigError('hidden', 'hidden: expected 2 to 256, got 1'),
      new errors.SentenceError('empty', 'the sentence has no words'),
    ].map(errors.reportError);
    expect(structuredClone(reported)).toEqual([
      { name: 'ShapeError', message: 'linear: x expected [2, 3], got [3, 2]', details: {} },
      { name: 'CorpusFormatError', message: 'line 7 has no tab', details: { line: '7' } },
      { name: 'ConfigError', message: 'hidden: expected 2 to 256, got 1', details: { field: 'hidden' } },
      { name: 'SentenceError', message: 'the sentence has no words', details: { reason: 'empty' } },
    ]);
  });

  it('are told apart by class and by name, each its own', () => {
    const made = [
      new errors.DeviceUnavailableError('a'),
      new errors.DeviceLostError('a'),
      new errors.ShaderCompilationError('a'),
      new errors.ShapeError('a'),
      new errors.CheckpointFormatError('a'),
    ];
    expect(new Set(made.map(({ name }) => name)).size).toBe(made.length);
    for (const error of made) {
      expect(error).toBeInstanceOf(Error);
      expect(error.name).toBe(error.constructor.name);
    }
  });

  it('of other kinds, and values that are no errors, are reported as they can be', () => {
    expect(errors.reportError(new RangeError('too far'))).toEqual({
      name: 'RangeError',
      message: 'too far',
      details: {},
    });
    expect(errors.reportError('gone')).toEqual({ name: 'Error', message: 'gone', details: {} });
  });
});
