/** One small picture for each symbol that was written, with where it was read. */

import { type KeyboardEvent, useRef, useState } from 'react';
import { hold, release } from '../../store/frame-store.ts';
import type { Shape } from '../../store/shape.ts';
import { litWord, togglePin } from '../../store/view-store.ts';
import { useFormat, useFrames, useSession, useStrings, useView } from '../context.ts';
import { tokenName, tokenText } from '../parts/word.tsx';

/** One small picture a step; the arrow keys go from one to the next. */
export function Steps({ shape }: { readonly shape: Shape }) {
  const { picture } = useStrings();
  const [wanted, setWanted] = useState(0);
  const list = useRef<HTMLDivElement>(null);
  const focused = Math.min(wanted, shape.target.length - 1);
  const onKeyDown = (event: KeyboardEvent): void => {
    const moves: Record<string, number> = {
      ArrowRight: focused + 1,
      ArrowDown: focused + 1,
      ArrowLeft: focused - 1,
      ArrowUp: focused - 1,
      Home: 0,
      End: shape.target.length - 1,
    };
    const next = Object.hasOwn(moves, event.key) ? (moves[event.key] as number) : null;
    if (next === null || event.altKey || event.metaKey || event.ctrlKey) return;
    event.preventDefault();
    const place = Math.max(0, Math.min(shape.target.length - 1, next));
    setWanted(place);
    list.current?.querySelectorAll('button')[place]?.focus();
  };
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset is for fields of a form
    <div ref={list} className="reading-steps" role="group" aria-label={picture.steps} onKeyDown={onKeyDown}>
      {shape.target.map((token, row) => (
        <Step
          // biome-ignore lint/suspicious/noArrayIndexKey: a step is its place in the sentence
          key={row}
          row={row}
          token={token.text}
          isWrong={shape.isWrong[row] ?? false}
          isStop={row === focused}
          onFocus={() => setWanted(row)}
        />
      ))}
    </div>
  );
}

interface StepProps {
  readonly row: number;
  readonly token: string;
  readonly isWrong: boolean;
  readonly isStop: boolean;
  readonly onFocus: () => void;
}

function Step({ row, token, isWrong, isStop, onFocus }: StepProps) {
  const strings = useStrings();
  const format = useFormat();
  const { frames, view } = useSession();
  const isPinned = useView(({ pinned }) => pinned?.row === row);
  const isLit = useView(({ hovered, pinned }) => (hovered ?? pinned)?.row === row);
  const probability = useFrames(({ shown }) => format.weight(shown?.translation.probabilities[row] ?? 0));
  const lit = litWord('target', token, row);
  const light = (): void => view.setState({ hovered: lit });
  return (
    <button
      type="button"
      className={`reading-step ${isLit ? 'lit' : ''} ${isWrong ? 'wrong' : ''}`}
      aria-pressed={isPinned}
      aria-label={strings.picture.stepButton(row + 1, tokenName(token, strings), probability)}
      tabIndex={isStop ? 0 : -1}
      onPointerEnter={light}
      onClick={() => togglePin(view, lit)}
      onFocus={(event) => {
        onFocus();
        if (!event.target.matches(':focus-visible')) return;
        hold(frames, 'keyboard');
        light();
      }}
      onBlur={() => {
        release(frames, 'keyboard');
        view.setState({ hovered: null });
      }}
    >
      <canvas className="pixels" data-step={row} />
      <span className="reading-symbol" aria-hidden="true">
        <span className="reading-token">{tokenText(token)}</span>
        <span className="reading-probability">{strings.heatmap.probability(probability)}</span>
      </span>
    </button>
  );
}
