/** Every pair of colours that has to be told apart or read, in every theme, also by colour-blind eyes. */

import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { BLINDNESSES, seenWith } from '../testing/colour-blindness.ts';
import { attentionScale, type Theme } from './attention-scale.ts';
import { colourDistance, contrast, parseHex, type Rgb, rgbToOklab } from './colour.ts';
import { signedScale } from './signed-scale.ts';

const THEMES: readonly Theme[] = ['light', 'dark'];
const EYES = ['all cones', ...BLINDNESSES] as const;
type Eye = (typeof EYES)[number];

/** ΔE in OKLab; 0.02 is just noticeable. Neighbours of a legend are three times as far apart, sides of a pair six times. */
const NEIGHBOURS = 0.06;
const PAIR = 0.13;
/** Washes only lie under words, which have the colour. */
const WASHES = 0.04;

const seen = (eye: Eye, rgb: Rgb) => rgbToOklab(eye === 'all cones' ? rgb : seenWith(eye, rgb));
const between = (eye: Eye, p: Rgb, q: Rgb): number => colourDistance(seen(eye, p), seen(eye, q));

/** Custom properties that are colours, of each block of the style sheet in turn. */
const css = readFileSync(new URL('../ui/styles/tokens.css', import.meta.url), 'utf8');
const blocks = [...css.matchAll(/(:root(?:\[data-theme="dark"\])?) \{([^}]*)\}/g)].map(([, selector, body]) => ({
  theme: (selector?.includes('dark') ? 'dark' : 'light') as Theme,
  tokens: Object.fromEntries(
    [...(body ?? '').matchAll(/--([\w-]+): (#[0-9a-f]{6});/g)].map(([, name, hex]) => [name as string, hex as string]),
  ),
}));
const isColoured = ({ tokens }: (typeof blocks)[number]): boolean => Object.keys(tokens).length > 0;

/** All colours of a theme; with more contrast, what is named again takes the place of the first. */
function tokensOf(theme: Theme, isStrong: boolean): Record<string, Rgb> {
  const own = blocks.filter((block) => block.theme === theme && isColoured(block));
  expect(own).toHaveLength(2);
  const merged = { ...own[0]?.tokens, ...(isStrong && own[1]?.tokens) };
  return Object.fromEntries(Object.entries(merged).map(([name, hex]) => [name, parseHex(hex)]));
}

const GROUNDS = ['paper', 'paper-raised', 'paper-sunk'];
/** What is written on what. */
const TEXTS: readonly (readonly [ink: string, grounds: readonly string[]])[] = [
  ['ink', [...GROUNDS, 'source-wash', 'target-wash', 'accent-wash']],
  ['ink-soft', [...GROUNDS, 'accent-wash', 'target-wash']],
  ['source', [...GROUNDS, 'source-wash']],
  ['target', [...GROUNDS, 'target-wash']],
  ['accent', GROUNDS],
  ['accent-strong', GROUNDS],
  ['accent-ink', ['accent', 'accent-strong']],
];
/** Lines that mean something, edges of controls, and the focus ring. */
const LINES = ['line', 'ink', 'ink-soft', 'source', 'target', 'accent'];

describe.each(THEMES)('in the %s theme', (theme) => {
  it.each(EYES)('eleven steps of attention are apart, and their lightness only goes one way, to %s', (eye) => {
    const steps = Array.from({ length: 11 }, (_, i) => seen(eye, parseHex(attentionScale(theme).colour(i / 10))));
    for (let i = 1; i < steps.length; i++) {
      const [before, now] = [steps[i - 1], steps[i]] as const;
      expect(colourDistance(before, now)).toBeGreaterThan(NEIGHBOURS);
      expect(Math.sign(now[0] - before[0])).toBe(theme === 'light' ? -1 : 1);
    }
  });

  it.each(EYES)('eleven steps of signed numbers are apart, and so are equal amounts of both signs, to %s', (eye) => {
    const { colour } = signedScale(theme);
    const at = (value: number): Rgb => parseHex(colour(value));
    for (let i = -5; i < 5; i++) expect(between(eye, at(i / 5), at((i + 1) / 5))).toBeGreaterThan(NEIGHBOURS);
    expect(between(eye, at(-0.4), at(0.4))).toBeGreaterThan(PAIR / 2);
    expect(between(eye, at(-1), at(1))).toBeGreaterThan(PAIR);
  });

  describe.each([false, true])('with more contrast: %s', (isStrong) => {
    const tokens = tokensOf(theme, isStrong);
    const of = (name: string): Rgb => tokens[name] as Rgb;

    it.each(EYES)('source and target words are two colours to %s', (eye) => {
      expect(between(eye, of('source'), of('target'))).toBeGreaterThan(PAIR);
      expect(between(eye, of('source-wash'), of('target-wash'))).toBeGreaterThan(WASHES);
    });

    it('text has a contrast of 4.5, or 7 where more is asked for', () => {
      for (const [ink, grounds] of TEXTS)
        for (const ground of grounds) {
          const least = isStrong && GROUNDS.includes(ground) ? 7 : 4.5;
          expect(contrast(of(ink), of(ground)), `${ink} on ${ground}`).toBeGreaterThanOrEqual(least);
        }
    });

    it('lines and focus rings have a contrast of 3', () => {
      for (const line of LINES)
        for (const ground of GROUNDS)
          expect(contrast(of(line), of(ground)), `${line} on ${ground}`).toBeGreaterThanOrEqual(3);
    });
  });
});

it('forced colours name every colour of the page by one of the system', () => {
  const forced = css.slice(css.indexOf('forced-colors: active'));
  const names = Object.keys(tokensOf('light', false));
  expect(names.length).toBeGreaterThan(12);
  for (const name of names)
    expect(forced).toMatch(new RegExp(`--${name}: (Canvas|CanvasText|GrayText|LinkText|Highlight|HighlightText);`));
});
