/** All numbers of the three heatmaps as one plain table. */

import { useFormat, useRun, useStrings } from '../context.ts';
import { ScrollFrame } from '../parts/scroll-frame.tsx';
import { tokenText } from '../parts/word.tsx';
import type { Words } from './lit-place.ts';
import type { Measure } from './measures.ts';
import { signedText } from './numbers.ts';

export function ValuesTable({ words, measures }: { readonly words: Words; readonly measures: readonly Measure[] }) {
  const { explains, language } = useStrings();
  const format = useFormat();
  const run = useRun((state) => state.run);
  return (
    <ScrollFrame className="table-frame" label={explains.tableCaption}>
      <table className="heatmap-table">
        <caption className="visually-hidden">{explains.tableCaption}</caption>
        <thead>
          <tr>
            <th scope="col">{explains.columns.target}</th>
            <th scope="col">{explains.columns.source}</th>
            {measures.map(({ name }) => (
              <th key={name} scope="col">
                {explains.columns[name]}
              </th>
            ))}
          </tr>
        </thead>
        {words.target.map((target, row) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a row is its place in the sentence
          <tbody key={row}>
            {words.source.map((source, column) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: a word is its place in the sentence
              <tr key={column}>
                {column === 0 && (
                  <th scope="rowgroup" rowSpan={words.source.length} className="target" lang={run?.targetLanguage}>
                    {tokenText(target)}
                  </th>
                )}
                <th scope="row" className="source" lang={run?.sourceLanguage}>
                  {tokenText(source)}
                </th>
                {measures.map(({ name, raw, columns }) => {
                  const value = raw[row * columns + column] as number;
                  return (
                    <td key={name}>{name === 'attention' ? format.weight(value) : signedText(value, language)}</td>
                  );
                })}
              </tr>
            ))}
          </tbody>
        ))}
      </table>
    </ScrollFrame>
  );
}
