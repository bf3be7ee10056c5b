/**
 * Words and punctuation of running text, for languages that are not known beforehand.
 *
 * - Text is NFC and lower case; every kind of space is one; typographic apostrophes and quotation marks are plain.
 * - Punctuation marks are tokens of their own; a number keeps its separators (`1,000`, `3.5`, `7:30`).
 * - French elision ends a token: `j'ai` is `j'` `ai`; words with an apostrophe inside stay whole (`aujourd'hui`).
 * - English contractions begin one: `I've` is `i` `'ve`, `don't` is `do` `n't`, `Tom's` is `tom` `'s`.
 * - A hyphen begins one: `laissez-moi` is `laissez` `-moi`.
 * - Scripts that put no space between words are cut into characters.
 */

/** French words that lose their vowel before another: le la, de, je, me, te, se, ne, ce, que and its compounds. */
const ELIDED = /^(?:[ldjmtsnc]|qu|jusqu|lorsqu|puisqu|quoiqu)'(?=\p{L})/u;
const ENGLISH_ENDING = /(?:'(?:m|re|ve|ll|d|s))$/u;
const ENGLISH_NOT = /^(.+)n't$/u;
const UNSPACED =
  '\\p{Script=Han}\\p{Script=Hiragana}\\p{Script=Katakana}\\p{Script=Thai}\\p{Script=Lao}\\p{Script=Khmer}';
const LETTERS = `(?:(?![${UNSPACED}])[\\p{L}\\p{M}\\p{N}])+`;
const PIECES = new RegExp(
  `[${UNSPACED}]\\p{M}*|(?=\\p{L})${LETTERS}(?:['-]${LETTERS})*'?|\\p{N}+(?:[.,:]\\p{N}+)*|\\.{2,}|[^\\s]`,
  'gu',
);
const IS_UNSPACED = new RegExp(`^[${UNSPACED}]`, 'u');

const OPENING = new Set(['(', '[', '{', '¿', '¡', '«']);
const CLOSING = new Set([')', ']', '}', '.', ',', '…', '%', '。', '、', '，', '！', '？', '»', ';', ':', '!', '?']);
/** The marks that French sets a narrow space before. */
const HIGH = new Set(['!', '?', ';', ':', '»']);
const NARROW_SPACE = '\u202f';

function splitWord(word: string): string[] {
  const parts = word.split(/(?=-)/u);
  if (parts.length > 1) return parts.flatMap((part) => (part.length > 1 ? splitPart(part) : [part]));
  return splitPart(word);
}

function splitPart(part: string): string[] {
  const elided = ELIDED.exec(part);
  if (elided) return [elided[0], ...splitPart(part.slice(elided[0].length))];
  const not = ENGLISH_NOT.exec(part);
  if (not) return [not[1] === 'ca' ? 'can' : not[1], "n't"];
  const ending = ENGLISH_ENDING.exec(part);
  if (ending && ending.index > 0) return [part.slice(0, ending.index), ending[0]];
  // A lone apostrophe at the end closes a quotation, or follows a plural.
  if (part.length > 1 && part.endsWith("'") && !ELIDED.test(`${part}x`)) return [part.slice(0, -1), "'"];
  return [part];
}

/** Running text to tokens. */
export function tokenizeWords(text: string): string[] {
  const plain = text
    .normalize('NFC')
    .replace(/[\u2018\u2019\u02bc\u00b4`]/gu, "'")
    .replace(/[\u201c\u201d\u201e]/gu, '"')
    .replace(/[\u2010\u2011]/gu, '-')
    .toLowerCase();
  return (plain.match(PIECES) ?? []).flatMap((piece) => (/^\p{L}/u.test(piece) ? splitWord(piece) : [piece]));
}

/** Different words beyond which a tokenizer forgets what it has cut. */
const MAX_KNOWN = 100_000;

/**
 * `tokenizeWords` for many sentences of one text: what stands between two spaces is cut once, and equal tokens are one string.
 * No rule looks across a space, so the tokens are the same.
 */
export function createWordTokenizer(): (text: string) => string[] {
  const known = new Map<string, readonly string[]>();
  return (text) => {
    const tokens: string[] = [];
    for (const chunk of text.split(/\s+/u)) {
      let cut = known.get(chunk);
      if (!cut) {
        if (known.size === MAX_KNOWN) known.clear();
        cut = tokenizeWords(chunk);
        known.set(chunk, cut);
      }
      for (const token of cut) tokens.push(token);
    }
    return tokens;
  };
}

/** How a language spaces its punctuation. */
export interface PunctuationStyle {
  /** A narrow space before ! ? ; : » and after «, as in French. */
  readonly hasHighSpaces: boolean;
}

/** Reads the style off running text: whether most of its ! and ? follow a space. */
export function punctuationStyle(text: string): PunctuationStyle {
  const all = text.match(/[!?]/gu)?.length ?? 0;
  const spaced = text.match(/\s[!?]/gu)?.length ?? 0;
  return { hasHighSpaces: spaced * 2 > all };
}

/** Tokens back to running text. */
export function joinWords(tokens: readonly string[], { hasHighSpaces }: PunctuationStyle): string {
  let text = '';
  let isQuoting = false;
  tokens.forEach((token, index) => {
    const previous = tokens[index - 1];
    text += index === 0 ? '' : gap(previous, token, isQuoting, hasHighSpaces);
    if (token === '"') isQuoting = !isQuoting;
    text += token === "n't" && previous === 'can' ? "'t" : token;
  });
  return text;
}

/** What stands between two tokens. */
function gap(left: string, right: string, isQuoting: boolean, hasHighSpaces: boolean): string {
  if (left === '«') return hasHighSpaces ? NARROW_SPACE : '';
  if (HIGH.has(right)) return hasHighSpaces && !HIGH.has(left) ? NARROW_SPACE : '';
  if (OPENING.has(left) || CLOSING.has(right)) return '';
  if (right === "n't" || /^['-]\p{L}/u.test(right) || /^\p{L}+'$/u.test(left) || right === "'") return '';
  if ((left === '"' && isQuoting) || (right === '"' && isQuoting)) return '';
  return IS_UNSPACED.test(left) && IS_UNSPACED.test(right) ? '' : ' ';
}
