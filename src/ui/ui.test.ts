import { describe, expect, it } from 'vitest';
import { defaultConfig, FIELDS, SCORES } from '../model/config.ts';
import { createFormat } from './format.ts';
import { shortcutOf } from './header/shortcuts.ts';
import { nextPlace } from './heatmap/use-grid-keys.ts';
import { sliderScale } from './settings/slider.ts';
import { en } from './strings/en.ts';

const key = (name: string, held: Partial<Record<'ctrlKey' | 'metaKey' | 'altKey', boolean>> = {}) =>
  shortcutOf({ key: name, ctrlKey: false, metaKey: false, altKey: false, ...held });

describe('numbers', () => {
  const format = createFormat('en');

  it('have sensible digits and a unit', () => {
    expect(format.integer(1240)).toBe('1,240');
    expect(format.percent(0.961)).toBe('96.1\u202f%');
    expect(format.percent(1)).toBe('100\u202f%');
    expect(format.weight(0.8149)).toBe('0.81');
    expect([format.figure(0.4213), format.figure(5.4), format.figure(48_123.4)]).toEqual(['0.421', '5.40', '48,123']);
  });

  it('never round nearly all up to all', () => {
    expect(format.percent(0.9994)).toBe('99.9\u202f%');
  });

  it('show a dash for what is no number', () => {
    expect(format.figure(Number.NaN)).toBe('–');
  });
});

describe('shortcuts', () => {
  it('are single keys, in either case', () => {
    expect([key(' '), key('s'), key('S'), key('?'), key('Escape')]).toEqual([
      'toggle',
      'step',
      'step',
      'help',
      'unpin',
    ]);
  });

  it('leave combinations to the browser', () => {
    expect([key('r', { ctrlKey: true }), key('c', { metaKey: true }), key('t', { altKey: true })]).toEqual([
      null,
      null,
      null,
    ]);
  });

  it('know no other keys', () => {
    expect([key('x'), key('Tab'), key('toString')]).toEqual([null, null, null]);
  });
});

describe('walking through the cells', () => {
  const from = { row: 1, column: 1 };
  const go = (name: string, ctrlKey = false) => nextPlace(from, { key: name, ctrlKey }, 3, 4);

  it('follows arrows, Home and End', () => {
    expect(go('ArrowRight')).toEqual({ row: 1, column: 2 });
    expect(go('ArrowUp')).toEqual({ row: 0, column: 1 });
    expect(go('Home')).toEqual({ row: 1, column: 0 });
    expect(go('End')).toEqual({ row: 1, column: 3 });
    expect(go('Home', true)).toEqual({ row: 0, column: 0 });
    expect(go('End', true)).toEqual({ row: 2, column: 3 });
  });

  it('stops at the edges and ignores other keys', () => {
    expect(nextPlace({ row: 2, column: 3 }, { key: 'ArrowDown', ctrlKey: false }, 3, 4)).toEqual({ row: 2, column: 3 });
    expect(go('a')).toBeNull();
  });
});

describe('sliders', () => {
  it('move over the logarithm where the field asks for it, from end to end', () => {
    const spec = FIELDS.learningRate;
    const scale = sliderScale(spec);
    expect(scale.fromSlider(scale.min)).toBe(spec.min);
    expect(scale.fromSlider(scale.max)).toBe(spec.sliderMax);
    expect(scale.toSlider(spec.max)).toBe(scale.max);
    expect(Math.abs(scale.toSlider(spec.default) - 100)).toBeLessThan(15);
  });

  it('come back to the default they started from', () => {
    for (const spec of [FIELDS.learningRate, FIELDS.dropout, FIELDS.hidden, FIELDS.clip]) {
      const scale = sliderScale(spec);
      expect(scale.fromSlider(scale.toSlider(spec.default)) / (spec.default || 1)).toBeCloseTo(spec.default ? 1 : 0, 1);
    }
  });
});

describe('the English strings', () => {
  it('have a formula for every score', () => {
    const formula = en.schematic.stages.score.formula;
    for (const score of SCORES)
      expect(formula({ ...defaultConfig('phrases'), score }).length > 0).toBe(score !== 'none');
  });

  it('have a name for every option', () => {
    for (const spec of Object.values(FIELDS))
      if (spec.kind === 'choice')
        for (const option of spec.options) if (option !== 'own') expect(en.settings.options[option]).toBeTruthy();
  });

  it('say what happened for every error, without an exclamation', () => {
    for (const name of ['SentenceError', 'ConfigError', 'DeviceLostError', 'WorkerError', 'TypeError']) {
      const text = en.error({ name, message: 'why', details: { field: 'hidden', reason: 'empty' } }, (field) => field);
      expect(text.endsWith('.')).toBe(true);
      expect(text).not.toContain('!');
    }
  });
});
