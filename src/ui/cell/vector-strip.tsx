/** A vector as a strip of colours, and the slider that chooses one of its dimensions. */

import { type PointerEvent, useEffect, useId, useRef } from 'react';
import { paintSigned, signedScale } from '../../viz/signed-scale.ts';
import { useStrings } from '../context.ts';
import { useTheme } from '../theme.ts';
import { print } from './printed.ts';

export interface VectorStripProps {
  readonly values: Float32Array;
  readonly chosen: number;
  readonly onChoose: (dimension: number) => void;
}

export function VectorStrip({ values, chosen, onChoose }: VectorStripProps) {
  const { cell } = useStrings();
  const theme = useTheme();
  const id = useId();
  const canvas = useRef<HTMLCanvasElement>(null);
  const limit = values.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
  useEffect(() => {
    const context = canvas.current?.getContext('2d');
    if (!context || values.length === 0) return;
    const image = context.createImageData(values.length, 1);
    paintSigned(values, limit || 1, signedScale(theme), image.data);
    context.putImageData(image, 0, 0);
  }, [values, limit, theme]);
  const choose = (event: PointerEvent<HTMLElement>): void => {
    const { left, width } = event.currentTarget.getBoundingClientRect();
    const share = (event.clientX - left) / width;
    onChoose(Math.max(0, Math.min(values.length - 1, Math.floor(share * values.length))));
  };
  return (
    <div className="vector">
      <div
        className="vector-strip"
        onPointerDown={(event) => {
          event.currentTarget.setPointerCapture(event.pointerId);
          choose(event);
        }}
        onPointerMove={(event) => event.currentTarget.hasPointerCapture(event.pointerId) && choose(event)}
      >
        <canvas
          ref={canvas}
          width={values.length}
          height={1}
          role="img"
          aria-label={cell.wholeContext(values.length, print(limit, 2).text)}
        />
        <span
          className="vector-mark"
          style={{ left: `${(chosen / values.length) * 100}%`, width: `${100 / values.length}%` }}
        />
      </div>
      <label htmlFor={id}>{cell.dimension}</label>
      <input
        id={id}
        type="range"
        min={0}
        max={values.length - 1}
        value={chosen}
        aria-valuetext={cell.dimensionOf(chosen, values.length)}
        onChange={(event) => onChoose(Number(event.target.value))}
      />
      <output htmlFor={id}>{cell.dimensionOf(chosen, values.length)}</output>
    </div>
  );
}
