/** One measure of a reader: for each symbol the picture, with what the measure counts of each of its cells. */

import { type CSSProperties, type PointerEvent, useEffect, useMemo, useRef, useState } from 'react';
import { CELL_SIDE, type Picture } from '../../lib/picture-cells.ts';
import { activeLit, movePin, togglePin } from '../../store/view-store.ts';
import { attentionScale } from '../../viz/attention-scale.ts';
import { changePaint, paintPicture, weightPaint } from '../../viz/picture-paint.ts';
import { signedScale } from '../../viz/signed-scale.ts';
import { useFormat, useSession, useStrings, useView } from '../context.ts';
import { nextInGrid, PictureStop, type WalkKey } from '../parts/picture-stop.tsx';
import { tokenName, tokenText } from '../parts/word.tsx';
import { useTheme } from '../theme.ts';
import { litAt, litPlaces, type Words } from './lit-place.ts';
import { MeasureHead, rawText, type ScaleName, SignedLegend } from './measure-map.tsx';
import type { Measure } from './measures.ts';

export interface MeasurePicturesProps {
  readonly measure: Measure;
  readonly words: Words;
  readonly picture: Picture;
  readonly scale: ScaleName;
}

export function MeasurePictures({ measure, words, picture, scale }: MeasurePicturesProps) {
  const strings = useStrings();
  const format = useFormat();
  const { view, frames } = useSession();
  const [at, setAt] = useState(0);
  const { explains } = strings;
  const { name } = explains.measures[measure.name];
  const [rows, columns] = [picture.height / CELL_SIDE, picture.width / CELL_SIDE];
  const count = measure.rows * measure.columns;
  const place = Math.min(at, count - 1);
  const litOf = (index: number) =>
    litAt(words, frames.getState().shape, Math.floor(index / measure.columns), index % measure.columns);
  const reach = (index: number): void => {
    setAt(index);
    const lit = litOf(index);
    view.setState({ hovered: lit });
    movePin(view, lit);
  };
  const next = (key: WalkKey): number | null => {
    const cell = place % measure.columns;
    const page = { PageDown: measure.columns, PageUp: -measure.columns }[key.key];
    if (page) return Math.max(cell, Math.min(count - measure.columns + cell, place + page));
    const moved = nextInGrid(cell, rows, columns, key);
    return moved === null ? null : place - cell + moved;
  };
  const text = (): string => {
    const [row, cell] = [Math.floor(place / measure.columns), place % measure.columns];
    const share = measure.name === 'attention' ? null : format.weight(measure.shares[place] as number);
    const said = explains.value(name, rawText(measure, measure.raw[place] as number, format, strings), share);
    const [output, input] = [words.target[row] as string, words.source[cell] as string];
    return explains.cellReadout(tokenName(output, strings), tokenName(input, strings), [said]);
  };
  return (
    <figure className="measure">
      <MeasureHead name={measure.name} />
      <div className="measure-pictures">
        {words.target.map((token, row) => (
          <MeasurePicture
            // biome-ignore lint/suspicious/noArrayIndexKey: a symbol is its place
            key={row}
            row={row}
            token={token}
            measure={measure}
            words={words}
            picture={picture}
            scale={scale}
          />
        ))}
        <PictureStop
          label={explains.pictures(name)}
          at={place}
          count={count}
          text={text()}
          next={next}
          onReach={reach}
          onChoose={(index) => togglePin(view, litOf(index))}
          onLeave={() => view.setState({ hovered: null })}
        />
      </div>
      {scale === 'signed' && measure.name !== 'attention' && <SignedLegend limit={measure.limit} />}
    </figure>
  );
}

interface MeasurePictureProps extends MeasurePicturesProps {
  readonly row: number;
  readonly token: string;
}

/** The picture as one symbol was read from it. */
function MeasurePicture({ row, token, measure, words, picture, scale }: MeasurePictureProps) {
  const { view, frames } = useSession();
  const theme = useTheme();
  const canvas = useRef<HTMLCanvasElement>(null);
  const [rows, columns] = [picture.height / CELL_SIDE, picture.width / CELL_SIDE];
  const lit = useView(activeLit);
  const isLit = useMemo(() => litPlaces(lit, 'target', words.target).includes(row), [lit, words, row]);
  const cells = useMemo(() => litPlaces(lit, 'source', words.source), [lit, words]);
  useEffect(() => {
    const context = canvas.current?.getContext('2d');
    if (!context) return;
    const [from, to] = [row * measure.columns, (row + 1) * measure.columns];
    const paint =
      scale === 'signed' && measure.name !== 'attention'
        ? changePaint(measure.raw.subarray(from, to), measure.limit || 1, signedScale(theme))
        : weightPaint(measure.shares.subarray(from, to), attentionScale(theme));
    const image = context.createImageData(picture.width, picture.height);
    paintPicture(picture, paint, image.data);
    context.putImageData(image, 0, 0);
  }, [measure, picture, row, scale, theme]);

  const cellAt = (event: PointerEvent | React.MouseEvent): number => {
    const box = event.currentTarget.getBoundingClientRect();
    const along = (offset: number, size: number, n: number): number =>
      Math.max(0, Math.min(n - 1, Math.floor((offset / size) * n)));
    return (
      along(event.clientY - box.top, box.height, rows) * columns + along(event.clientX - box.left, box.width, columns)
    );
  };
  const litOf = (cell: number | null) => litAt(words, frames.getState().shape, row, cell);
  const at = (cell: number): CSSProperties => ({
    insetInlineStart: `${(100 * (cell % columns)) / columns}%`,
    insetBlockStart: `${(100 * Math.floor(cell / columns)) / rows}%`,
    inlineSize: `${100 / columns}%`,
    blockSize: `${100 / rows}%`,
  });
  return (
    <div className={`measure-picture ${isLit ? 'lit' : ''}`}>
      {/* biome-ignore lint/a11y/noStaticElementInteractions: pointing is an extra here, the stop over it is the way in */}
      {/* biome-ignore lint/a11y/useKeyWithClickEvents: as above */}
      <span
        className="measure-symbol"
        onPointerEnter={() => view.setState({ hovered: litOf(null) })}
        onPointerLeave={() => view.setState({ hovered: null })}
        onClick={() => togglePin(view, litOf(null))}
      >
        {tokenText(token)}
      </span>
      {/* biome-ignore lint/a11y/noStaticElementInteractions: as above */}
      {/* biome-ignore lint/a11y/useKeyWithClickEvents: as above */}
      <div
        className="measure-canvas"
        onPointerMove={(event) => view.setState({ hovered: litOf(cellAt(event)) })}
        onPointerLeave={() => view.setState({ hovered: null })}
        onClick={(event) => togglePin(view, litOf(cellAt(event)))}
      >
        <canvas ref={canvas} className="pixels" width={picture.width} height={picture.height} />
        {cells.map((cell) => (
          <span key={cell} className="lit-region" style={at(cell)} />
        ))}
      </div>
    </div>
  );
}
