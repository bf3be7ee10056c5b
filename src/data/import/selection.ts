/** Which pairs of a table a run is trained on: columns, tokens and lengths as chosen, and why the rest is left out. */

import type { SentencePair } from '../corpus.ts';
import { likelyColumns } from './header.ts';
import { languageOf } from './languages.ts';
import { columnNames, excerptOf, type ImportTable, part, type Rejection, type Work } from './table.ts';
import { createTokenizer, likelyTokens, type TokenChoice, type Tokenizer } from './tokens.ts';

export interface PairChoice {
  /** The first row names the columns and is no pair. */
  readonly hasHeader: boolean;
  /** Columns of the two sides. */
  readonly source: number;
  readonly target: number;
  readonly sourceTokens: TokenChoice;
  readonly targetTokens: TokenChoice;
  /** Longest sentence taken, tokens a side. */
  readonly tokenLimit: number;
  /** Words or characters a side that the model knows at most, the most frequent ones. */
  readonly vocabularyLimit: number;
}

/** Tokens a side beyond which a heatmap is hard to read; what is taken until the visitor chooses. */
export const TOKEN_LIMIT = 16;
/** What the visitor may choose at most. */
export const MOST_TOKENS = 64;

/** Each further word costs a row of an embedding, and on the target side one of the output too. */
export const VOCABULARY_LIMIT = 4000;
export const FEWEST_WORDS = 10;
export const MOST_WORDS = 20_000;

const SAMPLE_ROWS = 500;
const REPORT_EVERY = 500;

const sampleOf = ({ rows }: ImportTable, column: number, hasHeader: boolean): string =>
  rows
    .slice(Number(hasHeader), SAMPLE_ROWS)
    .map((row) => row[column] ?? '')
    .join('\n');

/** What is chosen before the visitor chooses. */
export function likelyChoice(table: ImportTable): PairChoice {
  const { hasHeader } = table;
  const { source, target } = likelyColumns(columnNames(table, hasHeader), table.rows.slice(Number(hasHeader)));
  return {
    hasHeader,
    source,
    target,
    sourceTokens: likelyTokens(sampleOf(table, source, hasHeader)),
    targetTokens: likelyTokens(sampleOf(table, target, hasHeader)),
    tokenLimit: TOKEN_LIMIT,
    vocabularyLimit: VOCABULARY_LIMIT,
  };
}

/** A column cut into tokens. */
interface TokenizedColumn {
  readonly tokenizer: Tokenizer;
  /** By row. */
  readonly sentences: readonly (readonly string[])[];
}

/** Columns of a table as they were cut: another limit needs no cutting, and swapped sides none either. */
export class TokenizedColumns {
  static readonly #most = 4;
  readonly #known = new Map<string, TokenizedColumn>();

  constructor(readonly table: ImportTable) {}

  *cut(column: number, tokens: TokenChoice, hasHeader: boolean): Work<TokenizedColumn> {
    const key = `${column} ${tokens} ${hasHeader}`;
    const known = this.#known.get(key);
    if (known) return known;
    const { table } = this;
    const sample = sampleOf(table, column, hasHeader);
    const tokenizer = createTokenizer(tokens, sample, languageOf(columnNames(table, hasHeader)[column] ?? '', sample));
    const sentences: string[][] = [];
    for (const [i, row] of table.rows.entries()) {
      if (i % REPORT_EVERY === 0) yield i / table.rows.length;
      sentences.push(tokenizer.tokenize(row[column] ?? ''));
    }
    const [oldest] = this.#known.keys();
    if (this.#known.size === TokenizedColumns.#most && oldest !== undefined) this.#known.delete(oldest);
    const cut = { tokenizer, sentences };
    this.#known.set(key, cut);
    return cut;
  }
}

export interface Selection {
  readonly source: Tokenizer;
  readonly target: Tokenizer;
  /** Pairs by their source sentence, which may have several translations. */
  readonly bySource: ReadonlyMap<string, readonly SentencePair[]>;
  /** Rows left out, in their order. */
  readonly rejected: readonly Rejection[];
  /** Source sentences with more than one translation. */
  readonly conflicting: number;
}

/** Tokenises the chosen columns and leaves out what is empty, too long, or there already. */
export function* selectPairs(
  table: ImportTable,
  choice: PairChoice,
  columns = new TokenizedColumns(table),
): Work<Selection> {
  const { hasHeader } = choice;
  const source = yield* part(columns.cut(choice.source, choice.sourceTokens, hasHeader), 0, 0.4);
  const target = yield* part(columns.cut(choice.target, choice.targetTokens, hasHeader), 0.4, 0.8);
  const bySource = new Map<string, SentencePair[]>();
  const seen = new Set<string>();
  const rejected: Rejection[] = [];
  for (let i = Number(hasHeader); i < table.rows.length; i++) {
    if (i % REPORT_EVERY === 0) yield 0.8 + (0.2 * i) / table.rows.length;
    const pair = { source: source.sentences[i] as string[], target: target.sentences[i] as string[] };
    const key = pair.source.join('\u001f');
    const pairKey = `${key}\u001e${pair.target.join('\u001f')}`;
    const reason = reasonAgainst(pair, choice.tokenLimit) ?? (seen.has(pairKey) ? 'duplicate' : null);
    if (reason) {
      const texts = [table.rows[i]?.[choice.source] ?? '', table.rows[i]?.[choice.target] ?? ''];
      rejected.push({ line: table.lines[i] as number, reason, excerpt: excerptOf(texts.join(' → ')) });
      continue;
    }
    seen.add(pairKey);
    const pairs = bySource.get(key);
    if (pairs) pairs.push(pair);
    else bySource.set(key, [pair]);
  }
  let conflicting = 0;
  for (const pairs of bySource.values()) if (pairs.length > 1) conflicting++;
  return { source: source.tokenizer, target: target.tokenizer, bySource, rejected, conflicting };
}

function reasonAgainst({ source, target }: SentencePair, limit: number): 'empty-side' | 'too-long' | null {
  if (source.length === 0 || target.length === 0) return 'empty-side';
  return source.length > limit || target.length > limit ? 'too-long' : null;
}
