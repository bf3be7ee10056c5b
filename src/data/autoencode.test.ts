import { describe, expect, it } from 'vitest';
import { createRandom } from '../lib/random.ts';
import { damage, loadAutoencoder } from './autoencode.ts';
import { MASK } from './autoencode-text.ts';
import type { SentencePair } from './corpus.ts';

const words = 'the old man often looks at her'.split(' ');

describe('autoencoder tasks', () => {
  it('copy a sentence, held-out ones too', () => {
    const { train, test } = loadAutoencoder('autoencode');
    const pairs = [train, test].flatMap((list) => (list as readonly SentencePair[]).slice(0, 500));
    expect(pairs.filter(({ source, target }) => source.join(' ') !== target.join(' '))).toEqual([]);
  });

  it('damage every sentence, and know where each word that is left came from', () => {
    const random = createRandom(7);
    for (let k = 0; k < 200; k++) {
      const { source, target, alignment } = damage(words, random);
      expect(target).toEqual(words);
      expect(source.join(' ')).not.toBe(words.join(' '));
      const places = (alignment ?? []).flat();
      expect(new Set(places).size).toBe(source.length);
      alignment?.forEach((row, at) => {
        for (const from of row) expect([words[at], MASK]).toContain(source[from]);
      });
      // At most one word is lost.
      expect(words.length - source.length).toBeLessThanOrEqual(1);
    }
  });

  it('use every kind of damage', () => {
    const pairs = (loadAutoencoder('denoise').train as readonly SentencePair[]).slice(0, 300);
    expect(pairs.some(({ source, target }) => source.length < target.length)).toBe(true);
    expect(pairs.some(({ source }) => source.includes(MASK))).toBe(true);
    const isSwapped = ({ alignment }: SentencePair): boolean => {
      const places = (alignment ?? []).flat();
      return places.some((place, index) => index > 0 && place < places[index - 1]);
    };
    expect(pairs.some(isSwapped)).toBe(true);
  });

  it('read a typed sentence with blots', () => {
    const { tokenizeSource } = loadAutoencoder('denoise');
    expect(tokenizeSource('The old _ often ___ at her.')).toEqual(['the', 'old', '_', 'often', '_', 'at', 'her']);
  });
});
