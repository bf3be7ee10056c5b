/** The map itself, on a canvas: walked from word to word by keyboard, with the list of neighbours beside it. */

import { type PointerEvent, useRef, useState } from 'react';
import { litWord } from '../../store/view-store.ts';
import type { WordMap } from '../../training/questions.ts';
import { type Direction, pointToward } from '../../viz/word-map.ts';
import { useFormat, useSession, useStrings } from '../context.ts';
import { nextInLine, PictureStop, type WalkKey } from '../parts/picture-stop.tsx';
import { type Side, tokenName } from '../parts/word.tsx';
import { useMapPainter } from './use-map-painter.ts';

/** How near the pointer has to be to a point, px. */
const REACH = 14;

const DIRECTIONS: Readonly<Record<string, Direction>> = {
  ArrowLeft: 'left',
  ArrowRight: 'right',
  ArrowUp: 'up',
  ArrowDown: 'down',
};

export interface WordMapPictureProps {
  readonly map: WordMap;
  readonly side: Side;
  readonly lit: string | null;
  readonly chosen: string | null;
  readonly onChoose: (token: string) => void;
}

export function WordMapPicture({ map, side, lit, chosen, onChoose }: WordMapPictureProps) {
  const strings = useStrings();
  const { words, access } = strings;
  const { view } = useSession();
  const format = useFormat();
  const canvas = useRef<HTMLCanvasElement>(null);
  const [isOnWord, setOnWord] = useState(false);
  const [walked, setWalked] = useState<string | null>(null);
  const { wordAt, placesNow } = useMapPainter(canvas, { map, side, lit, chosen });
  /** Where the keyboard is: the last word that it was at, else the chosen one, else the first. */
  const stop = Math.max(0, map.tokens.indexOf(walked ?? chosen ?? ''));
  const next = (key: WalkKey): number | null => {
    const direction = DIRECTIONS[key.key];
    if (direction === undefined) return nextInLine(stop, map.tokens.length, key);
    const found = pointToward(placesNow(), stop, direction);
    return found < 0 ? stop : found;
  };
  const at = (event: PointerEvent | React.MouseEvent): string | null => {
    const box = event.currentTarget.getBoundingClientRect();
    return wordAt(event.clientX - box.left, event.clientY - box.top, REACH);
  };
  return (
    <figure className="word-map">
      <div className="picture">
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
        <PictureStop
          label={access.wordMap(words.sides[side])}
          at={stop}
          count={map.tokens.length}
          text={access.wordOnMap(tokenName(map.tokens[stop] ?? '', strings), map.counts[stop] ?? 0)}
          next={next}
          onReach={(place) => {
            const token = map.tokens[place] ?? '';
            setWalked(token);
            view.setState({ hovered: litWord(side, token) });
          }}
          onChoose={(place) => onChoose(map.tokens[place] ?? '')}
          onLeave={() => view.setState({ hovered: null })}
        />
      </div>
      <figcaption className="word-map-axes">
        <span>→ {words.axis(1, format.percent(map.explained[0]))}</span>
        <span>↑ {words.axis(2, format.percent(map.explained[1]))}</span>
      </figcaption>
    </figure>
  );
}
