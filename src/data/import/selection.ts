/** Which pairs of a table a run is trained on: columns, tokens and lengths as chosen, and why the rest is left out. */

import type { SentencePair } from '../corpus.ts';
import { likelyColumns } from './header.ts';
import { excerptOf, type ImportTable, type Rejection, type Work } from './table.ts';
import { createTokenizer, likelyTokens, type TokenChoice, type Tokenizer } from './tokens.ts';

export interface PairChoice {
  /** Columns of the two sides. */
  readonly source: number;
  readonly target: number;
  readonly sourceTokens: TokenChoice;
  readonly targetTokens: TokenChoice;
  /** Longest sentence taken, tokens a side. */
  readonly tokenLimit: number;
}

/** Tokens a side beyond which a heatmap is hard to read; what is taken until the visitor chooses. */
export const TOKEN_LIMIT = 16;
/** What the visitor may choose at most. */
export const MOST_TOKENS = 64;

const SAMPLE_ROWS = 500;
const REPORT_EVERY = 500;

const sampleOf = (table: ImportTable, column: number): string =>
  table.rows
    .slice(0, SAMPLE_ROWS)
    .map((row) => row[column] ?? '')
    .join('\n');

/** What is chosen before the visitor chooses. */
export function likelyChoice(table: ImportTable): PairChoice {
  const { source, target } = likelyColumns(table.columns, table.rows);
  return {
    source,
    target,
    sourceTokens: likelyTokens(sampleOf(table, source)),
    targetTokens: likelyTokens(sampleOf(table, target)),
    tokenLimit: TOKEN_LIMIT,
  };
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
export function* selectPairs(table: ImportTable, choice: PairChoice): Work<Selection> {
  const source = createTokenizer(choice.sourceTokens, sampleOf(table, choice.source));
  const target = createTokenizer(choice.targetTokens, sampleOf(table, choice.target));
  const bySource = new Map<string, SentencePair[]>();
  const seen = new Set<string>();
  const rejected: Rejection[] = [];
  for (const [i, row] of table.rows.entries()) {
    if (i % REPORT_EVERY === 0) yield i / table.rows.length;
    const texts = [row[choice.source] ?? '', row[choice.target] ?? ''] as const;
    const pair = { source: source.tokenize(texts[0]), target: target.tokenize(texts[1]) };
    const key = pair.source.join('\u001f');
    const pairKey = `${key}\u001e${pair.target.join('\u001f')}`;
    const reason = reasonAgainst(pair, choice.tokenLimit) ?? (seen.has(pairKey) ? 'duplicate' : null);
    if (reason) {
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
  return { source, target, bySource, rejected, conflicting };
}

function reasonAgainst({ source, target }: SentencePair, limit: number): 'empty-side' | 'too-long' | null {
  if (source.length === 0 || target.length === 0) return 'empty-side';
  return source.length > limit || target.length > limit ? 'too-long' : null;
}
