/** Attention as ribbons between the two sentences: the same weights, the same words, the same light as in the matrix. */

import '../styles/ribbons.css';
import { type PointerEvent, useEffect, useMemo, useRef, useState } from 'react';
import { hold, release } from '../../store/frame-store.ts';
import type { Shape } from '../../store/shape.ts';
import { type Lit, litWord, togglePin } from '../../store/view-store.ts';
import type { RibbonLayout } from '../../viz/ribbon-layout.ts';
import { useFrames, useRun, useSession, useStrings } from '../context.ts';
import { litCell } from '../heatmap/heatmap-grid.tsx';
import { RibbonWord } from './ribbon-word.tsx';
import { useRibbonKeys } from './use-ribbon-keys.ts';
import { useRibbonLayout } from './use-ribbon-layout.ts';
import { useRibbonPainter } from './use-ribbon-painter.ts';

export default function Ribbons() {
  const { frames, view } = useSession();
  const shape = useFrames((state) => state.shape);
  const [frame, setFrame] = useState<HTMLDivElement | null>(null);
  const layout = useRibbonLayout(frame, shape);
  useEffect(
    () => () => {
      release(frames, 'pointer');
      release(frames, 'keyboard');
    },
    [frames],
  );
  return (
    <div
      ref={setFrame}
      className="ribbon-frame"
      onPointerEnter={(event) => event.pointerType !== 'touch' && hold(frames, 'pointer')}
      onPointerLeave={() => {
        release(frames, 'pointer');
        view.setState({ hovered: null });
      }}
    >
      {shape && layout && <Picture shape={shape} layout={layout} />}
    </div>
  );
}

interface PictureProps {
  readonly shape: Shape;
  readonly layout: RibbonLayout;
}

function Picture({ shape, layout }: PictureProps) {
  const { ribbons } = useStrings();
  const { view } = useSession();
  const picture = useRef<HTMLDivElement>(null);
  const keys = useRibbonKeys(picture, shape, layout.isAcross);
  useRibbonPainter(picture, shape, layout);
  const language = useRun(({ run }) => run?.sourceLanguage);
  const targetLanguage = useRun(({ run }) => run?.targetLanguage);
  const litAt = (event: PointerEvent | React.MouseEvent): Lit | null =>
    event.target instanceof Element ? litOf(event.target, shape) : null;
  const [source, target] = useMemo(
    () => [shape.source, shape.target].map((tokens) => tokens.map((token) => token.text).join(' ')),
    [shape],
  );
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset holds fields
    <div
      ref={picture}
      role="group"
      className={`ribbon-picture ${layout.isAcross ? 'across' : 'columns'}`}
      aria-label={ribbons.label(source, target)}
      style={{ width: layout.width, height: layout.height, fontSize: layout.fontSize }}
      onPointerMove={(event) => view.setState({ hovered: litAt(event) })}
      onClick={(event) => {
        const lit = litAt(event);
        if (lit) togglePin(view, lit);
      }}
      onKeyDown={keys.onKeyDown}
      onFocus={keys.onFocus}
      onBlur={keys.onBlur}
    >
      {(['source', 'target'] as const).map((side) =>
        shape[side].map((token, place) => (
          <RibbonWord
            // biome-ignore lint/suspicious/noArrayIndexKey: a word is its place in the sentence
            key={`${side}${place}`}
            side={side}
            token={token.text}
            place={place}
            at={layout[side][place]}
            isStop={keys.isStop(side, place)}
            mark={side === 'target' && shape.isWrong[place] ? 'wrong' : token.isUnknown ? 'unknown' : ''}
            language={side === 'source' ? language : targetLanguage}
          />
        )),
      )}
      {/* biome-ignore lint/a11y/noSvgWithoutTitle: each ribbon in it has a name */}
      <svg width={layout.width} height={layout.height}>
        <g className="ribbons" />
        <g className="gold-links" />
      </svg>
    </div>
  );
}

/** What an element of the picture stands for: a ribbon or a word. */
export function litOf(element: Element, shape: Shape): Lit | null {
  const at = element.closest<HTMLElement | SVGElement>('[data-cell], [data-side]');
  if (!at) return null;
  if (at.dataset.cell !== undefined) return litCell(shape, Number(at.dataset.cell));
  const side = at.dataset.side === 'source' ? 'source' : 'target';
  const place = Number(at.dataset.place);
  const token = shape[side][place];
  return token ? litWord(side, token.text, place) : null;
}
