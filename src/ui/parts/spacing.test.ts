import { describe, expect, it } from 'vitest';
import { attachedTokens } from './spacing.ts';

/** The sentence as it stands on the page. */
const written = (tokens: readonly string[], text?: string): string =>
  attachedTokens(tokens, text)
    .map((isAttached, index) => `${isAttached || index === 0 ? '' : ' '}${tokens[index]}`)
    .join('');

describe('the spaces between tokens', () => {
  it('are those of the text', () => {
    const text = 'Friday, March 15, 44 Before Christ';
    expect(written(['Friday', ',', 'March', '15', ',', '4', '4', 'Before', 'Christ'], text)).toBe(text);
    expect(written(['型', "'string'", 'を', '割り当てる', '。'], "型 'string' を割り当てる。")).toBe(
      "型 'string' を割り当てる。",
    );
  });

  it('stand around a quoted name, which only looks like an elided word', () => {
    expect(written(['type', "'string'", 'is'])).toBe("type 'string' is");
    expect(written(["l'", 'oiseau', 'vole'])).toBe("l'oiseau vole");
  });

  it('stand where the text has something else than the token', () => {
    expect(written(['ninety', 'nine'], 'ninety-nine')).toBe('ninety nine');
    expect(written(['I', 'can', "n't", 'go'], "I can't go")).toBe("I can n't go");
  });

  it('are none between tokens that the text puts together, whatever came before', () => {
    expect(written(['a', '<unk>', 'b', 'c'], 'a bc')).toBe('a <unk> bc');
  });
});
