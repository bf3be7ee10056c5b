/** Which columns are the two sides, how they are cut into tokens, and how long a sentence may be. */

import { useEffect, useId, useState } from 'react';
import type { PairChoice } from '../../store/import-store.ts';
import type { ImportedTable } from '../../training/protocol.ts';
import { useFormat, useSession, useStrings } from '../context.ts';

const MOST_TOKENS = 64;
const TYPING_MS = 300;

export interface ChoicesProps {
  readonly table: ImportedTable;
  readonly choice: PairChoice;
}

export function Choices({ table, choice }: ChoicesProps) {
  const { data } = useStrings();
  const format = useFormat();
  const { imports } = useSession();
  const change = (part: Partial<PairChoice>): void => void imports.choose({ ...choice, ...part });
  const summary = data.read(
    table,
    data.formatNames[table.format],
    format.integer(table.rowCount),
    data.encodings[table.encoding],
  );
  return (
    <section className="data-choices">
      <h3>{data.columnsTitle}</h3>
      <p className="hint">
        {summary} {data.skipped(table.blankLines, table.commentLines, table.hasHeader)}
      </p>
      <div className="data-fields">
        <Side side="source" table={table} choice={choice} onChange={change} />
        <Side side="target" table={table} choice={choice} onChange={change} />
        <button
          type="button"
          className="data-swap"
          onClick={() =>
            change({
              source: choice.target,
              target: choice.source,
              sourceTokens: choice.targetTokens,
              targetTokens: choice.sourceTokens,
            })
          }
        >
          {data.swap}
        </button>
        <Limit value={choice.tokenLimit} onChange={(tokenLimit) => change({ tokenLimit })} />
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
          {table.columns.map((name, i) => (
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

/** Waits until the number is typed. */
function Limit({ value, onChange }: { readonly value: number; readonly onChange: (value: number) => void }) {
  const { data } = useStrings();
  const id = useId();
  const [text, setText] = useState(String(value));
  useEffect(() => {
    const limit = Number(text);
    if (!Number.isInteger(limit) || limit < 1 || limit > MOST_TOKENS || limit === value) return;
    const timer = setTimeout(() => onChange(limit), TYPING_MS);
    return () => clearTimeout(timer);
  });
  return (
    <div className="data-limit">
      <label htmlFor={id}>{data.limit}</label>
      <span>
        <input
          id={id}
          type="number"
          min={1}
          max={MOST_TOKENS}
          value={text}
          onChange={(event) => setText(event.target.value)}
        />{' '}
        {data.limitUnit}
      </span>
      <span className="hint">{data.limitHint}</span>
    </div>
  );
}

function SampleTable({ table, choice }: ChoicesProps) {
  const { data } = useStrings();
  const sideOf = (column: number): 'source' | 'target' | null =>
    column === choice.source ? 'source' : column === choice.target ? 'target' : null;
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reached by the keyboard
    <section className="data-scroll" tabIndex={0} aria-label={data.columnsTitle}>
      <table>
        <thead>
          <tr>
            {table.columns.map((name, i) => {
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
          {table.sample.map((row, i) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: a row is its place
            <tr key={i}>
              {table.columns.map((_, column) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: a column is its place
                <td key={column} className={sideOf(column) ?? ''}>
                  {row[column] ?? ''}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
