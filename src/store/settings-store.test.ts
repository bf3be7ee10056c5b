import { describe, expect, it } from 'vitest';
import { ConfigError } from '../lib/errors.ts';
import { annotationSize, defaultConfig, FIELD_NAMES } from '../model/config.ts';
import { changesBetween, fieldLock, withField } from './settings-store.ts';

const start = defaultConfig('phrases');

describe('withField', () => {
  it('changes one setting and leaves the others', () => {
    const next = withField(start, 'seed', 3);
    expect(changesBetween(start, next)).toEqual([{ field: 'seed', from: start.seed, to: 3 }]);
  });

  it('refuses what is out of range, by name', () => {
    expect(() => withField(start, 'seed', -1)).toThrow(ConfigError);
  });

  it('gives the decoder the annotation size for dot scores, and its own size back afterwards', () => {
    const dot = withField(start, 'score', 'dot');
    expect(dot.decoderHidden).toBe(annotationSize(dot));
    const wider = withField(dot, 'hidden', 32);
    expect(wider.decoderHidden).toBe(annotationSize(wider));
    expect(withField(wider, 'score', 'additive').decoderHidden).toBe(start.decoderHidden);
  });

  it('takes another task with its defaults, and keeps what the visitor changed', () => {
    const next = withField(withField(start, 'seed', 9), 'task', 'dates');
    const defaults = defaultConfig('dates');
    expect(next.seed).toBe(9);
    for (const name of FIELD_NAMES) if (name !== 'seed') expect(next[name]).toBe(defaults[name]);
  });
});

describe('fieldLock', () => {
  it('says why the decoder size is fixed for dot scores', () => {
    const dot = withField(start, 'score', 'scaled-dot');
    expect(fieldLock(dot, 'decoderHidden')).toEqual({ reason: 'equal-sizes', size: annotationSize(dot) });
    expect(fieldLock(start, 'decoderHidden')).toBeNull();
  });

  it('locks what has no effect', () => {
    expect(fieldLock(withField(start, 'score', 'general'), 'attention')?.reason).toBe('additive-only');
    expect(fieldLock(withField(start, 'optimizer', 'adam'), 'momentum')?.reason).toBe('sgd-only');
    expect(fieldLock(withField(start, 'decay', 'none'), 'decaySteps')?.reason).toBe('no-decay');
    expect(fieldLock(withField(start, 'score', 'none'), 'placement')?.reason).toBe('no-attention');
  });
});
