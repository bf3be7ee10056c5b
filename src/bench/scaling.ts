/** How Heed's cost grows: one size at a time, doubling, the others as in *small*. */

import { type BenchModel, benchModel, type ModelSizes, SMALL_SIZES } from './models.ts';
import type { BenchRow } from './rows.ts';
import { formatMarkdown, formatNumber } from './table.ts';

/** One size of the model, with the letter of `MODEL.md`. */
export interface Scale {
  readonly letter: string;
  readonly title: string;
  readonly values: readonly number[];
  readonly sizesOf: (value: number) => Partial<ModelSizes>;
}

export const SCALES: readonly Scale[] = [
  { letter: 'B', title: 'batch B', values: [16, 32, 64, 128, 256], sizesOf: (batch) => ({ batch }) },
  {
    letter: 'S',
    title: 'length S = T',
    values: [6, 12, 24, 48],
    sizesOf: (length) => ({ source: length, target: length }),
  },
  {
    letter: 'H',
    title: 'units H = E = A = R',
    values: [32, 64, 128, 256, 512],
    sizesOf: (hidden) => ({ hidden, embedding: hidden }),
  },
  {
    letter: 'V',
    title: 'vocabulary V',
    values: [64, 128, 256, 512, 1024, 2048, 4096],
    sizesOf: (words) => ({ sourceVocabulary: words, targetVocabulary: words }),
  },
];

/** The model of a scale at a value, as `H=256`. */
export const scaledModel = ({ letter, sizesOf }: Scale, value: number): BenchModel =>
  benchModel(`${letter}=${value}`, { ...SMALL_SIZES, ...sizesOf(value) });

const ENGINES = ['heed webgpu', 'heed cpu'] as const;
const COLUMNS = ['ms a step', 'GFLOP/s', 'MiB'] as const;

/** The rows of a scale's models as a Markdown table: one line a value, columns for each executor. */
export function formatScale({ letter, title, values }: Scale, rows: readonly BenchRow[]): string {
  const engines = ENGINES.filter((engine) => rows.some((row) => row.engine === engine));
  const titles = [title, 'GFLOP', ...engines.flatMap((engine) => COLUMNS.map((column) => `${engine}, ${column}`))];
  const lines = values.map((value) => {
    const found = rows.filter(({ model }) => model === `${letter}=${value}`);
    const cells = engines.flatMap((name) => {
      const row = found.find(({ engine }) => engine === name);
      const bytes = row?.bytes ?? null;
      return [row?.msMedian ?? null, row?.gflops ?? null, bytes === null ? null : bytes / 2 ** 20];
    });
    return [String(value), ...[found[0]?.gflop ?? null, ...cells].map((cell) => formatNumber(cell))];
  });
  return formatMarkdown(titles, lines);
}
