/** The line that says in words what is lit; its place is always there, so nothing moves when it speaks. */

import { readCell } from '../../lib/picture-cells.ts';
import { resetEdits } from '../../store/edits-store.ts';
import type { Shape } from '../../store/shape.ts';
import type { StagedDifference } from '../../store/timeline-store.ts';
import { activeLit, type Lit } from '../../store/view-store.ts';
import type { Translation } from '../../training/protocol.ts';
import { useFormat, useFrames, useSession, useStrings, useTimeline, useView } from '../context.ts';
import type { Format } from '../format.ts';
import { tokenName } from '../parts/word.tsx';
import type { Strings } from '../strings/strings.ts';
import { useIsEditable } from './use-cell-editing.ts';

export function Readout() {
  const strings = useStrings();
  const format = useFormat();
  const lit = useView(activeLit);
  const showTable = useView((state) => state.showTable);
  const isPinned = useView((state) => state.pinned !== null && state.hovered === null);
  const shown = useFrames((state) => state.shown);
  const gold = useFrames((state) => state.shape?.gold);
  const isEditable = useIsEditable();
  const isPicture = useFrames((state) => readCell(state.shape?.source[0]?.text ?? '') !== null) && !showTable;
  const hasAttention = useFrames((state) => state.shape?.hasAttention ?? true);
  const isHeldBack = useFrames((state) => state.isHeldBack);
  const difference = useTimeline((state) => state.difference);
  const compared = difference?.shown === shown ? difference : null;
  const said = lit && shown ? describe(lit, shown.translation, gold ?? [], strings, format) : null;
  const changes = lit && said && compared ? describeChange(lit, compared, strings, format) : [];
  const text = said && [said, ...changes].join(' · ');
  return (
    <p className="readout">
      <span className={text ? 'readout-text' : 'readout-hint'}>
        {text ??
          (hasAttention &&
            (isPicture
              ? strings.picture[isEditable ? 'paintHint' : 'rest']
              : isEditable
                ? strings.whatIf.dragHint
                : strings.heatmap.rest))}
      </span>
      <span className="readout-note">
        {isHeldBack ? strings.heatmap.held : isPinned && text ? strings.heatmap.pinned : ''}
        <EditedNote />
      </span>
    </p>
  );
}

/** Says that the stage shows a visitor's edits, also while their panel is closed. */
function EditedNote() {
  const { whatIf } = useStrings();
  const { edits } = useSession();
  const isEdited = useFrames((state) => state.overlay?.kind === 'edited');
  if (!isEdited) return null;
  return (
    <>
      <span className="edited-note">{whatIf.edited}</span>
      <button type="button" className="text-button text-note" onClick={() => resetEdits(edits)}>
        {whatIf.backToUntouched}
      </button>
    </>
  );
}

/** What is lit, in words; null where it is not on the stage. */
export function describe(
  lit: Lit,
  translation: Translation,
  gold: Shape['gold'],
  strings: Strings,
  format: Format,
): string | null {
  const { source, target, weights, probabilities } = translation;
  const columns = source.length;
  const name = (tokens: typeof source, place: number): string => tokenName(tokens[place]?.text ?? '', strings);
  const row = lit.row ?? firstPlace(target, lit.targetToken);
  const column = lit.column ?? firstPlace(source, lit.sourceToken);
  if (row !== null && row >= target.length) return null;
  if (column !== null && column >= columns) return null;
  if (row !== null && column !== null) {
    const weight = weights[row * columns + column];
    if (weight === undefined) return null;
    const cell = strings.heatmap.cellReadout(name(target, row), name(source, column), format.weight(weight));
    const isGold = gold[row]?.includes(column) ?? false;
    const parts = [cell, ...(isGold ? [strings.heatmap.gold] : [])];
    return [...parts, strings.heatmap.probability(format.weight(probabilities[row]))].join(' · ');
  }
  if (row !== null) {
    const probability = format.weight(probabilities[row]);
    const best = largest(columns, (at) => weights[row * columns + at]);
    if (best < 0) return strings.heatmap.targetWordOnly(name(target, row), probability);
    const weight = format.weight(weights[row * columns + best]);
    return strings.heatmap.targetWord(name(target, row), probability, name(source, best), weight);
  }
  if (column === null) return null;
  const best = largest(target.length, (at) => weights[at * columns + column]);
  if (best < 0) return null;
  const weight = format.weight(weights[best * columns + column]);
  return strings.heatmap.sourceWord(name(source, column), name(target, best), weight);
}

/** What changed at a cell, or at a word of the translation. */
function describeChange(lit: Lit, difference: StagedDifference, strings: Strings, format: Format): string[] {
  const { source, target } = difference.shown.translation;
  const row = lit.row ?? firstPlace(target, lit.targetToken);
  const column = lit.column ?? firstPlace(source, lit.sourceToken);
  if (row === null || row >= target.length) return [];
  const was = difference.was[row] ?? null;
  const change = column === null ? undefined : difference.weights[row * source.length + column];
  return [
    ...(change === undefined ? [] : [strings.time.change(format.change(change))]),
    ...(was === null ? [] : [wasText(was, strings)]),
  ];
}

/** The word that another one replaced, in words. */
export const wasText = (was: string, strings: Strings): string =>
  was === '' ? strings.time.isNew : strings.time.was(tokenName(was, strings));

const firstPlace = (tokens: Translation['source'], token: string | null): number | null => {
  const place = token === null ? -1 : tokens.findIndex(({ text }) => text === token);
  return place < 0 ? null : place;
};

/** Index of the largest value, -1 where there are none. */
function largest(count: number, value: (index: number) => number | undefined): number {
  let best = -1;
  for (let i = 0; i < count; i++) {
    const candidate = value(i);
    if (candidate !== undefined && (best < 0 || candidate > (value(best) ?? 0))) best = i;
  }
  return best;
}
