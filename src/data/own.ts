/** The visitor's own pairs: a table of an import, split by source sentence. */

import { CorpusFormatError } from '../lib/errors.ts';
import { createRandom } from '../lib/random.ts';
import type { Corpus, SentencePair } from './corpus.ts';
import { readTable } from './import/read-table.ts';
import { likelyChoice, type PairChoice, type Selection, selectPairs } from './import/selection.ts';
import { finish, type ImportTable, part, type RejectionReason, type Work } from './import/table.ts';
import { createVocabulary, type Vocabulary } from './vocabulary.ts';

const MINIMUM_SOURCES = 10;
/** Up to so many different words, those seen once are kept too. */
const SMALL_VOCABULARY = 1000;
const SPLIT_SEED = 1;
const HELD_OUT_SHARE = 0.05;
const PROBE_COUNT = 4;

/** Frequent words that are told of those which the model will not know. */
const TOLD_WORDS = 4;
const REPORT_EVERY = 2000;

/** The words worth an id, most frequent first: those seen at least twice, or all where there are few. */
function* chooseWords(
  pairs: readonly SentencePair[],
  side: 'source' | 'target',
  limit: number,
): Work<{ vocabulary: Vocabulary; left: number; examples: readonly string[] }> {
  const counts = new Map<string, number>();
  for (const [i, pair] of pairs.entries()) {
    if (i % REPORT_EVERY === 0) yield i / pairs.length;
    for (const word of pair[side]) counts.set(word, (counts.get(word) ?? 0) + 1);
  }
  const least = counts.size <= SMALL_VOCABULARY ? 1 : 2;
  const words = [...counts].sort(([, a], [, b]) => b - a);
  const seenOften = words.findIndex(([, count]) => count < least);
  const size = Math.min(limit, seenOften < 0 ? words.length : seenOften);
  const texts = words.slice(0, size + TOLD_WORDS).map(([word]) => word);
  return { vocabulary: createVocabulary(texts.slice(0, size)), left: words.length - size, examples: texts.slice(size) };
}

/** Held-out pairs of a length that makes a good heatmap, those of known words first. */
function chooseProbes(pairs: readonly SentencePair[], knows: (pair: SentencePair) => boolean): SentencePair[] {
  const isReadable = ({ source, target }: SentencePair): boolean =>
    Math.min(source.length, target.length) >= 5 && Math.max(source.length, target.length) <= 10;
  const ranked = pairs.map((pair) => ({ pair, rank: Number(!knows(pair)) * 2 + Number(!isReadable(pair)) }));
  return ranked
    .sort((a, b) => a.rank - b.rank)
    .slice(0, PROBE_COUNT)
    .map(({ pair }) => pair);
}

/** Every pair of a file, for the command line: a line that is no pair is an error there. @throws CorpusFormatError naming line and reason */
export function loadOwn(fileName: string, text: string): Corpus {
  if (text.startsWith('PK\u0003\u0004') || text.includes('\0'))
    throw new CorpusFormatError(1, `${fileName} is not a text file: expected pairs of sentences`, 'not-text', {
      file: fileName,
    });
  const table = finish(readTable(fileName, text));
  const broken = table.rejected[0];
  if (broken)
    throw new CorpusFormatError(
      broken.line,
      `${fileName}, line ${broken.line}: expected two columns, got '${broken.excerpt}'`,
    );
  const choice = likelyChoice(table);
  return finish(ownCorpus(fileName, table, finish(selectPairs(table, choice)), choice));
}

/**
 * The corpus of an import. Sentences are split by source, 90 to 5 to 5, the same way for every seed. What is left out is counted in
 * `notes`.
 * @throws CorpusFormatError where too few pairs are left
 */
export function* ownCorpus(
  fileName: string,
  table: ImportTable,
  selection: Selection,
  choice: PairChoice,
): Work<Corpus> {
  const { bySource, rejected } = selection;
  const dropped = (wanted: RejectionReason): number => rejected.filter(({ reason }) => reason === wanted).length;
  if (bySource.size < MINIMUM_SOURCES)
    throw new CorpusFormatError(
      table.lines.at(-1) ?? 1,
      `${fileName}: expected at least ${MINIMUM_SOURCES} different source sentences of at most ${choice.tokenLimit} ` +
        `tokens, got ${bySource.size} (too long: ${dropped('too-long')}, one side empty: ${dropped('empty-side')}, ` +
        `repeated: ${dropped('duplicate')})`,
      'too-few',
      {
        least: MINIMUM_SOURCES,
        limit: choice.tokenLimit,
        count: bySource.size,
        tooLong: dropped('too-long'),
        emptySide: dropped('empty-side'),
        duplicate: dropped('duplicate'),
      },
    );
  const groups = createRandom(SPLIT_SEED).shuffle([...bySource.values()]);
  const heldOut = Math.max(1, Math.round(HELD_OUT_SHARE * groups.length));
  const validation = groups.slice(0, heldOut).flat();
  const test = groups.slice(heldOut, 2 * heldOut).flat();
  const train = groups.slice(2 * heldOut).flat();

  const sources = yield* part(chooseWords(train, 'source', choice.vocabularyLimit), 0, 0.5);
  const targets = yield* part(chooseWords(train, 'target', choice.vocabularyLimit), 0.5, 1);
  const knows = ({ source, target }: SentencePair): boolean =>
    source.every(sources.vocabulary.has) && target.every(targets.vocabulary.has);
  const { source, target } = selection;
  const unit = (tokenizer: typeof source) => (tokenizer.choice === 'characters' ? 'characters' : 'words');
  return {
    task: 'own',
    sourceLanguage: source.language,
    targetLanguage: target.language,
    tokenUnit: { source: unit(source), target: unit(target) },
    sourceVocabulary: sources.vocabulary,
    targetVocabulary: targets.vocabulary,
    train,
    validation,
    test,
    hasEndSymbol: true,
    probes: chooseProbes(validation, knows),
    hasGoldAlignment: false,
    notes: {
      linesRead: table.rows.length - Number(choice.hasHeader),
      droppedTooLong: dropped('too-long'),
      droppedEmptySide: dropped('empty-side'),
      droppedDuplicate: dropped('duplicate'),
      tokenLimit: choice.tokenLimit,
      unknownSourceWords: sources.left,
      unknownTargetWords: targets.left,
      unknownSourceExamples: sources.examples,
      unknownTargetExamples: targets.examples,
    },
    tokenizeSource: source.tokenize,
    joinTarget: target.join,
    joinSource: source.join,
  };
}
