import { describe, expect, it } from 'vitest';
import { hashText } from './hash.ts';

describe('hashText', () => {
  it('is the same for the same text, and another for any other', () => {
    const texts = ['', 'a', 'b', 'ab', 'ba', 'a\0', ...Array.from({ length: 2000 }, (_, i) => `text ${i}`)];
    const hashes = texts.map(hashText);
    expect(new Set(hashes).size).toBe(texts.length);
    expect(texts.map(hashText)).toEqual(hashes);
    for (const hash of hashes) expect(hash).toMatch(/^[0-9a-f]{16}$/);
  });

  it('differs in both halves when one character of a long text differs', () => {
    const long = 'let x = memory[i];\n'.repeat(500);
    const other = `${long.slice(0, 4000)}y${long.slice(4001)}`;
    const [a, b] = [hashText(long), hashText(other)];
    expect(a.slice(0, 8)).not.toBe(b.slice(0, 8));
    expect(a.slice(8)).not.toBe(b.slice(8));
  });
});
