/** The three numbers of the lit pair of words, or what each measure puts first for the lit output. */

import { topPlace } from '../../lib/rank-agreement.ts';
import { activeLit } from '../../store/view-store.ts';
import { useFormat, useStrings, useView } from '../context.ts';
import { tokenName } from '../parts/word.tsx';
import { litCell, type Words } from './lit-place.ts';
import { rawText } from './measure-map.tsx';
import type { Measure } from './measures.ts';

export function ExplainsReadout({ words, measures }: { readonly words: Words; readonly measures: readonly Measure[] }) {
  const strings = useStrings();
  const format = useFormat();
  const lit = useView(activeLit);
  const isPinned = useView((state) => state.pinned !== null && state.hovered === null);
  const { explains } = strings;
  const { row, column } = litCell(lit, words);
  const said = (): string | null => {
    if (row === null) return null;
    const output = tokenName(words.target[row] as string, strings);
    if (column === null) {
      const tops = measures.map(({ name, shares, columns }) => {
        const top = topPlace(shares.subarray(row * columns, (row + 1) * columns));
        const measure = explains.measures[name].name;
        return top === null
          ? explains.noTop(measure)
          : explains.top(measure, tokenName(words.source[top] as string, strings));
      });
      return explains.rowReadout(output, tops);
    }
    const values = measures.map((measure) => {
      const index = row * measure.columns + column;
      const share = measure.name === 'attention' ? null : format.weight(measure.shares[index] as number);
      const raw = rawText(measure, measure.raw[index] as number, format, strings);
      return explains.value(explains.measures[measure.name].name, raw, share);
    });
    return explains.cellReadout(output, tokenName(words.source[column] as string, strings), values);
  };
  const text = said();
  return (
    <p className="readout explains-readout">
      <span className={text ? '' : 'readout-hint'}>{text ?? explains.rest}</span>
      <span className="readout-note">{isPinned && text ? explains.pinned : ''}</span>
    </p>
  );
}
