/** The curves of a run as a table: one row a step, one column a figure, its unit in the header. */

import { type CsvCell, csvText, shortestFloat32 } from '../lib/csv.ts';
import type { Series } from '../lib/series.ts';
import type { MetricsHistory } from './history.ts';

/** Units by figure; shares count from 0 to 1. */
const UNITS: Readonly<Record<string, string>> = {
  loss: 'nats/token',
  tokenAccuracy: 'share',
  exactMatch: 'share',
  bleu: '0 to 1',
  alignmentError: 'share',
  decidingWord: 'share',
  attentionEntropy: '0 to 1',
  gradientNorm: '1',
  stepsPerSecond: 'steps/s',
  tokensPerSecond: 'tokens/s',
};

interface Column {
  readonly header: string;
  readonly values: ReadonlyMap<number, number>;
}

function column(header: string, series: Series, valueAt: (index: number) => number): Column {
  const values = new Map<number, number>();
  for (let i = 0; i < series.length; i++) values.set(series.x(i), shortestFloat32(valueAt(i)));
  return { header, values };
}

/** `loss` of group `training` as `training loss (nats/token)`. */
const headerOf = (group: string, figure: string, kind = ''): string =>
  `${group} ${figure}${kind && ` ${kind}`} (${UNITS[figure] ?? '1'})`;

/**
 * Every curve. A run longer than the curves have room for has several steps in a row: their mean, least and greatest value, at the
 * last of them. Figures have the digits of float32, in which they are computed. Columns without any value are left out.
 */
export function metersCsv({ training, smoothed, heldOut, rates }: MetricsHistory): string {
  const columns = [
    ...Object.entries(training).flatMap(([figure, series]) => [
      column(headerOf('training', figure, 'mean'), series, (i) => series.mean(i)),
      column(headerOf('training', figure, 'least'), series, (i) => series.min(i)),
      column(headerOf('training', figure, 'greatest'), series, (i) => series.max(i)),
    ]),
    ...Object.entries({ smoothed, 'held-out': heldOut, rate: rates }).flatMap(([group, all]) =>
      Object.entries(all).map(([figure, series]) => column(headerOf(group, figure), series, (i) => series.mean(i))),
    ),
  ].filter(({ values }) => values.size > 0);
  const steps = [...new Set(columns.flatMap(({ values }) => [...values.keys()]))].sort((a, b) => a - b);
  const rows: CsvCell[][] = steps.map((step) => [step, ...columns.map(({ values }) => values.get(step) ?? null)]);
  return csvText([['step', ...columns.map(({ header }) => header)], ...rows]);
}
