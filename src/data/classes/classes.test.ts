import { describe, expect, it } from 'vitest';
import type { Corpus, SentencePair } from '../corpus.ts';
import { outputTokens } from '../corpus.ts';
import { loadActor, PEOPLE } from './actor.ts';
import { loadNegation, POLARITIES } from './negation.ts';

const all = (corpus: Corpus): SentencePair[] =>
  [corpus.train, corpus.validation, corpus.test].flatMap((list) =>
    Array.from({ length: list.length }, (_, i) => list.at(i) as SentencePair),
  );

const tasks = [
  ['negation', loadNegation(), POLARITIES],
  ['actor', loadActor(), PEOPLE],
] as const;

describe.each(tasks)('the task %s', (_, corpus, classes) => {
  const pairs = all(corpus);

  it('has one class for every sentence, each about as often as any other', () => {
    expect(outputTokens(corpus)).toEqual([...classes]);
    expect(corpus.hasEndSymbol).toBe(false);
    const counts = new Map<string, number>();
    for (const { target } of pairs) {
      expect(target).toHaveLength(1);
      counts.set(target[0] as string, (counts.get(target[0] as string) ?? 0) + 1);
    }
    expect([...counts.keys()].sort()).toEqual([...classes].sort());
    for (const count of counts.values()) expect(count / pairs.length).toBeGreaterThan(0.8 / classes.length);
  });

  it('has sentences that differ, in parts that share none, no longer than a heatmap can show', () => {
    expect(corpus.train.length).toBeGreaterThanOrEqual(11_000);
    expect(new Set(pairs.map(({ source }) => source.join(' '))).size).toBe(pairs.length);
    expect(Math.max(...pairs.map(({ source }) => source.length))).toBeLessThanOrEqual(14);
  });

  it('knows the words that decide', () => {
    for (const { source, alignment } of pairs) {
      const deciding = alignment?.[0] ?? [];
      expect(deciding.length).toBeGreaterThan(0);
      for (const place of deciding) expect(source[place]).toBeTruthy();
    }
  });

  it('reads its own sentences back', () => {
    for (const { source } of pairs.slice(0, 300))
      expect(corpus.tokenizeSource(corpus.joinSource(source))).toEqual(source);
  });
});

it('no word alone tells the polarity: each opinion is in sentences of both', () => {
  const [, corpus] = tasks[0];
  const seen = new Map<string, Set<string>>();
  for (const { source, target, alignment } of all(corpus)) {
    const word = source[alignment?.[0]?.[0] ?? 0] as string;
    seen.set(word, (seen.get(word) ?? new Set()).add(target[0] as string));
  }
  expect(seen.size).toBe(24);
  for (const [word, polarities] of seen) expect(polarities.size, word).toBe(2);
});

it('the polarity turns with each word that negates the opinion', () => {
  const [, corpus] = tasks[0];
  const good = new Set(
    'good great nice lovely exciting charming pleasant brilliant splendid wonderful delightful impressive'.split(' '),
  );
  for (const { source, target, alignment } of all(corpus)) {
    const [opinion, ...turns] = alignment?.[0] ?? [];
    const isGood = good.has(source[opinion as number] as string);
    expect(target[0], source.join(' ')).toBe(isGood === (turns.length % 2 === 0) ? 'positive' : 'negative');
  }
});

it('the one who did it is named once, and others stand before and behind', () => {
  const [, corpus] = tasks[1];
  let first = 0;
  let last = 0;
  for (const { source, target, alignment } of all(corpus)) {
    const names = source.filter((word) => PEOPLE.includes(word));
    expect(new Set(names).size).toBe(names.length);
    expect(source[alignment?.[0]?.[0] as number]).toBe(target[0]);
    if (names.length > 1 && names[0] === target[0]) first++;
    if (names.length > 1 && names.at(-1) === target[0]) last++;
  }
  expect(first).toBeGreaterThan(2000);
  expect(last).toBeGreaterThan(2000);
});
