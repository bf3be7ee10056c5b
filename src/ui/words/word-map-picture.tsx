/** The map itself, on a canvas: its text alternative is the list of neighbours beside it. */

import { type PointerEvent, useRef, useState } from 'react';
import { litWord } from '../../store/view-store.ts';
import type { WordMap } from '../../training/questions.ts';
import { useFormat, useSession, useStrings } from '../context.ts';
import type { Side } from '../parts/word.tsx';
import { useMapPainter } from './use-map-painter.ts';

/** How near the pointer has to be to a point, px. */
const REACH = 14;

export interface WordMapPictureProps {
  readonly map: WordMap;
  readonly side: Side;
  readonly lit: string | null;
  readonly chosen: string | null;
  readonly onChoose: (token: string) => void;
}

export function WordMapPicture({ map, side, lit, chosen, onChoose }: WordMapPictureProps) {
  const { words } = useStrings();
  const { view } = useSession();
  const format = useFormat();
  const canvas = useRef<HTMLCanvasElement>(null);
  const [isOnWord, setOnWord] = useState(false);
  const { wordAt } = useMapPainter(canvas, { map, side, lit, chosen });
  const at = (event: PointerEvent | React.MouseEvent): string | null => {
    const box = event.currentTarget.getBoundingClientRect();
    return wordAt(event.clientX - box.left, event.clientY - box.top, REACH);
  };
  return (
    <figure className="word-map">
      <canvas
        ref={canvas}
        role="img"
        className={isOnWord ? 'on-word' : ''}
        aria-label={words.map(words.sides[side], map.tokens.length)}
        onPointerMove={(event) => {
          const token = at(event);
          setOnWord(token !== null);
          view.setState({ hovered: token === null ? null : litWord(side, token) });
        }}
        onPointerLeave={() => {
          setOnWord(false);
          view.setState({ hovered: null });
        }}
        onClick={(event) => {
          const token = at(event);
          if (token !== null) onChoose(token);
        }}
      />
      <figcaption className="word-map-axes">
        <span>→ {words.axis(1, format.percent(map.explained[0]))}</span>
        <span>↑ {words.axis(2, format.percent(map.explained[1]))}</span>
      </figcaption>
    </figure>
  );
}
