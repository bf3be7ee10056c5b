/** The visitor's own pairs: text with one pair a line, source TAB target, as Anki decks and Tatoeba exports have it. */

import { CorpusFormatError } from '../lib/errors.ts';
import { createRandom } from '../lib/random.ts';
import type { Corpus, SentencePair } from './corpus.ts';
import { createVocabulary, type Vocabulary } from './vocabulary.ts';
import { joinWords, punctuationStyle, tokenizeWords } from './word-tokens.ts';

/** Longest sentence taken, in tokens; a heatmap of more can't be read. */
export const OWN_TOKEN_LIMIT = 16;
const MINIMUM_SOURCES = 10;
const VOCABULARY_CAP = 4000;
/** Up to so many different words, those seen once are kept too. */
const SMALL_VOCABULARY = 1000;
const SPLIT_SEED = 1;
const HELD_OUT_SHARE = 0.05;
const PROBE_COUNT = 4;

interface Line {
  readonly source: string;
  readonly target: string;
}

const excerpt = (text: string): string => (text.length > 40 ? `${text.slice(0, 40)}…` : text);

/** The lines that are not blank, with their first two columns. */
function readLines(fileName: string, text: string): Line[] {
  if (text.startsWith('PK\u0003\u0004') || text.includes('\0'))
    throw new CorpusFormatError(1, `${fileName} is not a text file: expected lines of 'source TAB target'`);
  const lines: Line[] = [];
  text
    .replace(/^\ufeff/u, '')
    .split(/\r\n|\n|\r/u)
    .forEach((line, index) => {
      if (line.trim() === '') return;
      const columns = line.split('\t');
      if (columns.length < 2)
        throw new CorpusFormatError(
          index + 1,
          `${fileName}, line ${index + 1}: expected 'source TAB target', got no tab in '${excerpt(line)}'`,
        );
      lines.push({ source: columns[0], target: columns[1] });
    });
  if (lines.length === 0) throw new CorpusFormatError(1, `${fileName} is empty: expected lines of 'source TAB target'`);
  return lines;
}

interface Selection {
  /** Pairs by their source sentence. */
  readonly bySource: ReadonlyMap<string, readonly SentencePair[]>;
  readonly droppedTooLong: number;
  readonly droppedEmptySide: number;
  readonly droppedDuplicate: number;
}

function selectPairs(lines: readonly Line[]): Selection {
  const bySource = new Map<string, SentencePair[]>();
  const seen = new Set<string>();
  let [droppedTooLong, droppedEmptySide, droppedDuplicate] = [0, 0, 0];
  for (const line of lines) {
    const source = tokenizeWords(line.source);
    const target = tokenizeWords(line.target);
    const key = source.join(' ');
    const pairKey = `${key}\t${target.join(' ')}`;
    if (source.length === 0 || target.length === 0) droppedEmptySide++;
    else if (source.length > OWN_TOKEN_LIMIT || target.length > OWN_TOKEN_LIMIT) droppedTooLong++;
    else if (seen.has(pairKey)) droppedDuplicate++;
    else {
      seen.add(pairKey);
      const pairs = bySource.get(key);
      if (pairs) pairs.push({ source, target });
      else bySource.set(key, [{ source, target }]);
    }
  }
  return { bySource, droppedTooLong, droppedEmptySide, droppedDuplicate };
}

/** The words worth an id, most frequent first: those seen at least twice, or all where there are few. */
function chooseWords(sentences: readonly (readonly string[])[]): { vocabulary: Vocabulary; left: number } {
  const counts = new Map<string, number>();
  for (const sentence of sentences) for (const word of sentence) counts.set(word, (counts.get(word) ?? 0) + 1);
  const least = counts.size <= SMALL_VOCABULARY ? 1 : 2;
  const chosen = [...counts]
    .filter(([, count]) => count >= least)
    .sort(([, a], [, b]) => b - a)
    .slice(0, VOCABULARY_CAP);
  return { vocabulary: createVocabulary(chosen.map(([word]) => word)), left: counts.size - chosen.length };
}

/** Held-out pairs of a length that makes a good heatmap, those of known words first. */
function chooseProbes(pairs: readonly SentencePair[], knows: (pair: SentencePair) => boolean): SentencePair[] {
  const isReadable = ({ source, target }: SentencePair): boolean =>
    Math.min(source.length, target.length) >= 5 && Math.max(source.length, target.length) <= 10;
  const rank = (pair: SentencePair): number => Number(!knows(pair)) * 2 + Number(!isReadable(pair));
  return pairs.toSorted((a, b) => rank(a) - rank(b)).slice(0, PROBE_COUNT);
}

/**
 * Reads pairs from text: UTF-8, one pair a line, source TAB target; further columns are left out, blank lines passed
 * over. Sentences are split by source, 90 to 5 to 5, the same way for every seed. What is left out is counted in
 * `notes`.
 * @throws CorpusFormatError naming the line and the reason
 */
export function loadOwn(fileName: string, text: string): Corpus {
  const lines = readLines(fileName, text);
  const { bySource, ...dropped } = selectPairs(lines);
  if (bySource.size < MINIMUM_SOURCES)
    throw new CorpusFormatError(
      lines.length,
      `${fileName}: expected at least ${MINIMUM_SOURCES} different source sentences of at most ${OWN_TOKEN_LIMIT} ` +
        `tokens, got ${bySource.size} (too long: ${dropped.droppedTooLong}, one side empty: ${dropped.droppedEmptySide}, ` +
        `repeated: ${dropped.droppedDuplicate})`,
    );

  const groups = createRandom(SPLIT_SEED).shuffle([...bySource.values()]);
  const heldOut = Math.max(1, Math.round(HELD_OUT_SHARE * groups.length));
  const validation = groups.slice(0, heldOut).flat();
  const test = groups.slice(heldOut, 2 * heldOut).flat();
  const train = groups.slice(2 * heldOut).flat();

  const sources = chooseWords(train.map(({ source }) => source));
  const targets = chooseWords(train.map(({ target }) => target));
  const knows = ({ source, target }: SentencePair): boolean =>
    source.every(sources.vocabulary.has) && target.every(targets.vocabulary.has);
  const sourceStyle = punctuationStyle(lines.map(({ source }) => source).join('\n'));
  const targetStyle = punctuationStyle(lines.map(({ target }) => target).join('\n'));
  return {
    task: 'own',
    sourceLanguage: 'und',
    targetLanguage: 'und',
    tokenUnit: { source: 'words', target: 'words' },
    sourceVocabulary: sources.vocabulary,
    targetVocabulary: targets.vocabulary,
    train,
    validation,
    test,
    hasEndSymbol: true,
    probes: chooseProbes(validation, knows),
    hasGoldAlignment: false,
    notes: {
      linesRead: lines.length,
      ...dropped,
      tokenLimit: OWN_TOKEN_LIMIT,
      unknownSourceWords: sources.left,
      unknownTargetWords: targets.left,
    },
    tokenizeSource: tokenizeWords,
    joinTarget: (tokens) => joinWords(tokens, targetStyle),
    joinSource: (tokens) => joinWords(tokens, sourceStyle),
  };
}
