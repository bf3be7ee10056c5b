/** Runs as rows; of their settings only the columns that differ. */

import type { Field } from '../../model/config.ts';
import type { RunColumn, RunRow } from '../../store/run-rows.ts';
import { changesBetween } from '../../store/settings-store.ts';
import { useActions, useFormat, useSession, useSettings, useStrings } from '../context.ts';
import { valueText } from '../settings/use-setting.ts';
import { runName, useCompareStrings } from './words.ts';

export interface RunsTableProps {
  readonly rows: readonly RunRow[];
  /** Settings in which the runs differ. */
  readonly fields: readonly Field[];
  readonly chosen: ReadonlySet<string>;
  readonly sorting: { readonly column: RunColumn; readonly isDescending: boolean };
  readonly onSort: (column: RunColumn) => void;
  readonly onChoose: (row: RunRow) => void;
}

export function RunsTable({ rows, fields, chosen, sorting, onSort, onChoose }: RunsTableProps) {
  const strings = useStrings();
  const words = useCompareStrings();
  const format = useFormat();
  const { runs } = words;
  const columns: readonly { readonly column: RunColumn; readonly label: string }[] = [
    { column: 'run', label: runs.columns.run },
    { column: 'bestExact', label: runs.columns.best },
    { column: 'bestTokens', label: runs.columns.bestTokens },
    { column: 'step', label: runs.columns.steps },
    { column: 'seconds', label: runs.columns.seconds },
    { column: 'executor', label: runs.columns.executor },
    ...fields.map((field) => ({ column: field, label: strings.settings.fields[field].label })),
  ];
  const share = (value: number | null): string => (value === null ? '–' : format.percent(value));
  return (
    <div className="race-table runs-table">
      <table>
        <caption className="visually-hidden">{runs.caption}</caption>
        <thead>
          <tr>
            <th scope="col">{runs.columns.compare}</th>
            {columns.map(({ column, label }) => (
              <th
                key={column}
                scope="col"
                aria-sort={sorting.column !== column ? 'none' : sorting.isDescending ? 'descending' : 'ascending'}
              >
                <button type="button" className="sort-button" title={runs.sort(label)} onClick={() => onSort(column)}>
                  {label}
                  <span className="sort-mark" aria-hidden="true">
                    {sorting.column !== column ? '' : sorting.isDescending ? ' ↓' : ' ↑'}
                  </span>
                </button>
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.key} className={row.kind === 'current' ? 'is-current' : ''}>
              <td>
                <input
                  type="checkbox"
                  aria-label={runs.compareRun(runName(row, words))}
                  checked={chosen.has(row.key)}
                  disabled={row.kept === null && row.history === null}
                  onChange={() => onChoose(row)}
                />
              </td>
              <th scope="row">
                <span className="runs-run">
                  <span className="runs-name">{runName(row, words)}</span> <Open row={row} />
                </span>
              </th>
              <td>{share(row.bestExact)}</td>
              <td>{share(row.bestTokens)}</td>
              <td>{format.integer(row.step)}</td>
              <td>{row.seconds === null ? '–' : format.figure(row.seconds)}</td>
              <td>{row.executor === null ? '–' : runs.executors[row.executor]}</td>
              {fields.map((field) => (
                <td key={field}>{valueText(row.config[field], strings, format)}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

/** Opens the state that is kept of a run or, where none is, its settings from their initial weights. */
function Open({ row }: { readonly row: RunRow }) {
  const words = useCompareStrings();
  const { runs } = useSession();
  const { restore, startAfresh } = useActions();
  const config = useSettings((state) => state.config);
  const { kept } = row;
  const name = runName(row, words);
  if (row.kind === 'current') return <span className="hint">{words.runs.current}</span>;
  if (kept)
    return (
      <button
        type="button"
        className="text-button"
        aria-label={words.runs.openRun(name)}
        onClick={() => void runs.open(kept)}
      >
        {words.runs.open}
      </button>
    );
  // Pairs of the visitor's own are not in a setting.
  if (row.config.task === 'own') return null;
  return (
    <button
      type="button"
      className="text-button"
      aria-label={words.runs.openSettingsOf(name)}
      onClick={() => (changesBetween(config, row.config).length > 0 ? restore(row.config) : startAfresh())}
    >
      {words.runs.openSettings}
    </button>
  );
}
