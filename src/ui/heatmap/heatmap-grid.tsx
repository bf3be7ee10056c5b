/** Words and cells: a canvas for the colours, and over it a grid that can be walked, spoken and pointed at. */

import { memo, type PointerEvent, useMemo, useRef } from 'react';
import type { Shape } from '../../store/shape.ts';
import { type Lit, litWord, pinAndOpen } from '../../store/view-store.ts';
import type { HeatmapLayout } from '../../viz/heatmap-layout.ts';
import { useRun, useSession, useStrings } from '../context.ts';
import { sentenceName } from '../parts/small-picture.tsx';
import { useChangedWords } from '../time/use-changed-words.ts';
import { Bands } from './bands.tsx';
import { EditedRows } from './edited-rows.tsx';
import { GridWord } from './grid-word.tsx';
import { useCellEditing } from './use-cell-editing.ts';
import { useCellTexts } from './use-cell-texts.ts';
import { useGridKeys } from './use-grid-keys.ts';
import { useHeatmapPainter } from './use-painter.ts';

export interface HeatmapGridProps {
  readonly shape: Shape;
  readonly layout: HeatmapLayout;
}

export function HeatmapGrid({ shape, layout }: HeatmapGridProps) {
  const strings = useStrings();
  const { heatmap } = strings;
  const { view } = useSession();
  const run = useRun((state) => state.run);
  const canvas = useRef<HTMLCanvasElement>(null);
  const grid = useRef<HTMLTableElement>(null);
  const keys = useGridKeys(grid, shape);
  const editing = useCellEditing(grid, shape, layout);
  useHeatmapPainter(canvas);
  useCellTexts(grid, shape);

  const was = useChangedWords();

  const columns = shape.source.length;
  const rows = shape.target.length;
  const template = `${layout.gutter}px repeat(${columns}, ${layout.cellWidth}px)`;
  const litAt = (event: PointerEvent | React.MouseEvent): Lit | null =>
    event.target instanceof Element ? litOf(event.target, shape) : null;
  const sentences = useMemo(
    () =>
      [shape.source, shape.target].map((tokens) =>
        sentenceName(
          tokens.map((token) => token.text),
          strings,
        ),
      ),
    [shape, strings],
  );

  return (
    <div
      className={`heatmap-picture ${layout.isRotated ? 'rotated' : ''} ${editing.isEditable ? 'editable' : ''}`}
      style={{
        width: layout.gutter + columns * layout.cellWidth + layout.overhang,
        height: layout.top + rows * layout.cellHeight,
        fontSize: layout.fontSize,
      }}
    >
      <div
        className="cells"
        aria-hidden="true"
        style={{
          left: layout.gutter,
          top: layout.top,
          width: columns * layout.cellWidth,
          height: rows * layout.cellHeight,
        }}
      >
        <canvas ref={canvas} />
      </div>
      <Bands shape={shape} layout={layout} />
      <EditedRows shape={shape} layout={layout} />
      <table
        ref={grid}
        // biome-ignore lint/a11y/noNoninteractiveElementToInteractiveRole: walked cell by cell, a table is a grid
        role="grid"
        aria-label={heatmap.grid(sentences[0], sentences[1])}
        aria-rowcount={rows + 1}
        aria-colcount={columns + 1}
        onPointerDown={editing.onPointerDown}
        onPointerUp={editing.onPointerUp}
        onPointerCancel={editing.onPointerCancel}
        onPointerMove={(event) => {
          if (editing.onPointerMove(event)) return;
          const lit = litAt(event);
          if (lit) view.setState({ hovered: lit });
        }}
        onClick={(event) => {
          if (editing.onClick(event)) return;
          const lit = litAt(event);
          if (lit) pinAndOpen(view, lit);
        }}
        onKeyDown={(event) => {
          if (!editing.onKeyDown(event)) keys.onKeyDown(event);
        }}
        onFocus={keys.onFocus}
        onBlur={(event) => {
          editing.onBlur();
          keys.onBlur(event);
        }}
      >
        <thead className="heatmap-head" style={{ height: layout.top }}>
          <tr style={{ gridTemplateColumns: template, height: layout.top }}>
            <td className="corner" />
            {shape.source.map((token, column) => (
              <GridWord
                // biome-ignore lint/suspicious/noArrayIndexKey: a word is its place in the sentence
                key={column}
                side="source"
                token={token.text}
                place={column}
                isUnknown={token.isUnknown}
                isWrong={false}
                language={run?.sourceLanguage}
              />
            ))}
          </tr>
        </thead>
        <tbody>
          {shape.target.map((token, row) => (
            <tr
              // biome-ignore lint/suspicious/noArrayIndexKey: a row is its place in the sentence
              key={row}
              {...(was?.[row] === '' && { className: 'incomparable' })}
              style={{ gridTemplateColumns: template, height: layout.cellHeight }}
            >
              <GridWord
                side="target"
                token={token.text}
                place={row}
                isUnknown={token.isUnknown}
                isWrong={shape.isWrong[row]}
                language={run?.targetLanguage}
                was={was?.[row] ?? null}
              />
              <Cells row={row} columns={columns} gold={shape.gold[row]} focused={keys.focusedColumn(row)} />
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

interface CellsProps {
  readonly row: number;
  readonly columns: number;
  readonly gold: readonly number[];
  /** Column that takes the tab stop; -1 where it is in another row. */
  readonly focused: number;
}

/** One row's cells. What they say is written past React. */
const Cells = memo(function Cells({ row, columns, gold, focused }: CellsProps) {
  return Array.from({ length: columns }, (_, column) => (
    <td
      // biome-ignore lint/suspicious/noArrayIndexKey: a cell is its place
      key={column}
      className={`cell ${gold.includes(column) ? 'gold' : ''}`}
      data-cell={row * columns + column}
      tabIndex={focused === column ? 0 : -1}
    />
  ));
});

/** What an element of the grid stands for: a cell, a word across, a word down. */
function litOf(element: Element, shape: Shape): Lit | null {
  const cell = element.closest<HTMLElement>('[data-cell]');
  if (cell) return litCell(shape, Number(cell.dataset.cell));
  const word = element.closest<HTMLElement>('[data-side]');
  if (!word) return null;
  const side = word.dataset.side === 'source' ? 'source' : 'target';
  const place = Number(word.dataset.place);
  const token = shape[side][place];
  return token ? litWord(side, token.text, place) : null;
}

/** A cell with both of its words. */
export function litCell(shape: Shape, index: number): Lit | null {
  const row = Math.floor(index / shape.source.length);
  const column = index % shape.source.length;
  const [target, source] = [shape.target[row], shape.source[column]];
  return target && source ? { row, column, sourceToken: source.text, targetToken: target.text } : null;
}
