/** Runs of this visit, lanes of races and kept runs as rows of one table. */

import { csvText } from '../lib/csv.ts';
import type { Series } from '../lib/series.ts';
import type { Config, Field } from '../model/config.ts';
import { FIELD_NAMES } from '../model/config.ts';
import type { KeptRun } from '../training/protocol.ts';
import { fieldsThatDiffer } from './differing-fields.ts';
import type { MetricsHistory } from './history.ts';
import { changesBetween, isLive } from './settings-store.ts';

export interface RunRow {
  /** The same for one run as long as the page is open. */
  readonly key: string;
  /** `current`: on the stage; `session`: was there in this visit; `lane`: of a race; `kept`: in this browser. */
  readonly kind: 'current' | 'session' | 'lane' | 'kept';
  /** Counts the runs of a kind from 1. */
  readonly place: number;
  /** What the visitor called it; null for a run without a name. */
  readonly name: string | null;
  readonly config: Config;
  readonly step: number;
  /** Best held-out figures, 0 to 1; null where none was measured. */
  readonly bestExact: number | null;
  readonly bestTokens: number | null;
  /** Time that this visit trained it, s; null where that is not known. */
  readonly seconds: number | null;
  readonly executor: 'webgpu' | 'cpu' | null;
  /** Null where it is still with the kept run. */
  readonly history: MetricsHistory | null;
  /** The state that this browser keeps of it; null where there is none. */
  readonly kept: KeptRun | null;
}

export type RunColumn = 'run' | 'bestExact' | 'bestTokens' | 'step' | 'seconds' | 'executor' | Field;

/** Greatest value of a curve; null for an empty one. */
export function bestOf(curve: Series): number | null {
  let best: number | null = null;
  for (let i = 0; i < curve.length; i++) best = Math.max(best ?? curve.max(i), curve.max(i));
  return best;
}

/** True where a kept state is one of this run: the same settings, live ones aside, at the same step. */
const isStateOf = (row: RunRow, kept: KeptRun): boolean =>
  row.kind !== 'lane' &&
  kept.step === row.step &&
  changesBetween(kept.config, row.config).every(({ field }) => isLive(field));

/** Adds the kept runs: to the rows whose states they are, and below them those of other visits. */
export function withKept(rows: readonly RunRow[], kept: readonly KeptRun[]): RunRow[] {
  const left = new Set(kept);
  const known = rows.map((row) => {
    const state = row.kind === 'current' ? undefined : [...left].find((one) => isStateOf(row, one));
    if (!state) return row;
    left.delete(state);
    return { ...row, kept: state, name: state.name };
  });
  const others = [...left].map(
    (run, i): RunRow => ({
      key: `kept ${run.id}`,
      kind: 'kept',
      place: i + 1,
      name: run.name,
      config: run.config,
      step: run.step,
      bestExact: run.exactMatch,
      bestTokens: null,
      seconds: null,
      executor: null,
      history: null,
      kept: run,
    }),
  );
  return [...known, ...others];
}

const isSetting = (column: RunColumn): column is Field => (FIELD_NAMES as readonly string[]).includes(column);

const valueIn = (row: RunRow, column: Exclude<RunColumn, 'run'>): string | number | boolean | null =>
  isSetting(column) ? row.config[column] : row[column];

/** Rows by a column; rows without a value come last either way, and equal rows stay in their order. */
export function sortRows(rows: readonly RunRow[], column: RunColumn, isDescending: boolean): RunRow[] {
  if (column === 'run') return isDescending ? [...rows].reverse() : [...rows];
  const sign = isDescending ? -1 : 1;
  return rows
    .map((row, i) => ({ row, value: valueIn(row, column), i }))
    .sort((a, b) => {
      if (a.value === b.value) return a.i - b.i;
      if (a.value === null) return 1;
      if (b.value === null) return -1;
      return sign * (a.value < b.value ? -1 : 1);
    })
    .map(({ row }) => row);
}

/** What differs between the rows. */
export const fieldsOf = (rows: readonly RunRow[]): Field[] => fieldsThatDiffer(rows.map(({ config }) => config));

const cellOf = (value: Config[Field]): string | number => (typeof value === 'boolean' ? String(value) : value);

/** The table with all settings, in the schema's names. `nameOf` says what a run is called on the page. */
export const rowsCsv = (rows: readonly RunRow[], nameOf: (row: RunRow) => string): string =>
  csvText([
    ['run', 'kind', 'best_exact_match', 'best_token_accuracy', 'steps', 'seconds', 'executor', ...FIELD_NAMES],
    ...rows.map((row) => [
      nameOf(row),
      row.kind,
      row.bestExact,
      row.bestTokens,
      row.step,
      row.seconds === null ? null : Math.round(row.seconds * 10) / 10,
      row.executor,
      ...FIELD_NAMES.map((field) => cellOf(row.config[field])),
    ]),
  ]);
