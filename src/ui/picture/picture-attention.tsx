/** Attention over the picture: a small one for each symbol that was written, and a large one that follows what is lit. */

import '../styles/picture.css';
import { type PointerEvent, useEffect, useRef, useState } from 'react';
import { pictureOf, readCell } from '../../lib/picture-cells.ts';
import { hold, release } from '../../store/frame-store.ts';
import type { Shape } from '../../store/shape.ts';
import { movePin, pinAndOpen } from '../../store/view-store.ts';
import { useFormat, useFrames, useSession, useStrings, useView } from '../context.ts';
import { litCell } from '../heatmap/heatmap-grid.tsx';
import { describe } from '../heatmap/readout.tsx';
import { nextInGrid, PictureStop, type WalkKey } from '../parts/picture-stop.tsx';
import { tokenName } from '../parts/word.tsx';
import { Steps } from './steps.tsx';
import { usePainting } from './use-painting.ts';
import { usePicturePainter } from './use-picture-painter.ts';
import { useStep, useStepAt } from './use-step.ts';

export default function PictureAttention() {
  const { frames, view } = useSession();
  const shape = useFrames((state) => state.shape);
  const frame = useRef<HTMLDivElement>(null);
  useEffect(
    () => () => {
      release(frames, 'pointer');
      release(frames, 'keyboard');
    },
    [frames],
  );
  usePicturePainter(frame, shape);
  return (
    <div
      ref={frame}
      className="reading"
      onPointerEnter={(event) => event.pointerType !== 'touch' && hold(frames, 'pointer')}
      onPointerLeave={() => {
        release(frames, 'pointer');
        view.setState({ hovered: null });
      }}
    >
      {shape && <LargePicture shape={shape} />}
      {shape && <Steps shape={shape} />}
    </div>
  );
}

/** Rows and columns of cells. */
function gridOf({ source }: Shape) {
  const last = readCell(source.at(-1)?.text ?? '');
  return { rows: last?.row ?? 1, columns: last?.column ?? 1 };
}

function LargePicture({ shape }: { readonly shape: Shape }) {
  const strings = useStrings();
  const format = useFormat();
  const { frames, view } = useSession();
  const cells = shape.source.length;
  const step = useStep(shape.target.length);
  const stepAt = useStepAt(cells);
  const painting = usePainting(cells, stepAt);
  const [at, setAt] = useState(0);
  const { rows, columns } = gridOf(shape);
  const litColumn = useView(({ hovered, pinned }) => hovered?.column ?? pinned?.column ?? null);
  const count = cells * shape.target.length;
  const place = Math.min(at, Math.max(0, count - 1));
  const picture = pictureOf(shape.source.map(({ text }) => text));

  const cellAt = (event: PointerEvent | React.MouseEvent): number => {
    const box = event.currentTarget.getBoundingClientRect();
    const along = (from: number, to: number, size: number, n: number) =>
      Math.max(0, Math.min(n - 1, Math.floor(((to - from) / size) * n)));
    return (
      along(box.top, event.clientY, box.height, rows) * columns + along(box.left, event.clientX, box.width, columns)
    );
  };
  const litOf = (cell: number) => litCell(shape, stepAt(cell) * cells + cell);
  const text = (): string => {
    const lit = litCell(shape, place);
    const { shown } = frames.getState();
    return (lit && shown && describe(lit, shown.translation, shape.gold, strings, format)) ?? '';
  };
  const reach = (next: number): void => {
    hold(frames, 'keyboard');
    setAt(next);
    const lit = litCell(shape, next);
    view.setState({ hovered: lit });
    if (lit) movePin(view, lit);
  };
  const next = (key: WalkKey): number | null => {
    const page = { PageDown: cells, PageUp: -cells }[key.key];
    const cell = place % cells;
    if (page) return Math.max(cell, Math.min(count - cells + cell, place + page));
    const moved = nextInGrid(cell, rows, columns, key);
    return moved === null ? null : place - cell + moved;
  };
  return (
    <figure className="reading-large">
      {/* biome-ignore lint/a11y/noStaticElementInteractions: pointing is an extra here, the stop over it is the way in */}
      <div
        className="reading-canvas"
        style={{ aspectRatio: `${picture?.width ?? 4} / ${picture?.height ?? 1}` }}
        onPointerDown={(event) => painting.onPointerDown(event, cellAt(event))}
        onPointerUp={painting.onPointerUp}
        onPointerCancel={painting.onPointerUp}
        onKeyDown={(event) => painting.onKeyDown(event, place)}
        onPointerMove={(event) => {
          if (!painting.onPointerMove(cellAt(event))) view.setState({ hovered: litOf(cellAt(event)) });
        }}
        onPointerLeave={() => view.setState({ hovered: null })}
        onClick={(event) => {
          if (painting.onClick()) return;
          const lit = litOf(cellAt(event));
          if (lit) pinAndOpen(view, lit);
        }}
      >
        <canvas className="pixels" />
        {step !== null && <Region className="gold-region" cells={shape.gold[step] ?? []} shape={shape} />}
        {litColumn !== null && litColumn < cells && <Region className="lit-region" cells={[litColumn]} shape={shape} />}
        <PictureStop
          label={strings.picture.walk}
          at={place}
          count={count}
          text={text()}
          next={next}
          onReach={reach}
          onChoose={(chosen) => {
            const lit = litCell(shape, chosen);
            if (lit) pinAndOpen(view, lit);
          }}
          onLeave={() => {
            release(frames, 'keyboard');
            view.setState({ hovered: null });
          }}
        />
      </div>
      <figcaption>
        {step === null
          ? strings.picture.allSteps
          : strings.picture.step(step + 1, tokenName(shape.target[step]?.text ?? '', strings))}
      </figcaption>
    </figure>
  );
}

/** The outline of the rectangle that cells make. */
function Region({
  className,
  cells,
  shape,
}: {
  readonly className: string;
  readonly cells: readonly number[];
  readonly shape: Shape;
}) {
  const { rows, columns } = gridOf(shape);
  if (cells.length === 0) return null;
  const [xs, ys] = [cells.map((cell) => cell % columns), cells.map((cell) => Math.floor(cell / columns))];
  const [left, top] = [Math.min(...xs), Math.min(...ys)];
  const percent = (share: number): string => `${100 * share}%`;
  return (
    <span
      className={className}
      style={{
        insetInlineStart: percent(left / columns),
        insetBlockStart: percent(top / rows),
        inlineSize: percent((Math.max(...xs) - left + 1) / columns),
        blockSize: percent((Math.max(...ys) - top + 1) / rows),
      }}
    />
  );
}
