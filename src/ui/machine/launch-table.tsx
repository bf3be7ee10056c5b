/** The launches as a table that can be sorted. */

import { useMemo, useState } from 'react';
import type { CallStage } from '../../training/questions.ts';
import { useFormat, useStrings } from '../context.ts';
import { ScrollFrame } from '../parts/scroll-frame.tsx';
import { bandOf, isOfStage, type Row, SORTS, type Sort, sortRows, workgroupsOf } from './launches.ts';
import { useUnits } from './use-units.ts';

export interface LaunchTableProps {
  readonly rows: readonly Row[];
  readonly chosen: number;
  readonly stage: CallStage | null;
  readonly isCpu: boolean;
  readonly onChoose: (index: number) => void;
}

export function LaunchTable({ rows, chosen, stage, isCpu, onChoose }: LaunchTableProps) {
  const { machine } = useStrings();
  const format = useFormat();
  const units = useUnits();
  const [sort, setSort] = useState<Sort>('order');
  const [isDescending, setDescending] = useState(false);
  const columns = SORTS.filter((column) => !(isCpu && column === 'workgroups'));
  const sorted = useMemo(
    () =>
      sortRows(
        rows.filter(({ launch }) => isOfStage(launch, stage)),
        sort,
        isDescending,
      ),
    [rows, stage, sort, isDescending],
  );
  /** Names begin at A, everything measured at its most. */
  const sortBy = (column: Sort): void => {
    setDescending(column === sort ? !isDescending : column !== 'order' && column !== 'label');
    setSort(column);
  };
  const text = ({ launch, place }: Row, column: Exclude<Sort, 'label'>, index: number): string => {
    switch (column) {
      case 'order':
        return format.integer(index + 1);
      case 'ms':
        return units.duration(launch.ms);
      case 'workgroups':
        return format.integer(workgroupsOf(launch));
      case 'bytes':
        return units.bytes(launch.bytes);
      case 'flops':
        return units.flops(launch.flops);
      case 'gflops':
        return place.gflops === null ? '–' : units.rate(place.gflops);
      case 'share':
        return place.share === null ? '–' : units.share(place.share);
    }
  };
  return (
    <ScrollFrame className="table-frame machine-table-frame" label={machine.tableLabel(isCpu)}>
      <table className="machine-table">
        <caption className="visually-hidden">{machine.tableLabel(isCpu)}</caption>
        <thead>
          <tr>
            {columns.map((column) => (
              <th
                key={column}
                scope="col"
                aria-sort={column !== sort ? 'none' : isDescending ? 'descending' : 'ascending'}
              >
                <button type="button" title={machine.sortBy(machine.columns[column])} onClick={() => sortBy(column)}>
                  {machine.columns[column]}
                  <span aria-hidden="true">{column !== sort ? '' : isDescending ? '↓' : '↑'}</span>
                </button>
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {sorted.map((row) => (
            <tr key={row.index} className={row.index === chosen ? 'chosen' : ''}>
              {columns.map((column) =>
                column === 'label' ? (
                  <th key={column} scope="row">
                    <button
                      type="button"
                      className={`machine-launch ${bandOf(row.launch)}`}
                      aria-pressed={row.index === chosen}
                      onClick={() => onChoose(row.index)}
                    >
                      {row.launch.label}
                    </button>
                  </th>
                ) : (
                  <td key={column}>{text(row, column, row.index)}</td>
                ),
              )}
            </tr>
          ))}
        </tbody>
      </table>
    </ScrollFrame>
  );
}
