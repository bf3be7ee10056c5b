/** The table of compiler messages: error messages with one to three slots, short enough for a heatmap. */

/** @typedef {typeof import('../data/running-text.ts')} RunningText */
/** @typedef {{ en: string, fr: string, ja: string, slots: string }} MessageTemplate */

const LONGEST_SOURCE = 12;
const LONGEST_TARGET = 16;
const SHORTEST = 3;
/** code, category 1 (error), key and text of a message, as the package's bundle writes them. */
const MESSAGE = /diag\(\d+, 1 \/\* Error \*\/, "([^"]+)", "((?:[^"\\]|\\.)*)"/g;

/** What a slot may be filled with, by the word before it. */
const KINDS = /** @type {const} */ ([
  ['types', /^(type|types|interface|interfaces|class|enum|generic|constraint)$/],
  ['modules', /^(module|file|path|package|project|import|directory|locale)$/],
  ['options', /^(option|options)$/],
]);

/** @param {readonly string[]} tokens */
const slotsOf = (tokens) =>
  tokens
    .filter((token) => /\{\d\}/.test(token))
    .map((token) => token.replace(/\D/g, ''))
    .sort()
    .join('');

/**
 * @param {readonly string[]} tokens English, with slots
 * @returns one word for each slot, by its number: types, modules, options, names or numbers
 */
function kindsOf(tokens) {
  /** @type {string[]} */
  const kinds = [];
  tokens.forEach((token, index) => {
    const number = Number(token.replace(/\D/g, ''));
    if (!/\{\d\}/.test(token)) return;
    const before = tokens.slice(0, index).findLast((word) => /^\p{L}/u.test(word)) ?? '';
    // `an 'any' type` names a type as `type 'any'` does.
    if (tokens[index + 1] === 'type') kinds[number] = 'types';
    else kinds[number] = KINDS.find(([, words]) => words.test(before))?.[0] ?? 'names';
  });
  return kinds.join(' ');
}

/**
 * @param {(file: string) => Promise<string>} read a file of the package
 * @param {RunningText} text
 * @returns {Promise<MessageTemplate[]>} tokens separated by spaces, slots as '{0}'
 */
export async function messageTemplates(read, { cutText, cutUnspaced, lowerTokens }) {
  const [french, japanese] = await Promise.all(
    ['fr', 'ja'].map(async (language) => JSON.parse(await read(`lib/${language}/diagnosticMessages.generated.json`))),
  );
  const segmenter = new Intl.Segmenter('ja', { granularity: 'word' });
  /** @type {Map<string, MessageTemplate>} */
  const templates = new Map();
  for (const [, key, quoted] of (await read('lib/typescript.js')).matchAll(MESSAGE)) {
    if (!(key in french) || !(key in japanese)) continue;
    const en = lowerTokens(cutText(JSON.parse(`"${quoted}"`)));
    const fr = cutText(french[key]);
    const ja = cutUnspaced(japanese[key], segmenter);
    const slots = slotsOf(en);
    // A slot without quotation marks is text of any kind; one that a translation repeats, drops or splits has no place to look at.
    const isUsable = [en, fr, ja].every(
      (tokens) =>
        slotsOf(tokens) === slots && tokens.every((token) => !/\{\d\}/.test(token) || /^'\{\d\}'$/.test(token)),
    );
    const isReadable =
      en.length >= SHORTEST && en.length <= LONGEST_SOURCE && Math.max(fr.length, ja.length) <= LONGEST_TARGET;
    if (!isUsable || !isReadable || !/^01?2?$/.test(slots)) continue;
    const template = { en: en.join(' '), fr: fr.join(' '), ja: ja.join(' '), slots: kindsOf(en) };
    if (!templates.has(template.en)) templates.set(template.en, template);
  }
  return [...templates.values()];
}
