/** All launches under the roof of this device, the chosen one marked. */

import { useMemo, useRef } from 'react';
import type { Profile } from '../../training/questions.ts';
import { type RoofPoint, rooflineLayout } from '../../viz/roofline-layout.ts';
import { useStrings } from '../context.ts';
import { useWidth } from '../meters/use-width.ts';
import { bandOf, type Row } from './launches.ts';
import { useUnits } from './use-units.ts';

const HEIGHT = 220;
const MARGIN = { left: 48, right: 12, top: 10, bottom: 38 };

const pointOf = ({ place }: Row): RoofPoint => ({ intensity: place.intensity, gflops: place.gflops ?? 0 });

export interface RooflineChartProps {
  readonly rows: readonly Row[];
  readonly row: Row;
  readonly roofline: Profile['roofline'];
}

export function RooflineChart({ rows, row, roofline }: RooflineChartProps) {
  const { machine, joined, language } = useStrings();
  const units = useUnits();
  const frame = useRef<HTMLElement>(null);
  const width = Math.max(200, useWidth(frame));
  const layout = useMemo(
    () =>
      rooflineLayout(roofline, rows.map(pointOf), {
        left: MARGIN.left,
        right: width - MARGIN.right,
        top: MARGIN.top,
        bottom: HEIGHT - MARGIN.bottom,
      }),
    [roofline, rows, width],
  );
  const isShown = (candidate: Row): boolean => candidate.place.intensity > 0 && (candidate.place.gflops ?? 0) > 0;
  const { place } = row;
  const summary =
    place.gflops === null || place.share === null
      ? machine.detail.noTime
      : machine.roofline.summary(
          joined.list([units.rate(place.gflops), units.intensity(place.intensity)]),
          units.share(place.share),
        );
  const tick = (value: number): string => value.toLocaleString(language, { maximumSignificantDigits: 1 });
  return (
    <figure ref={frame} className="machine-roofline">
      <figcaption>{machine.roofline.title}</figcaption>
      <svg width={width} height={HEIGHT} role="img" aria-label={joined.named(machine.roofline.title, summary)}>
        {layout.xTicks.map((value) => (
          <g key={value} transform={`translate(${layout.x(value)} 0)`}>
            <line className="grid" y1={MARGIN.top} y2={HEIGHT - MARGIN.bottom} />
            <text y={HEIGHT - MARGIN.bottom + 15} textAnchor="middle">
              {tick(value)}
            </text>
          </g>
        ))}
        {layout.yTicks.map((value) => (
          <g key={value} transform={`translate(0 ${layout.y(value)})`}>
            <line className="grid" x1={MARGIN.left} x2={width - MARGIN.right} />
            <text x={MARGIN.left - 6} y={4} textAnchor="end">
              {tick(value)}
            </text>
          </g>
        ))}
        <text x={(MARGIN.left + width - MARGIN.right) / 2} y={HEIGHT - 6} textAnchor="middle">
          {machine.roofline.x}
        </text>
        <text transform={`translate(11 ${(HEIGHT - MARGIN.bottom + MARGIN.top) / 2}) rotate(-90)`} textAnchor="middle">
          {machine.roofline.y}
        </text>
        <polyline className="roof" points={layout.roof} />
        {rows.filter(isShown).map((other) => (
          <circle
            key={other.index}
            className={`point ${bandOf(other.launch)}`}
            cx={layout.x(other.place.intensity)}
            cy={layout.y(other.place.gflops as number)}
            r={2.5}
          />
        ))}
        {isShown(row) && (
          <circle className="point chosen" cx={layout.x(place.intensity)} cy={layout.y(place.gflops as number)} r={6} />
        )}
      </svg>
      <p className="hint">{machine.roofline.legend}</p>
    </figure>
  );
}
