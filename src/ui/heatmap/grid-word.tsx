/** A word on an axis of the heatmap. */

import { activeLit, isWordLit } from '../../store/view-store.ts';
import { useStrings, useView } from '../context.ts';
import { type Side, tokenName, tokenText } from '../parts/word.tsx';

export interface GridWordProps {
  readonly side: Side;
  readonly token: string;
  readonly place: number;
  readonly isUnknown: boolean;
  readonly isWrong: boolean;
  readonly language: string | undefined;
}

export function GridWord({ side, token, place, isUnknown, isWrong, language }: GridWordProps) {
  const strings = useStrings();
  const isLit = useView((state) => isWordLit(activeLit(state), side, token, place));
  const name = tokenName(token, strings);
  const note = isWrong ? strings.sentence.wrongWord : isUnknown ? strings.sentence.unknownWord : null;
  const mark = isWrong ? 'wrong' : isUnknown ? 'unknown' : '';
  return (
    <th
      scope={side === 'source' ? 'col' : 'row'}
      className={`axis-word ${side} ${mark} ${isLit ? 'lit' : ''}`}
      data-side={side}
      data-place={place}
      {...(language && { lang: language })}
    >
      <span className="axis-text" {...(name !== token && { 'aria-hidden': true })}>
        {tokenText(token)}
      </span>
      {name !== token && <span className="visually-hidden">{name}</span>}
      {note && <span className="visually-hidden"> ({note})</span>}
      {side === 'target' && <span className="probability" data-probability={place} aria-hidden="true" />}
    </th>
  );
}
