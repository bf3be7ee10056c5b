/** All units of a layer over time, as a heatmap of signed numbers; a cell chooses its unit and its word. */

import { type PointerEvent, useEffect, useMemo, useRef, useState } from 'react';
import { litWord } from '../../store/view-store.ts';
import { paintSigned, signedScale } from '../../viz/signed-scale.ts';
import { TableFrame } from '../cell/arithmetic.tsx';
import { print } from '../cell/printed.ts';
import { useSession, useStrings } from '../context.ts';
import { nextInGrid, PictureStop } from '../parts/picture-stop.tsx';
import { tokenName, Word } from '../parts/word.tsx';
import { useTheme } from '../theme.ts';
import type { Place } from './lstm-panel.tsx';
import { QUANTITIES, type Quantity, quantityMap, unitsOf } from './lstm-place.ts';

/** Height of a unit, px: all of them fit a screen. */
const rowHeight = (units: number): number => Math.max(3, Math.min(12, Math.floor(360 / units)));

export interface UnitMapProps extends Place {
  readonly onChoose: (unit: number, position: number) => void;
}

export function UnitMap({ trace, layer, words, side, position, unit, onChoose }: UnitMapProps) {
  const strings = useStrings();
  const { lstm, access } = strings;
  const { view } = useSession();
  const [quantity, setQuantity] = useState<Quantity>('h');
  const theme = useTheme();
  const canvas = useRef<HTMLCanvasElement>(null);
  const units = unitsOf(trace, layer);
  const [resting, setResting] = useState<{ readonly unit: number; readonly position: number } | null>(null);
  const whole = useMemo(() => quantityMap(trace, layer, quantity), [trace, layer, quantity]);
  // A decoder's last position is its end, which has no word.
  const stride = whole.length / units;
  const map = useMemo(
    () =>
      Float32Array.from({ length: units * words.length }, (_, i) => {
        const u = Math.floor(i / words.length);
        return whole[u * stride + (i - u * words.length)] as number;
      }),
    [whole, stride, units, words.length],
  );
  const limit = quantity === 'c' ? map.reduce((most, value) => Math.max(most, Math.abs(value)), 1) : 1;
  useEffect(() => {
    const context = canvas.current?.getContext('2d');
    if (!context || map.length === 0) return;
    const image = context.createImageData(words.length, units);
    paintSigned(map, limit, signedScale(theme), image.data);
    context.putImageData(image, 0, 0);
  }, [map, limit, theme, words.length, units]);
  const at = (event: PointerEvent<HTMLElement>) => {
    const { left, top, width, height } = event.currentTarget.getBoundingClientRect();
    const inside = (share: number, count: number) => Math.max(0, Math.min(count - 1, Math.floor(share * count)));
    return {
      unit: inside((event.clientY - top) / height, units),
      position: inside((event.clientX - left) / width, words.length),
    };
  };
  const height = rowHeight(units);
  const shown = resting ?? { unit, position };
  const shownWord = words[shown.position] ?? '';
  const shownText = lstm.mapCell(
    shown.unit,
    tokenName(shownWord, strings),
    print(map[shown.unit * words.length + shown.position] ?? 0, 3).text,
  );
  const limitText = print(limit, 1).text;
  return (
    <section className="unit-map" aria-label={lstm.allUnits}>
      <div className="unit-map-bar">
        <h3>{lstm.allUnits}</h3>
        <label className="lstm-choice">
          {lstm.quantity}
          <select value={quantity} onChange={(event) => setQuantity(event.target.value as Quantity)}>
            {QUANTITIES.map((each) => (
              <option key={each} value={each}>
                {lstm.quantities[each]}
              </option>
            ))}
          </select>
        </label>
        <span className="unit-map-legend">
          <span className="unit-map-scale" aria-hidden="true" style={{ background: gradient(theme) }} />
          {lstm.fromTo(limitText)}
        </span>
      </div>
      <p className="hint">{lstm.allUnitsHint}</p>
      <TableFrame label={lstm.allUnits}>
        <div className="unit-map-picture" style={{ minWidth: words.length * 42 }}>
          {/* By keyboard, the stop inside does the same. */}
          {/* biome-ignore lint/a11y/noStaticElementInteractions: as said */}
          {/* biome-ignore lint/a11y/useKeyWithClickEvents: as said */}
          <div
            className="unit-map-cells"
            style={{ height: units * height }}
            onPointerMove={(event) => {
              const place = at(event);
              setResting(place);
              view.setState({ hovered: litWord(side, words[place.position] ?? '', place.position) });
            }}
            onPointerLeave={() => {
              setResting(null);
              view.setState({ hovered: null });
            }}
            onClick={(event) => {
              const place = at(event as unknown as PointerEvent<HTMLElement>);
              onChoose(place.unit, place.position);
            }}
          >
            <canvas
              ref={canvas}
              width={words.length}
              height={units}
              role="img"
              aria-label={lstm.map(lstm.quantities[quantity], units, words.length, limitText)}
            />
            <span
              className="unit-map-mark"
              style={{
                left: `${(position / words.length) * 100}%`,
                top: unit * height,
                width: `${100 / words.length}%`,
                height,
              }}
            />
            {resting && (
              <span
                className="unit-map-mark resting"
                style={{
                  left: `${(shown.position / words.length) * 100}%`,
                  top: shown.unit * height,
                  width: `${100 / words.length}%`,
                  height,
                }}
              />
            )}
            <PictureStop
              label={access.unitMap(lstm.quantities[quantity])}
              at={shown.unit * words.length + shown.position}
              count={units * words.length}
              text={shownText}
              next={(key) => nextInGrid(shown.unit * words.length + shown.position, units, words.length, key)}
              onReach={(index) => {
                const place = { unit: Math.floor(index / words.length), position: index % words.length };
                setResting(place);
                view.setState({ hovered: litWord(side, words[place.position] ?? '', place.position) });
              }}
              onChoose={() => onChoose(shown.unit, shown.position)}
              onLeave={() => {
                setResting(null);
                view.setState({ hovered: null });
              }}
            />
          </div>
          <div className="unit-map-words" style={{ gridTemplateColumns: `repeat(${words.length}, minmax(0, 1fr))` }}>
            {words.map((word, t) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: a word is its place in the sentence
              <Word key={t} side={side} token={word} place={t} />
            ))}
          </div>
        </div>
      </TableFrame>
      <p className="unit-map-readout">{shownText}</p>
    </section>
  );
}

const STOPS = [-1, -0.5, 0, 0.5, 1];
const gradient = (theme: 'light' | 'dark'): string =>
  `linear-gradient(90deg, ${STOPS.map((stop) => signedScale(theme).colour(stop)).join(', ')})`;
