/** Tokens of the texts that come from tables: words and numbers, with quoted names whole, in languages with and without spaces. */

const UNSPACED = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}ー。、・]/u;
/** A quoted name or slot, an elided French word, a word with what joins its parts, a number, or one mark. */
const PIECES =
  /(?<!\p{L})'[^'\s]+'|\{\d\}|(?:[ldjmtsnc]|qu|lorsqu|puisqu)'(?=[\p{L}'])|[\p{L}\p{N}_]+(?:['.-][\p{L}\p{N}_]+)*|[^\s]/giu;
const KATAKANA = /^[\p{Script=Katakana}ー]+$/u;
/** Endings that a segmenter cuts off verbs and adjectives, and the particles that none of them belongs to. */
const ENDINGS = /^(?:[いきさしれたっまて]|れる|せん|って|ます)$/u;
const PARTICLES = /^(?:[がをにはのとでへも、]|から|まで)$/u;
const IS_QUOTED = /^'.+'$/u;
const IS_ELIDED = /^\p{L}+'$/u;
const CLOSING = /^[.,;:!?)%\]]/u;
/** The marks that French sets a narrow space before. */
const HIGH = /^[!?;:]/u;
const NARROW_SPACE = '\u202f';

/** Quotation marks of every kind as plain ones around what they quote, and one kind of space. */
const plain = (text: string): string =>
  text
    .normalize('NFC')
    .replace(/[\u2018\u2019]/gu, "'")
    .replace(/[«“„"「]\s*([^\s«»“”"「」]+)\s*[»”“"」]/gu, "'$1'")
    .replace(/\s+/gu, ' ')
    .trim();

/** Text to tokens as they are written. */
export const cutText = (text: string): string[] => plain(text).match(PIECES) ?? [];

/** Tokens in lower case but for what is quoted. */
export const lowerTokens = (tokens: readonly string[]): string[] =>
  tokens.map((token) => (IS_QUOTED.test(token) ? token : token.toLowerCase()));

/**
 * The same for Japanese, whose words `segmenter` finds between the slots and names. Katakana that it does not know and the endings of
 * verbs it cuts to pieces; they are put together again.
 */
export function cutUnspaced(text: string, segmenter: Intl.Segmenter): string[] {
  const parts = plain(text).split(/('[^'\s]+'|\{\d\})/u);
  return parts.flatMap((part, index) => {
    if (index % 2 === 1) return [part];
    const words: string[] = [];
    for (const { segment } of segmenter.segment(part)) {
      const last = words.at(-1);
      const isCut =
        last !== undefined &&
        ((KATAKANA.test(last) && KATAKANA.test(segment)) ||
          (/[\p{Script=Han}\p{Script=Hiragana}]$/u.test(last) && ENDINGS.test(segment) && !PARTICLES.test(last)));
      if (isCut) words[words.length - 1] = last + segment;
      else words.push(segment);
    }
    return words.filter((word) => word.trim() !== '');
  });
}

/** Tokens to text. A language with high spaces has a narrow one before ! ? ; and : as French has. */
export function joinText(tokens: readonly string[], hasHighSpaces = false): string {
  return tokens.reduce((text, right, index) => {
    const left = tokens[index - 1];
    return index === 0 ? right : text + gap(left, right, hasHighSpaces) + right;
  }, '');
}

/** What stands between two tokens. */
function gap(left: string, right: string, hasHighSpaces: boolean): string {
  if (HIGH.test(right)) return hasHighSpaces ? NARROW_SPACE : '';
  if (CLOSING.test(right) || left === '(' || IS_ELIDED.test(left)) return '';
  // Digits of one number.
  if (/^\d$/.test(left) && /^\d$/.test(right)) return '';
  const isEdge = (token: string): boolean => UNSPACED.test(token) || /^\d+$/.test(token);
  return isEdge(left) && isEdge(right) && (UNSPACED.test(left) || UNSPACED.test(right)) ? '' : ' ';
}
