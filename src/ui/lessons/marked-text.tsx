/** Text of a lesson with its three marks: `**a control**`, `*a term*` and a formula between backticks. */

import { Fragment } from 'react';

const MARKS = /(\*\*[^*]+\*\*|\*[^*]+\*|`[^`]+`)/;

export function MarkedText({ text }: { readonly text: string }) {
  return text.split(MARKS).map((piece, place) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: pieces are where they stand
    <Fragment key={place}>{marked(piece)}</Fragment>
  ));
}

function marked(piece: string) {
  if (piece.startsWith('**')) return <strong className="lesson-control">{piece.slice(2, -2)}</strong>;
  if (piece.startsWith('*')) return <em>{piece.slice(1, -1)}</em>;
  if (piece.startsWith('`')) return <span className="formula">{piece.slice(1, -1)}</span>;
  return piece;
}

/** The same without its marks, for speech. */
export const plainText = (text: string): string => text.replace(/[*`]/g, '');
