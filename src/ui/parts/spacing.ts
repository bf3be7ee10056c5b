/** How a sentence of tokens is spaced: as its text has it. */

/** Written up against the next word: l'oiseau. A quoted name is not. */
const isElided = (token: string): boolean => /^\p{L}+['’]$/u.test(token);

/**
 * For each token, whether it stands against the one before it, read off the sentence as people write it. A token that the text writes
 * otherwise keeps its space. Without a text only an elided word holds on to the next.
 */
export function attachedTokens(tokens: readonly string[], text?: string): readonly boolean[] {
  if (text === undefined) return tokens.map((_, index) => index > 0 && isElided(tokens[index - 1]));
  let end = 0;
  return tokens.map((token, index) => {
    const start = text.indexOf(token, end);
    if (start < 0) return false;
    const isAttached = index > 0 && start === end;
    end = start + token.length;
    return isAttached;
  });
}
