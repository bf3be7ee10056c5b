/** Typed English to the tokens of the phrases task, and tokens back to text. */

const PRONOUN_IS = /^(?:he|she|it|that|this|there|here|who|what|where|when|why|how)'s$/u;
const ENDINGS: Readonly<Record<string, string>> = {
  "'m": 'am',
  "'re": 'are',
  "'ve": 'have',
  "'ll": 'will',
  "'d": 'would',
};
const NOT_BASES: Readonly<Record<string, string>> = { ca: 'can', wo: 'will', sha: 'shall' };

/** Writes contractions out; the 's of a noun is its genitive, that of a pronoun is `is`. */
function expand(word: string): string[] {
  if (word === 'cannot') return ['can', 'not'];
  const not = /^(.+)n't$/u.exec(word);
  if (not) return [NOT_BASES[not[1]] ?? not[1], 'not'];
  const ending = /^(.+)('(?:m|re|ve|ll|d))$/u.exec(word);
  if (ending) return [ending[1], ENDINGS[ending[2]]];
  if (PRONOUN_IS.test(word)) return [word.slice(0, -2), 'is'];
  if (/.'s$/u.test(word)) return [word.slice(0, -2), "'s"];
  if (/s'$/u.test(word)) return [word.slice(0, -1), "'s"];
  return [word];
}

/** Lower case, without punctuation, contractions written out: `My brother's dog doesn't sleep.` is 8 tokens. */
export function tokenizeEnglish(text: string): string[] {
  const words = text
    .normalize('NFC')
    .toLowerCase()
    .replace(/[\u2018\u2019\u02bc`]/gu, "'")
    .match(/'s(?!\p{L})|[\p{L}\p{M}\p{N}]+(?:'[\p{L}]+)*'?/gu);
  return (words ?? []).flatMap((word) => expand(word === "'s" || /s'$/u.test(word) ? word : word.replace(/'$/u, '')));
}

/** Tokens to text; a genitive joins its noun. */
export const joinEnglish = (tokens: readonly string[]): string => tokens.join(' ').replaceAll(" 's", "'s");

/** Tokens to text; a word that has lost its vowel joins the next. */
export const joinFrenchText = (tokens: readonly string[]): string => tokens.join(' ').replaceAll("' ", "'");
