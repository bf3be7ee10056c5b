/** The runs of this visit and the kept ones in one table; their curves side by side. */

import { useEffect, useRef, useState } from 'react';
import { fieldsOf, type RunColumn, type RunRow, rowsCsv, sortRows, withKept } from '../../store/run-rows.ts';
import { useFormat, useRun, useRuns, useSession, useStrings } from '../context.ts';
import { useHeld } from '../drawer/use-held.ts';
import { downloadFile } from '../parts/download.ts';
import { raceStoresOf } from './race-stores.ts';
import { RunsCurves } from './runs-curves.tsx';
import { RunsTable } from './runs-table.tsx';
import { nameBy, runName, useCompareStrings } from './words.ts';

/** All rows as they are; while somebody reads they stay as they were, until a run comes or goes. */
function useRows(isHeld: boolean): readonly RunRow[] {
  const session = useSession();
  const shelf = useRuns((state) => state.shelf);
  const description = useRun((state) => state.run);
  // What is new in a run shows when it is measured, and when it stops.
  useRun((state) => state.evaluation);
  useRun((state) => state.status);
  const shown = useRef<{ readonly of: readonly unknown[]; readonly rows: readonly RunRow[] } | null>(null);
  const of = [shelf, description];
  if (isHeld && shown.current?.of.every((part, i) => part === of[i])) return shown.current.rows;
  const lanes = Object.values(raceStoresOf(session)).flatMap((store) => store.rows());
  const rows = withKept([...session.visit.rows(), ...lanes], shelf?.runs ?? []);
  shown.current = { of, rows };
  return rows;
}

export function RunsView() {
  const strings = useStrings();
  const words = useCompareStrings();
  const format = useFormat();
  const { runs } = useSession();
  const held = useHeld();
  const rows = useRows(held.isHeld);
  const [sorting, setSorting] = useState<{ readonly column: RunColumn; readonly isDescending: boolean }>({
    column: 'run',
    isDescending: false,
  });
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const [loaded, setLoaded] = useState<ReadonlyMap<string, RunRow['history']>>(new Map());
  const run = useRun((state) => state.run);
  const status = useRun((state) => state.status);
  // biome-ignore lint/correctness/useExhaustiveDependencies: a run that ends, by another one or a reset, is among the kept ones
  useEffect(() => void runs.refresh(), [runs, run, status, rows.length]);
  const sorted = sortRows(rows, sorting.column, sorting.isDescending);
  const fields = fieldsOf(rows);
  const choose = (row: RunRow): void => {
    setChosen((before) => {
      const next = new Set(before);
      if (!next.delete(row.key)) next.add(row.key);
      return next;
    });
    if (row.kept && !row.history && !loaded.has(row.key))
      void runs.curves(row.kept).then((history) => setLoaded((before) => new Map(before).set(row.key, history)));
  };
  const lines = rows
    .filter(({ key }) => chosen.has(key))
    .flatMap((row) => {
      const history = row.history ?? loaded.get(row.key);
      if (!history) return [];
      const settings = fields.length > 0 ? nameBy(fields, row.config, strings, words, format) : '';
      return [{ key: row.key, name: runName(row, words), settings, history }];
    });
  const save = (): void => {
    const text = rowsCsv(sorted, (row) => runName(row, words));
    downloadFile('heed-runs.csv', new Blob([text], { type: 'text/csv' }));
  };
  return (
    <div className="runs-view" {...held.handlers}>
      <p className="hint compare-intro">{words.runs.intro}</p>
      {rows.length === 0 ? (
        <p className="drawer-note">{words.runs.empty}</p>
      ) : (
        <>
          <RunsTable
            rows={sorted}
            fields={fields}
            chosen={chosen}
            sorting={sorting}
            onSort={(column) =>
              setSorting((before) => ({
                column,
                isDescending: before.column === column ? !before.isDescending : column !== 'run',
              }))
            }
            onChoose={choose}
          />
          <p className="runs-tools">
            <button type="button" onClick={save}>
              {words.runs.download}
            </button>
            {fields.length === 0 && rows.length > 1 && <span className="hint">{words.runs.same}</span>}
          </p>
          <RunsCurves lines={lines} />
        </>
      )}
    </div>
  );
}
