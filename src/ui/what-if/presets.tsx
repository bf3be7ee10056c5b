/** Whole rows of attention at a press: the pinned one, or all of them. */

import { useState } from 'react';
import { PRESETS, type Preset, presetRow } from '../../store/attention-row.ts';
import { type Edits, keptPlaces, wholeRow, withoutRow, withRow } from '../../store/edits.ts';
import { edit } from '../../store/edits-store.ts';
import { useEdits, useFrames, useSession, useStrings, useView } from '../context.ts';
import { Segmented } from '../parts/segmented.tsx';
import { SteadyButton } from '../parts/steady-button.tsx';
import { tokenName, tokenText } from '../parts/word.tsx';

export function Presets() {
  const strings = useStrings();
  const { rows } = strings.whatIf;
  const { edits, frames } = useSession();
  const shape = useFrames((state) => state.shape);
  const pinned = useView((state) => state.pinned);
  const isOff = useEdits((state) => state.edits.off.includes('attention'));
  const [wanted, setWanted] = useState<'pinned' | 'all' | null>(null);
  const targets = shape?.target.length ?? 0;
  const columns = shape?.source.length ?? 0;
  const row = pinned?.row !== null && pinned?.row !== undefined && pinned.row < targets ? pinned.row : null;
  const column =
    pinned?.column !== null && pinned?.column !== undefined && pinned.column < columns ? pinned.column : null;
  const which = row === null ? 'all' : (wanted ?? 'pinned');
  const chosen = which === 'all' || row === null ? Array.from({ length: targets }, (_, at) => at) : [row];
  const hasEditedRow = useEdits((state) => chosen.some((at) => state.edits.attention[at] !== undefined));
  if (!shape) return null;
  if (!shape.hasAttention)
    return (
      <section className="what-if-rows" aria-labelledby="what-if-rows">
        <h3 id="what-if-rows">{rows.title}</h3>
        <p className="hint">{rows.noAttention}</p>
      </section>
    );

  const set = (preset: Preset): void => {
    const { base, past } = edits.getState();
    const weights = frames.getState().shown?.translation.weights;
    if (!base || !weights) return;
    const apply = (now: Edits): Edits => {
      const kept = keptPlaces(now, base.source.length);
      if (kept.length !== columns) return now;
      return chosen.reduce((all, at) => {
        const shown = Array.from(weights.subarray(at * columns, (at + 1) * columns));
        const next = presetRow(preset, shown, column ?? 0, [past.length, at]);
        return withRow(all, at, wholeRow(next, kept, base.source.length));
      }, now);
    };
    edit(edits, apply);
  };
  const rowName = row === null ? null : tokenText(shape.target[row].text);
  const columnName = column === null ? null : tokenName(shape.source[column].text, strings);
  return (
    <section className="what-if-rows" aria-labelledby="what-if-rows">
      <h3 id="what-if-rows">{rows.title}</h3>
      <p className="hint">
        {isOff ? rows.off : row === null ? strings.joined.sentences([rows.hint, rows.noPin]) : rows.hint}
      </p>
      <Segmented
        label={rows.which}
        value={which}
        options={[
          ...(rowName === null ? [] : [{ value: 'pinned' as const, label: rows.pinned(rowName) }]),
          { value: 'all' as const, label: rows.all },
        ]}
        onChange={setWanted}
      />
      <div className="what-if-buttons">
        {PRESETS.map((preset) => (
          <button
            key={preset}
            type="button"
            className="toggle"
            disabled={targets === 0 || (preset === 'one-hot' && column === null)}
            title={rows.presetHints[preset]}
            onClick={() => set(preset)}
          >
            {preset === 'one-hot' && columnName !== null ? rows.oneHot(columnName) : rows.presets[preset]}
          </button>
        ))}
        <SteadyButton
          className="toggle"
          isIdle={!hasEditedRow}
          onClick={() => edit(edits, (now) => chosen.reduce(withoutRow, now))}
        >
          {rows.letGo}
        </SteadyButton>
      </div>
    </section>
  );
}
