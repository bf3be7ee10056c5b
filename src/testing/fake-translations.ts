/** Sentences and attention for the scripted worker: noise that becomes the gold alignment. */

import type { TaskId } from '../model/config.ts';
import type { DecodingMode, Translation } from '../training/protocol.ts';

export interface FakePair {
  readonly source: readonly string[];
  readonly target: readonly string[];
  readonly alignment: readonly (readonly number[])[];
}

const pair = (source: string, target: string, links: string, separator = ' '): FakePair => ({
  source: source.split(separator),
  target: target.split(separator),
  alignment: links.split(' ').map((row) => row.split(',').map(Number)),
});

const PHRASES: readonly FakePair[] = [
  pair('the black cat does not see the house .', 'le chat noir ne voit pas la maison .', '0 2 1 3,4 5 4 6 7 8'),
  pair('she washes herself .', 'elle se lave .', '0 2 1 3'),
  pair('the small dogs are happy .', 'les petits chiens sont heureux .', '0 1 2 3 4 5'),
  pair('my grandmother buys a green apple .', 'ma grand-mère achète une pomme verte .', '0 1 2 3 5 4 6'),
];
const DATES: readonly FakePair[] = [
  pair('0,5, ,J,A,N, ,1,9', '2,0,1,9,-,0,1,-,0,5', '7 7 7 8 6 3 4 2 0 1', ','),
  pair('1,2,/,2,4,/,0,7', '2,0,0,7,-,1,2,-,2,4', '6 6 6 7 2 0 1 5 3 4', ','),
];

export const fakePairs = (task: TaskId): readonly FakePair[] => (task === 'dates' ? DATES : PHRASES);

/** A number from 0 to 1 that looks random and is always the same. */
const hash = (...parts: readonly number[]): number => {
  const x = Math.sin(parts.reduce((sum, part, i) => sum + part * (12.9898 + 65.7 * i), 0.5)) * 43758.5453;
  return x - Math.floor(x);
};

export interface FakeState {
  /** 0 knows nothing, 1 everything. */
  readonly progress: number;
  readonly mode: DecodingMode;
  readonly hasAttention: boolean;
}

/** The translation of a known sentence, or of unknown words one by one. */
export function fakeTranslation(pairs: readonly FakePair[], text: string, state: FakeState): Translation {
  const known = pairs.find((candidate) => candidate.source.join(' ') === text);
  const vocabulary = pairs.flatMap((candidate) => candidate.target);
  const words = new Set(pairs.flatMap((candidate) => candidate.source));
  const source = known?.source ?? text.trim().toLowerCase().split(/\s+/);
  const reference = known?.target ?? source;
  const alignment = known?.alignment ?? source.map((_, i) => [i]);
  const isRight = (row: number): boolean =>
    state.mode === 'teacher-forced' || hash(row, 7) < state.progress * 1.05 + 0.02;
  const target = reference.map((word, row) =>
    isRight(row) ? word : vocabulary[Math.floor(hash(row, Math.floor(state.progress * 30)) * vocabulary.length)],
  );
  return {
    source: source.map((word) => ({ text: word, isUnknown: !words.has(word) })),
    target: target.map((word) => ({ text: word, isUnknown: false })),
    targetText: target.join(' '),
    probabilities: Float32Array.from(target, (_, row) => 0.05 + 0.94 * state.progress * (isRight(row) ? 1 : 0.4)),
    weights: state.hasAttention ? attention(alignment, source.length, state.progress) : new Float32Array(),
    ...(known && { reference: { target: known.target, text: known.target.join(' '), alignment: known.alignment } }),
    isComplete: true,
  };
}

/** Rows that sum to 1 and sharpen with progress. */
function attention(alignment: readonly (readonly number[])[], columns: number, progress: number): Float32Array {
  const weights = new Float32Array(alignment.length * columns);
  alignment.forEach((links, row) => {
    const scores = Array.from({ length: columns }, (_, column) => {
      const gold = links[0] === column ? 6 : links.includes(column) ? 4.6 : 0;
      return progress * gold + 0.9 * hash(row, column, Math.floor(progress * 40)) + (column === columns - 1 ? 0.5 : 0);
    });
    const sum = scores.reduce((total, score) => total + Math.exp(score), 0);
    scores.forEach((score, column) => {
      weights[row * columns + column] = Math.exp(score) / sum;
    });
  });
  return weights;
}
