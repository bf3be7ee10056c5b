/** The same numbers as a plain table. */

import { useEffect, useState } from 'react';
import { useFormat, useRun, useSession, useStrings } from '../context.ts';
import { ScrollFrame } from '../parts/scroll-frame.tsx';
import { tokenText } from '../parts/word.tsx';

/** Numbers that change faster can't be read. */
const INTERVAL_MS = 500;

export function HeatmapTable() {
  const { heatmap } = useStrings();
  const format = useFormat();
  const run = useRun((state) => state.run);
  const shown = useSlowlyShown();
  if (!shown) return null;
  const { source, target, weights, probabilities } = shown.translation;
  return (
    <ScrollFrame className="table-frame" label={heatmap.tableCaption}>
      <table className="heatmap-table">
        <caption className="visually-hidden">{heatmap.tableCaption}</caption>
        <thead>
          <tr>
            <th scope="col">{heatmap.targetHeader}</th>
            <th scope="col">{heatmap.probabilityHeader}</th>
            {source.map((token, column) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: a word is its place in the sentence
              <th key={column} scope="col" className="source" lang={run?.sourceLanguage}>
                {tokenText(token.text)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {target.map((token, row) => {
            const rowWeights = weights.subarray(row * source.length, (row + 1) * source.length);
            const most = Math.max(...rowWeights);
            return (
              // biome-ignore lint/suspicious/noArrayIndexKey: a row is its place in the sentence
              <tr key={row}>
                <th scope="row" className="target" lang={run?.targetLanguage}>
                  {tokenText(token.text)}
                </th>
                <td className="probability-value">{format.weight(probabilities[row])}</td>
                {Array.from(rowWeights, (weight, column) => (
                  // biome-ignore lint/suspicious/noArrayIndexKey: a cell is its place
                  <td key={column} className={weight === most ? 'most' : ''}>
                    {format.weight(weight)}
                  </td>
                ))}
              </tr>
            );
          })}
        </tbody>
      </table>
    </ScrollFrame>
  );
}

/** What the stage shows, followed at a readable pace. */
function useSlowlyShown() {
  const { frames } = useSession();
  const [shown, setShown] = useState(frames.getState().shown);
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const take = (): void => {
      timer = undefined;
      setShown(frames.getState().shown);
    };
    const stop = frames.subscribe((state, before) => {
      if (state.shown === before.shown) return;
      if (state.shown?.key !== before.shown?.key) take();
      else timer ??= setTimeout(take, INTERVAL_MS);
    });
    return () => {
      stop();
      clearTimeout(timer);
    };
  }, [frames]);
  return shown;
}
