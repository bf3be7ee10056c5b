/** Which columns are the two sides, how they are cut into tokens, and how long a sentence may be. */

import { useEffect, useId, useRef, useState } from 'react';
import { type PairChoice, readAs } from '../../store/import-store.ts';
import type { ImportedTable } from '../../training/protocol.ts';
import { useFormat, useSession, useStrings } from '../context.ts';
import { ScrollFrame } from '../parts/scroll-frame.tsx';

const MOST_TOKENS = 64;
const FEWEST_WORDS = 10;
const MOST_WORDS = 20_000;
const TYPING_MS = 300;

export interface ChoicesProps {
  readonly table: ImportedTable;
  readonly choice: PairChoice;
}

export function Choices({ table, choice }: ChoicesProps) {
  const { data, joined } = useStrings();
  const format = useFormat();
  const { imports } = useSession();
  // Two changes may come faster than the page is drawn.
  const change = (part: Partial<PairChoice>): void =>
    void imports.choose({ ...(imports.getState().choice ?? choice), ...part });
  const summary = data.read(
    table,
    data.formatNames[table.format],
    format.integer(table.rowCount - Number(choice.hasHeader)),
    data.encodings[table.encoding],
  );
  return (
    <section className="data-choices">
      <h3>{data.columnsTitle}</h3>
      <p className="hint">{joined.sentences([summary, data.skipped(table.blankLines, table.commentLines)])}</p>
      {table.columns.every((name) => name === '') && (
        <label className="data-header">
          <input
            type="checkbox"
            checked={choice.hasHeader}
            onChange={(event) => change({ hasHeader: event.target.checked })}
          />
          <span>{data.hasHeader}</span>
        </label>
      )}
      <div className="data-sides">
        <Side side="source" table={table} choice={choice} onChange={change} />
        <button
          type="button"
          className="data-swap"
          title={data.swap}
          aria-label={data.swap}
          onClick={() =>
            change({
              source: choice.target,
              target: choice.source,
              sourceTokens: choice.targetTokens,
              targetTokens: choice.sourceTokens,
            })
          }
        >
          <span aria-hidden="true">⇄</span>
        </button>
        <Side side="target" table={table} choice={choice} onChange={change} />
        <Limit
          label={data.limit}
          unit={data.limitUnit}
          hint={data.limitHint}
          range={[1, MOST_TOKENS]}
          value={choice.tokenLimit}
          onChange={(tokenLimit) => change({ tokenLimit })}
        />
        <Limit
          label={data.vocabularyLimit}
          unit={data.vocabularyUnit}
          hint={data.vocabularyHint}
          range={[FEWEST_WORDS, MOST_WORDS]}
          value={choice.vocabularyLimit}
          onChange={(vocabularyLimit) => change({ vocabularyLimit })}
        />
      </div>
      <SampleTable table={table} choice={choice} />
    </section>
  );
}

interface SideProps extends ChoicesProps {
  readonly side: 'source' | 'target';
  readonly onChange: (part: Partial<PairChoice>) => void;
}

function Side({ side, table, choice, onChange }: SideProps) {
  const { data } = useStrings();
  const tokens = side === 'source' ? choice.sourceTokens : choice.targetTokens;
  const other = side === 'source' ? choice.target : choice.source;
  /** Choosing the other side's column swaps the two. */
  const choose = (column: number): void => {
    const both = side === 'source' ? { source: column } : { target: column };
    const swapped = side === 'source' ? { target: choice.source } : { source: choice.target };
    onChange(column === other ? { ...both, ...swapped } : both);
  };
  return (
    <div className={`data-side ${side}`}>
      <label>
        <span>{data[side]}</span>
        <select value={choice[side]} onChange={(event) => choose(Number(event.target.value))}>
          {readAs(table, choice.hasHeader).names.map((name, i) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: a column is its place
            <option key={i} value={i}>
              {data.column(i + 1, name)}
            </option>
          ))}
        </select>
      </label>
      <label>
        <span>{data.tokens}</span>
        <select
          value={tokens}
          title={data.tokenHints[tokens]}
          onChange={(event) =>
            onChange({ [`${side}Tokens`]: event.target.value as PairChoice['sourceTokens'] } as Partial<PairChoice>)
          }
        >
          {(['words', 'characters', 'segmenter'] as const).map((name) => (
            <option key={name} value={name}>
              {data.tokenChoices[name]}
            </option>
          ))}
        </select>
      </label>
      <span className="hint">{data.tokenHints[tokens]}</span>
    </div>
  );
}

interface LimitProps {
  readonly label: string;
  readonly unit: string;
  readonly hint: string;
  readonly range: readonly [least: number, most: number];
  readonly value: number;
  readonly onChange: (value: number) => void;
}

/** Waits until the number is typed. */
function Limit({ label, unit, hint, range: [least, most], value, onChange }: LimitProps) {
  const id = useId();
  const [text, setText] = useState(String(value));
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(() => setText(String(value)), [value]);
  const change = (next: string): void => {
    setText(next);
    clearTimeout(timer.current);
    const limit = Number(next);
    if (Number.isInteger(limit) && limit >= least && limit <= most && limit !== value)
      timer.current = setTimeout(() => onChange(limit), TYPING_MS);
  };
  useEffect(() => () => clearTimeout(timer.current), []);
  return (
    <div className="data-limit">
      <label htmlFor={id}>{label}</label>
      <span>
        <input
          id={id}
          type="number"
          min={least}
          max={most}
          value={text}
          aria-describedby={`${id}-hint`}
          onChange={(event) => change(event.target.value)}
          onBlur={() => setText(String(value))}
        />{' '}
        {unit}
      </span>
      <span id={`${id}-hint`} className="hint">
        {hint}
      </span>
    </div>
  );
}

function SampleTable({ table, choice }: ChoicesProps) {
  const { data } = useStrings();
  const { names, rows } = readAs(table, choice.hasHeader);
  const sideOf = (column: number): 'source' | 'target' | null =>
    column === choice.source ? 'source' : column === choice.target ? 'target' : null;
  return (
    <ScrollFrame className="data-scroll" label={data.columnsTitle}>
      <table>
        <thead>
          <tr>
            {names.map((name, i) => {
              const side = sideOf(i);
              return (
                // biome-ignore lint/suspicious/noArrayIndexKey: a column is its place
                <th key={i} scope="col" className={side ?? ''}>
                  {data.column(i + 1, name)}
                  {side && ` (${data[side]})`}
                </th>
              );
            })}
          </tr>
        </thead>
        <tbody>
          {rows.map((row, i) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: a row is its place
            <tr key={i}>
              {names.map((_, column) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: a column is its place
                <td key={column} className={sideOf(column) ?? ''}>
                  {row[column] ?? ''}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </ScrollFrame>
  );
}
