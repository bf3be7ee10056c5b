import { describe, expect, it } from 'vitest';
import { HIDABLE_PARTS } from '../../store/hidden.ts';
import { LESSON_IDS } from '../../store/lessons/catalogue.ts';
import { specOf } from '../../store/lessons/specs.ts';
import { en } from '../strings/en.ts';
import { enLessonTexts, enLessonWords } from '../strings/lessons/en.ts';
import type { CardText } from '../strings/lessons/lesson-texts.ts';
import { zhLessonTexts, zhLessonWords } from '../strings/lessons/zh.ts';
import { zh } from '../strings/zh.ts';
import { plainText } from './marked-text.tsx';
import { boxesOf } from './page-preview.tsx';

describe('the preview of a link for a class', () => {
  const sizeOf = (key: string, ...hidden: Parameters<typeof boxesOf>[0]) => {
    const box = boxesOf(hidden, false).find((one) => one.key === key);
    return box && box.width * box.height;
  };

  it('has every part but those that are left out', () => {
    const drawn = boxesOf([], false).map(({ key }) => key);
    for (const part of HIDABLE_PARTS) if (part !== 'drawer') expect(drawn).toContain(part);
    expect(sizeOf('settings', 'settings')).toBeUndefined();
    expect(sizeOf('cell', 'drawer')).toBeUndefined();
  });

  it('gives the heatmap the room of what is gone', () => {
    const whole = sizeOf('heatmap') ?? 0;
    expect(sizeOf('heatmap', 'schematic')).toBeGreaterThan(whole);
    expect(sizeOf('heatmap', 'meters', 'probes')).toBeGreaterThan(whole);
    expect(sizeOf('heatmap', 'drawer')).toBeGreaterThan(whole);
  });

  it('draws nothing outside of the page', () => {
    for (const { x, y, width, height } of boxesOf([], true)) {
      expect(Math.min(x, y, width, height)).toBeGreaterThanOrEqual(0);
      expect(x + width).toBeLessThanOrEqual(240);
      expect(y + height).toBeLessThanOrEqual(150);
    }
  });
});

describe.each([
  ['en', enLessonTexts(en), enLessonWords],
  ['zh', zhLessonTexts(zh), zhLessonWords],
] as const)('the lessons in %s', (_, texts, words) => {
  it('say something on every card and for every goal, with all marks closed', () => {
    for (const lesson of LESSON_IDS)
      for (const [name, card] of Object.entries(texts[lesson].cards as Readonly<Record<string, CardText>>)) {
        const all = [card.title, ...card.paragraphs, ...Object.values(card.goals)];
        expect(Object.keys(card.goals)).toEqual(Object.keys(specOf(lesson).cards[name].goals));
        for (const text of all) {
          expect(text.trim(), `${lesson}, ${name}`).not.toBe('');
          expect(text).not.toContain('undefined');
          for (const mark of [/\*\*/g, /`/g]) expect((text.match(mark) ?? []).length % 2).toBe(0);
        }
      }
  });

  it('name every part that a link can leave out', () => {
    expect(words.share.hiddenParts(['a', 'b'])).toMatch(/a.*b/);
    expect(words.list.at(2, 6)).toMatch(/2.*6/);
  });
});

it('speaks a text without its marks', () => {
  expect(plainText('Press **Train**, a *term* and `α`.')).toBe('Press Train, a term and α.');
});
