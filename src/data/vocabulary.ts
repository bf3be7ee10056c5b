/** Tokens and their ids. The four special ids are those of `MODEL.md`. */

export const PAD = 0;
export const BOS = 1;
export const EOS = 2;
export const UNK = 3;
export const SPECIAL_TOKENS = ['<pad>', '<s>', '</s>', '<unk>'] as const;

export interface Vocabulary {
  /** Token of each id; the first four are `SPECIAL_TOKENS`. */
  readonly tokens: readonly string[];
  readonly size: number;
  /** The id of a token, `UNK` where it is not known. */
  id(token: string): number;
  has(token: string): boolean;
}

/** A vocabulary of the four special tokens and the given ones, in the order of their first appearance. */
export function createVocabulary(tokens: Iterable<string>): Vocabulary {
  const ids = new Map<string, number>(SPECIAL_TOKENS.map((token, id) => [token, id]));
  for (const token of tokens) if (!ids.has(token)) ids.set(token, ids.size);
  const list = [...ids.keys()];
  return { tokens: list, size: list.length, id: (token) => ids.get(token) ?? UNK, has: (token) => ids.has(token) };
}
