/** One of the heatmaps: words, cells that can be walked and pointed at, and what is lit in all of them. */

import { memo, type PointerEvent, useRef, useState } from 'react';
import { activeLit, isWordLit, togglePin } from '../../store/view-store.ts';
import { attentionScale } from '../../viz/attention-scale.ts';
import type { HeatmapLayout } from '../../viz/heatmap-layout.ts';
import { signedScale } from '../../viz/signed-scale.ts';
import { useFormat, useRun, useSession, useStrings, useView } from '../context.ts';
import { nextPlace } from '../heatmap/use-grid-keys.ts';
import { tokenName, tokenText } from '../parts/word.tsx';
import type { Strings } from '../strings/strings.ts';
import { useForcedColours, useTheme } from '../theme.ts';
import { litAt, litPlaces, type Words } from './lit-place.ts';
import type { Measure } from './measures.ts';
import { normText, signedText } from './numbers.ts';

export type ScaleName = 'shares' | 'signed';

export interface MeasureMapProps {
  readonly measure: Measure;
  readonly words: Words;
  readonly layout: HeatmapLayout;
  readonly scale: ScaleName;
}

export function MeasureMap({ measure, words, layout, scale }: MeasureMapProps) {
  const strings = useStrings();
  const { explains } = strings;
  const { view, frames } = useSession();
  const table = useRef<HTMLTableElement>(null);
  const [wanted, setWanted] = useState({ row: 0, column: 0 });
  const { name } = explains.measures[measure.name];
  const { rows, columns } = measure;
  const at = { row: Math.min(wanted.row, rows - 1), column: Math.min(wanted.column, columns - 1) };
  const template = `${layout.gutter}px repeat(${columns}, ${layout.cellWidth}px)`;

  const placeOf = (target: EventTarget): { row: number | null; column: number | null } | null => {
    const { row, column } = (target instanceof Element && target.closest<HTMLElement>('[data-place]')?.dataset) || {};
    if (row === undefined && column === undefined) return null;
    return { row: row === undefined ? null : Number(row), column: column === undefined ? null : Number(column) };
  };
  const light = (target: EventTarget, use: 'hover' | 'pin'): void => {
    const place = placeOf(target);
    if (!place) return;
    const lit = litAt(words, frames.getState().shape, place.row, place.column);
    if (use === 'hover') view.setState({ hovered: lit });
    else togglePin(view, lit);
  };
  return (
    <figure className="measure">
      <MeasureHead name={measure.name} />
      <div className="measure-scroll">
        <div
          className={`heatmap-picture ${layout.isRotated ? 'rotated' : ''}`}
          style={{ width: layout.width, height: layout.height, fontSize: layout.fontSize }}
        >
          <LitBands words={words} layout={layout} />
          <table
            ref={table}
            // biome-ignore lint/a11y/noNoninteractiveElementToInteractiveRole: walked cell by cell, a table is a grid
            role="grid"
            aria-label={explains.grid(name, words.source.join(' '), words.target.map(tokenText).join(' '))}
            aria-rowcount={rows + 1}
            aria-colcount={columns + 1}
            onPointerMove={(event: PointerEvent) => light(event.target, 'hover')}
            onPointerLeave={() => view.setState({ hovered: null })}
            onClick={(event) => light(event.target, 'pin')}
            onKeyDown={(event) => {
              if (event.altKey || event.metaKey) return;
              if (event.key === 'Enter') {
                event.preventDefault();
                light(event.target, 'pin');
                return;
              }
              const next = nextPlace(at, event, rows, columns);
              if (!next) return;
              event.preventDefault();
              setWanted(next);
              table.current
                ?.querySelector<HTMLElement>(`td[data-row="${next.row}"][data-column="${next.column}"]`)
                ?.focus();
            }}
            onFocus={(event) => {
              const place = placeOf(event.target);
              if (place?.row == null || place.column === null) return;
              setWanted({ row: place.row, column: place.column });
              if (event.target.matches(':focus-visible')) light(event.target, 'hover');
            }}
            onBlur={() => view.setState({ hovered: null })}
          >
            <thead className="heatmap-head" style={{ height: layout.top }}>
              <tr style={{ gridTemplateColumns: template, height: layout.top }}>
                <td className="corner" />
                {words.source.map((token, column) => (
                  // biome-ignore lint/suspicious/noArrayIndexKey: a word is its place in the sentence
                  <AxisWord key={column} side="source" token={token} place={column} />
                ))}
              </tr>
            </thead>
            <tbody>
              {words.target.map((token, row) => (
                <tr
                  // biome-ignore lint/suspicious/noArrayIndexKey: a row is its place in the sentence
                  key={row}
                  style={{ gridTemplateColumns: template, height: layout.cellHeight }}
                >
                  <AxisWord side="target" token={token} place={row} />
                  <Cells
                    measure={measure}
                    words={words}
                    row={row}
                    scale={scale}
                    focused={at.row === row ? at.column : -1}
                  />
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      </div>
      {scale === 'signed' && measure.name !== 'attention' && <SignedLegend limit={measure.limit} />}
    </figure>
  );
}

/** What is measured, its formula, and what it says. */
export function MeasureHead({ name }: Pick<Measure, 'name'>) {
  const { measures } = useStrings().explains;
  const { name: title, formula, says } = measures[name];
  return (
    <figcaption>
      <h3>{title}</h3>
      <span className="formula">{formula}</span>
      <span className="measure-says">{says}</span>
    </figcaption>
  );
}

/** A measure's number as it is, with its unit. */
export const rawText = (
  measure: Pick<Measure, 'name'>,
  value: number,
  format: ReturnType<typeof useFormat>,
  { explains, language }: Strings,
): string => (measure.name === 'attention' ? format.weight(value) : explains.nats(signedText(value, language)));

interface CellsProps {
  readonly measure: Measure;
  readonly words: Words;
  readonly row: number;
  readonly scale: ScaleName;
  readonly focused: number;
}

const Cells = memo(function Cells({ measure, words, row, scale, focused }: CellsProps) {
  const strings = useStrings();
  const format = useFormat();
  const theme = useTheme();
  const { explains } = strings;
  const hasForcedColours = useForcedColours();
  const { name } = explains.measures[measure.name];
  const { columns, raw, shares, limit } = measure;
  const isSigned = scale === 'signed' && measure.name !== 'attention';
  return words.source.map((token, column) => {
    const index = row * columns + column;
    const value = raw[index] as number;
    const share = isSigned ? (limit > 0 ? value / limit : 0) : (shares[index] as number);
    const { colour, ink } = isSigned ? signedScale(theme) : attentionScale(theme);
    const said = explains.value(
      name,
      rawText(measure, value, format, strings),
      measure.name === 'attention' ? null : format.weight(shares[index] as number),
    );
    const [output, input] = [tokenName(words.target[row] as string, strings), tokenName(token, strings)];
    return (
      <td
        // biome-ignore lint/suspicious/noArrayIndexKey: a cell is its place
        key={column}
        className="cell"
        data-place
        data-row={row}
        data-column={column}
        tabIndex={focused === column ? 0 : -1}
        aria-label={explains.cell(row + 1, output, column + 1, input, said)}
        style={{ background: colour(share), color: ink(share) }}
      >
        {hasForcedColours && (isSigned ? format.change(share) : format.weight(share))}
      </td>
    );
  });
});

interface AxisWordProps {
  readonly side: 'source' | 'target';
  readonly token: string;
  readonly place: number;
}

function AxisWord({ side, token, place }: AxisWordProps) {
  const strings = useStrings();
  const language = useRun(({ run }) => (side === 'source' ? run?.sourceLanguage : run?.targetLanguage));
  const isLit = useView((state) => isWordLit(activeLit(state), side, token, place));
  const name = tokenName(token, strings);
  return (
    <th
      scope={side === 'source' ? 'col' : 'row'}
      className={`axis-word ${side} ${isLit ? 'lit' : ''}`}
      data-place
      {...(side === 'source' ? { 'data-column': place } : { 'data-row': place })}
      {...(language && { lang: language })}
    >
      <span className="axis-text" {...(name !== token && { 'aria-hidden': true })}>
        {tokenText(token)}
      </span>
      {name !== token && <span className="visually-hidden">{name}</span>}
    </th>
  );
}

function LitBands({ words, layout }: { readonly words: Words; readonly layout: HeatmapLayout }) {
  const lit = useView(activeLit);
  const { gutter, top, cellWidth, cellHeight, gridWidth, gridHeight } = layout;
  return (
    <div className="bands" aria-hidden="true">
      {litPlaces(lit, 'target', words.target).map((row) => (
        <span
          key={`row ${row}`}
          className="band"
          style={{ left: gutter, top: top + row * cellHeight, width: gridWidth, height: cellHeight }}
        />
      ))}
      {litPlaces(lit, 'source', words.source).map((column) => (
        <span
          key={`column ${column}`}
          className="band"
          style={{ left: gutter + column * cellWidth, top, width: cellWidth, height: gridHeight }}
        />
      ))}
    </div>
  );
}

export function SignedLegend({ limit }: { readonly limit: number }) {
  const { explains, language } = useStrings();
  const theme = useTheme();
  const stops = [-1, -0.5, 0, 0.5, 1].map((value) => signedScale(theme).colour(value)).join(', ');
  return (
    <p className="legend">
      <span className="legend-strip" style={{ background: `linear-gradient(to right, ${stops})` }} />
      {explains.signedLegend(normText(limit, language))}
    </p>
  );
}
