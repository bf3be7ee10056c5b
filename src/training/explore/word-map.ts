/** The word vectors of a side as a map: principal components of its embedding table, turned to agree with the map before. */

import type { Corpus } from '../../data/corpus.ts';
import { SPECIAL_TOKENS } from '../../data/vocabulary.ts';
import { alignPlane, principalComponents } from '../../lib/principal-components.ts';
import type { Question, WordMap } from '../questions.ts';
import type { Explored } from './explorer.ts';

type Side = Question<'word-map'>['side'];

const TABLES = { source: 'encoder.embedding.weight', target: 'decoder.embedding.weight' } as const;
const NEIGHBOURS = 10;
/** Training pairs that words are counted in. */
const COUNTED_PAIRS = 3000;

/** Answers `word-map`. */
export class WordMapper {
  readonly #former = new Map<Side, Float64Array>();
  readonly #counts = new Map<Side, readonly number[]>();

  constructor(private readonly run: Explored) {}

  async answer({ side, near }: Question<'word-map'>): Promise<WordMap> {
    const { executor, trainer, corpus } = this.run;
    const { step } = trainer;
    const view = trainer.layout.view('parameters', TABLES[side]);
    const first = SPECIAL_TOKENS.length;
    const rows = view.rows - first;
    const parameters = await executor.read('parameters');
    const from = view.offset + first * view.columns;
    const data = parameters.subarray(from, from + rows * view.columns);
    const table = { rows, columns: view.columns, data };
    const { coordinates, totalVariance } = principalComponents(table, 2);
    const former = this.#former.get(side);
    const aligned = former ? alignPlane(coordinates, former) : coordinates;
    this.#former.set(side, aligned);
    const tokens = vocabularyOf(corpus, side).tokens.slice(first);
    const share = (axis: number): number => (totalVariance > 0 ? varianceAlong(aligned, axis) / totalVariance : 0);
    return {
      step,
      tokens,
      counts: this.#countsOf(side),
      coordinates: { rows, columns: 2, data: Float32Array.from(aligned) },
      explained: [share(0), share(1)],
      neighbours: nearest(table, tokens, near === null ? -1 : tokens.indexOf(near)),
    };
  }

  #countsOf(side: Side): readonly number[] {
    let counts = this.#counts.get(side);
    if (!counts) {
      counts = countWords(this.run.corpus, side);
      this.#counts.set(side, counts);
    }
    return counts;
  }
}

const vocabularyOf = (corpus: Corpus, side: Side) =>
  side === 'source' ? corpus.sourceVocabulary : corpus.targetVocabulary;

/** Occurrences of each word that is not a special symbol. */
function countWords(corpus: Corpus, side: Side): number[] {
  const vocabulary = vocabularyOf(corpus, side);
  const counts = new Array<number>(vocabulary.size).fill(0);
  const pairs = Math.min(COUNTED_PAIRS, corpus.train.length);
  for (let i = 0; i < pairs; i++) for (const token of corpus.train.at(i)?.[side] ?? []) counts[vocabulary.id(token)]++;
  return counts.slice(SPECIAL_TOKENS.length);
}

/** Of centred points [n, 2]. */
function varianceAlong(points: Float64Array, axis: number): number {
  let sum = 0;
  for (let i = axis; i < points.length; i += 2) sum += (points[i] as number) ** 2;
  return sum / (points.length / 2);
}

interface Vectors {
  readonly rows: number;
  readonly columns: number;
  readonly data: ArrayLike<number>;
}

function nearest({ rows, columns, data }: Vectors, tokens: readonly string[], word: number): WordMap['neighbours'] {
  if (word < 0) return [];
  const product = (a: number, b: number): number => {
    let sum = 0;
    for (let c = 0; c < columns; c++) sum += (data[a * columns + c] as number) * (data[b * columns + c] as number);
    return sum;
  };
  const length = Array.from({ length: rows }, (_, row) => Math.sqrt(product(row, row)));
  const cosines = tokens.map((token, row) => {
    const scale = (length[word] as number) * (length[row] as number);
    return { token, row, cosine: scale > 0 ? product(word, row) / scale : 0 };
  });
  return cosines
    .filter(({ row }) => row !== word)
    .sort((a, b) => b.cosine - a.cosine || a.row - b.row)
    .slice(0, NEIGHBOURS)
    .map(({ token, cosine }) => ({ token, cosine }));
}
