import { describe, expect, it } from 'vitest';
import { createRandom } from '../lib/random.ts';
import type { SentencePair } from './corpus.ts';
import { isVocalic } from './phrases/french-agreement.ts';
import { drawClause } from './phrases/patterns.ts';
import { loadPhrases, translate } from './phrases.ts';

const corpus = loadPhrases();
const [train, validation, test] = [corpus.train, corpus.validation, corpus.test] as (readonly SentencePair[])[];
const heldOut = [...validation, ...test];
const all = [...train, ...heldOut];
const english = ({ source }: SentencePair) => source.join(' ');
const french = ({ target }: SentencePair) => target.join(' ');

describe('phrases', () => {
  it('has more than 30,000 different English sentences', () => {
    expect([train.length, validation.length, test.length]).toEqual([30_000, 1000, 2000]);
    expect(new Set(all.map(english)).size).toBe(33_000);
  });

  it('has more than 200 words in each language, of 3 to 12 tokens a sentence', () => {
    expect(corpus.sourceVocabulary.size).toBeGreaterThan(200);
    expect(corpus.targetVocabulary.size).toBeGreaterThan(200);
    const lengths = all.flatMap(({ source, target }) => [source.length, target.length]);
    expect(Math.min(...new Set(lengths))).toBe(3);
    expect(Math.max(...new Set(lengths))).toBe(11);
  });

  it('never trains on a held-out sentence, and knows each of its words', () => {
    const trained = new Set(train.map(english));
    for (const pair of heldOut) {
      expect(trained.has(english(pair))).toBe(false);
      expect(pair.source.every(corpus.sourceVocabulary.has)).toBe(true);
      expect(pair.target.every(corpus.targetVocabulary.has)).toBe(true);
    }
    // The vocabularies are those of the training part.
    expect(new Set(train.flatMap(({ source }) => source)).size).toBe(corpus.sourceVocabulary.size - 4);
    expect(new Set(train.flatMap(({ target }) => target)).size).toBe(corpus.targetVocabulary.size - 4);
  });

  it('is a function: an English sentence has one French one and one alignment, however it is meant', () => {
    const seen = new Map<string, SentencePair>();
    const random = createRandom(12_345);
    for (let draw = 0; draw < 60_000; draw++) {
      const pair = translate(drawClause(random));
      const first = seen.get(english(pair));
      if (first) expect(pair).toEqual(first);
      else seen.set(english(pair), pair);
    }
    expect(seen.size).toBeGreaterThan(30_000);
  });

  it('aligns every French word to words of its own sentence', () => {
    const isSound = ({ source, target, alignment = [] }: SentencePair) =>
      alignment.length === target.length &&
      alignment.every(
        (row) =>
          row.length > 0 &&
          new Set(row).size === row.length &&
          row.every((index) => index >= 0 && index < source.length),
      );
    expect(all.filter((pair) => !isSound(pair))).toEqual([]);
  });

  it('aligns both halves of a negation to the English word', () => {
    const links = new Set<string>();
    for (const { source, target, alignment } of all) {
      target.forEach((word, row) => {
        if (/^(?:ne|n'|pas|jamais)$/u.test(word)) links.add(source[alignment?.[row]?.[0] ?? -1]);
      });
    }
    expect([...links].sort()).toEqual(['longer', 'never', 'not']);
  });

  it('elides and contracts wherever French does, and nowhere else', () => {
    const wrong = new Set<string>();
    for (const { target } of all) {
      target.slice(1).forEach((word, index) => {
        const previous = target[index];
        const isFull = /^(?:je|me|se|ne|le|la|de|que|ma|sa|ce|beau|nouveau)$/u.test(previous);
        const isElided = previous.endsWith("'") || /^(?:bel|vieil|nouvel|cet)$/u.test(previous);
        if (isVocalic(word) ? isFull : isElided) wrong.add(`${previous} ${word}`);
        if (/^(?:à les|à le|de les|de le)$/u.test(`${previous} ${word}`)) wrong.add(`${previous} ${word}`);
      });
    }
    expect([...wrong]).toEqual([]);
  });

  it('holds its probes out and shows what attention has to turn round', () => {
    expect(validation.slice(0, 4)).toEqual(corpus.probes);
    expect(
      corpus.probes.map((pair) => `${corpus.joinSource(pair.source)} | ${corpus.joinTarget(pair.target)}`),
    ).toEqual([
      "the small black cat does not see the bird | le petit chat noir ne voit pas l'oiseau",
      'the old man often looks at her | le vieil homme la regarde souvent',
      "my sister did not get up | ma sœur ne s'est pas levée",
      "my brother's friends give him a book | les amis de mon frère lui donnent un livre",
    ]);
  });

  it('reads typed sentences as its grammar writes them', () => {
    const read = (text: string) => corpus.tokenizeSource(text).join(' ');
    expect(read("The cat doesn't see the bird!")).toBe('the cat does not see the bird');
    expect(read('He’s tired.')).toBe('he is tired');
    expect(read("My brother's friends, they're happy; I can't sing.")).toBe(
      "my brother 's friends they are happy i can not sing",
    );
    expect(read("I cannot see the boys' dog")).toBe("i can not see the boys 's dog");
    expect(read('Où ? «Zébre» 12')).toBe('où zébre 12');
    expect(read("'hello'")).toBe('hello');
    expect(read(' \n?!')).toBe('');
    for (const pair of all.slice(0, 2000))
      expect(corpus.tokenizeSource(corpus.joinSource(pair.source))).toEqual(pair.source);
  });

  it('writes French as French is written', () => {
    expect(corpus.joinTarget(['il', "n'", 'y', 'a', 'pas', "d'", 'œuf', "aujourd'hui"])).toBe(
      "il n'y a pas d'œuf aujourd'hui",
    );
    expect(new Set(all.map(french)).size).toBeGreaterThan(25_000);
  });
});
