/** Walking through the ribbons: one tab stop; along a sentence from word to word, across it along the strongest ribbon. */

import { type FocusEvent, type KeyboardEvent, type RefObject, useRef, useState } from 'react';
import { hold, release } from '../../store/frame-store.ts';
import type { Shape } from '../../store/shape.ts';
import { togglePin } from '../../store/view-store.ts';
import { useSession } from '../context.ts';
import type { Side } from '../parts/word.tsx';
import { litOf } from './ribbons.tsx';

interface Word {
  readonly side: Side;
  readonly place: number;
}

/** A step that a key means: to the neighbour, to an end, or over to the other sentence. */
export type RibbonMove = 'previous' | 'next' | 'first' | 'last' | 'to-source' | 'to-target';

const ACROSS: Readonly<Record<string, RibbonMove>> = {
  ArrowLeft: 'previous',
  ArrowRight: 'next',
  ArrowUp: 'to-source',
  ArrowDown: 'to-target',
  Home: 'first',
  End: 'last',
};
const COLUMNS: Readonly<Record<string, RibbonMove>> = {
  ArrowUp: 'previous',
  ArrowDown: 'next',
  ArrowLeft: 'to-source',
  ArrowRight: 'to-target',
  Home: 'first',
  End: 'last',
};

/** What a key means in one of the two layouts; null for a key of somebody else. */
export const ribbonMove = (key: string, isAcross: boolean): RibbonMove | null => {
  const moves = isAcross ? ACROSS : COLUMNS;
  return Object.hasOwn(moves, key) ? moves[key] : null;
};

/** Place of a neighbour among `count`. */
export function placeAfter(place: number, move: RibbonMove, count: number): number {
  if (move === 'first') return 0;
  if (move === 'last') return count - 1;
  return Math.min(count - 1, Math.max(0, place + (move === 'next' ? 1 : move === 'previous' ? -1 : 0)));
}

export function useRibbonKeys(picture: RefObject<HTMLElement | null>, shape: Shape, isAcross: boolean) {
  const { frames, view } = useSession();
  const [stop, setStop] = useState<Word>({ side: 'target', place: 0 });
  /** The word from which a ribbon was reached: its other ribbons are the neighbours. */
  const origin = useRef<Side>('target');
  const columns = shape.source.length;
  const count = (side: Side): number => shape[side].length;
  // A translation of no words has no word to stop at.
  const side: Side = count(stop.side) > 0 ? stop.side : 'source';
  const place = Math.min(stop.place, count(side) - 1);

  const find = (selector: string): HTMLElement | null => picture.current?.querySelector<HTMLElement>(selector) ?? null;
  const focusWord = (word: Word): void => {
    setStop(word);
    find(`[data-side="${word.side}"][data-place="${word.place}"]`)?.focus();
  };
  /** Indices of the drawn ribbons of a word, in the order of the words at the other end. */
  const ribbonsAt = (word: Word): number[] =>
    [...(picture.current?.querySelectorAll<SVGElement>('.ribbon') ?? [])]
      .map((path) => Number(path.dataset.cell))
      .filter((index) => (word.side === 'source' ? index % columns : Math.floor(index / columns)) === word.place)
      .sort((a, b) => a - b);
  const strongest = (indices: readonly number[]): number | undefined => {
    const weights = frames.getState().shown?.translation.weights;
    return [...indices].sort((a, b) => (weights?.[b] ?? 0) - (weights?.[a] ?? 0))[0];
  };

  const moveFromWord = (word: Word, move: RibbonMove): void => {
    const isCrossing = move === (word.side === 'source' ? 'to-target' : 'to-source');
    if (!isCrossing) {
      focusWord({ ...word, place: placeAfter(word.place, move, count(word.side)) });
      return;
    }
    const ribbon = strongest(ribbonsAt(word));
    origin.current = word.side;
    if (ribbon !== undefined) find(`[data-cell="${ribbon}"]`)?.focus();
  };
  const moveFromRibbon = (index: number, move: RibbonMove): void => {
    const ends = { source: index % columns, target: Math.floor(index / columns) };
    if (move === 'to-source' || move === 'to-target') {
      const side = move === 'to-source' ? 'source' : 'target';
      focusWord({ side, place: ends[side] });
      return;
    }
    const others = ribbonsAt({ side: origin.current, place: ends[origin.current] });
    const next = others[placeAfter(others.indexOf(index), move, others.length)];
    if (next !== undefined) find(`[data-cell="${next}"]`)?.focus();
  };

  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.altKey || event.metaKey || event.ctrlKey || !(event.target instanceof Element)) return;
    const ribbon = event.target instanceof SVGElement ? event.target.dataset.cell : undefined;
    if (ribbon !== undefined && (event.key === 'Enter' || event.key === ' ')) {
      const lit = litOf(event.target, shape);
      if (lit) togglePin(view, lit);
      event.preventDefault();
      return;
    }
    const move = ribbonMove(event.key, isAcross);
    if (!move) return;
    event.preventDefault();
    hold(frames, 'keyboard');
    if (ribbon !== undefined) moveFromRibbon(Number(ribbon), move);
    else moveFromWord({ side, place }, move);
  };
  const onFocus = (event: FocusEvent): void => {
    if (!(event.target instanceof HTMLElement || event.target instanceof SVGElement)) return;
    const { side: at, place: where } = event.target.dataset;
    if (at !== undefined) setStop({ side: at === 'source' ? 'source' : 'target', place: Number(where) });
    if (!event.target.matches(':focus-visible')) return;
    hold(frames, 'keyboard');
    view.setState({ hovered: litOf(event.target, shape) });
  };
  const onBlur = (event: FocusEvent): void => {
    if (event.relatedTarget instanceof Node && picture.current?.contains(event.relatedTarget)) return;
    release(frames, 'keyboard');
    view.setState({ hovered: null });
  };
  return { onKeyDown, onFocus, onBlur, isStop: (at: Side, where: number) => at === side && where === place };
}
