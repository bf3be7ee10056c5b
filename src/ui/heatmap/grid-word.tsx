/** A word on an axis of the heatmap. */

import { activeLit, isWordLit } from '../../store/view-store.ts';
import { useEdits, useFrames, useStrings, useView } from '../context.ts';
import { type Side, tokenName, tokenText } from '../parts/word.tsx';
import { wasText } from './readout.tsx';

export interface GridWordProps {
  readonly side: Side;
  readonly token: string;
  readonly place: number;
  readonly isUnknown: boolean;
  readonly isWrong: boolean;
  readonly language: string | undefined;
  /** The word of the compared moment that this one replaced, '' for none; null where nothing changed. */
  readonly was?: string | null;
}

export function GridWord({ side, token, place, isUnknown, isWrong, language, was = null }: GridWordProps) {
  const strings = useStrings();
  const isLit = useView((state) => isWordLit(activeLit(state), side, token, place));
  const isTarget = side === 'target';
  const isEdited = useFrames((state) => isTarget && state.overlay?.kind === 'edited');
  const isChanged = useEdits((state) => isEdited && (state.isChanged[place] ?? false));
  const isRowEdited = useEdits((state) => isEdited && state.edits.attention[place] !== undefined);
  const name = tokenName(token, strings);
  const notes = [
    ...(isWrong ? [strings.sentence.wrongWord] : isUnknown ? [strings.sentence.unknownWord] : []),
    ...(was === null ? [] : [wasText(was, strings)]),
  ];
  const note = notes.length > 0 ? notes.join(', ') : null;
  const mark = isWrong ? 'wrong' : isUnknown ? 'unknown' : '';
  return (
    <th
      scope={side === 'source' ? 'col' : 'row'}
      className={`axis-word ${side} ${mark} ${isLit ? 'lit' : ''} ${was === null ? '' : 'differs'}`}
      data-side={side}
      data-place={place}
      {...(language && { lang: language })}
    >
      {/* Another word is another element, so that it flashes once. */}
      <span
        key={token}
        className={`axis-text ${isChanged ? 'changed' : ''}`}
        {...(name !== token && { 'aria-hidden': true })}
      >
        {tokenText(token)}
      </span>
      {name !== token && <span className="visually-hidden">{name}</span>}
      {note && <span className="visually-hidden"> ({note})</span>}
      {isChanged && <span className="visually-hidden"> ({strings.whatIf.changedWord})</span>}
      {isRowEdited && <span className="visually-hidden"> ({strings.whatIf.editedRow})</span>}
      {side === 'target' && <span className="probability" data-probability={place} aria-hidden="true" />}
    </th>
  );
}
