/** Tables for people: aligned text for a terminal, Markdown for a page. */

import type { StrategyChoice } from '../engine/executor.ts';
import type { BenchRow } from './rows.ts';

/** A number with about three significant digits and no exponent; a dash for none. */
export function formatNumber(value: number | null, unit = ''): string {
  if (value === null) return '–';
  const size = Math.abs(value);
  const digits = size >= 100 || value === 0 ? 0 : size >= 10 ? 1 : 2;
  return `${value.toLocaleString('en', { minimumFractionDigits: digits, maximumFractionDigits: digits })}${unit}`;
}

const formatCount = (value: number | null): string => (value === null ? '–' : value.toLocaleString('en'));

/** Lines of equal columns; the first column to the left, the others to the right. */
export function formatText(titles: readonly string[], rows: readonly (readonly string[])[]): string {
  const widths = titles.map((title, column) =>
    Math.max(title.length, ...rows.map((row) => (row[column] ?? '').length)),
  );
  const line = (cells: readonly string[]) =>
    cells
      .map((cell, column) => (column === 0 ? cell.padEnd(widths[column] ?? 0) : cell.padStart(widths[column] ?? 0)))
      .join('  ')
      .trimEnd();
  return [titles, ...rows].map(line).join('\n');
}

/** A Markdown table; the first column to the left, the others to the right. */
export function formatMarkdown(titles: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  const rule = titles.map((_, column) => (column === 0 ? '---' : '---:'));
  return [titles, rule, ...rows].map(line).join('\n');
}

const TITLES = [
  'engine',
  'ms a step',
  'min',
  'max',
  '× heed webgpu',
  '× best heed',
  'GFLOP/s',
  'of product',
  'dispatches',
  'submits',
  'buffers',
  'bind groups',
  'JS ms',
];

const formatChoice = ({ strategy, rows, lanes }: StrategyChoice): string => `${strategy} ${rows}×${lanes}`;

function nameOf({ engine, mode, strategy, tile, strategyReason }: BenchRow): string {
  if (strategy === null) return mode === null ? engine : `${engine} (${mode})`;
  const isOwn = strategyReason !== null && strategyReason.kind !== 'asked';
  return `${engine} (${isOwn ? 'own choice: ' : ''}${tile ? formatChoice({ strategy, ...tile }) : strategy})`;
}

/** What measuring the strategies came to, in a line; null where they were not measured. */
function formatTuning({ strategy, tile, strategyReason: reason }: BenchRow): string | null {
  if (reason?.kind !== 'measured' || strategy === null || tile === null) return null;
  const { rival, gain, measured, excluded, isRuleConfirmed } = reason;
  const other = rival ? `, ${formatNumber(gain)} times as fast as ${formatChoice(rival)}` : '';
  const unusable = excluded.map((choice) => `${formatChoice(choice)} ${choice.problem}`).join(', ');
  return `measured ${measured} choices: ${formatChoice({ strategy, ...tile })}${isRuleConfirmed ? ' as by the rule' : ''}${other}${unusable && `; excluded: ${unusable}`}`;
}

const ratio = (ms: number | null, base: number | null) => (ms === null || base === null ? null : ms / base);

/** The rows of one model as a text table, the fastest engine first, with errors below. */
export function formatRows(rows: readonly BenchRow[]): string {
  const ordered = rows.toSorted((a, b) => (a.msMedian ?? Infinity) - (b.msMedian ?? Infinity));
  const webgpu = ordered.find(({ engine }) => engine === 'heed webgpu')?.msMedian ?? null;
  const best = ordered.find(({ engine }) => engine.startsWith('heed'))?.msMedian ?? null;
  const cells = ordered.map((row) => [
    nameOf(row),
    row.error === null ? formatNumber(row.msMedian) : 'failed',
    formatNumber(row.msMin),
    formatNumber(row.msMax),
    formatNumber(ratio(row.msMedian, webgpu)),
    formatNumber(ratio(row.msMedian, best)),
    formatNumber(row.gflops),
    row.gemmShare === null ? '–' : formatNumber(100 * row.gemmShare, ' %'),
    formatCount(row.dispatches),
    formatCount(row.submits),
    formatCount(row.buffers),
    formatCount(row.bindGroups),
    formatNumber(row.jsMs),
  ]);
  const errors = ordered.filter(({ error }) => error !== null).map((row) => `${nameOf(row)} failed: ${row.error}`);
  const tuning = ordered.map(formatTuning).filter((line) => line !== null);
  return [formatText(TITLES, cells), ...tuning, ...errors].join('\n');
}
