/** Lengths to the right, quality upward, a line for each lane. */

import { useRef, useState } from 'react';
import { valueAxis } from '../../viz/chart-scale.ts';
import { useFormat, useRun } from '../context.ts';
import { useWidth } from '../meters/use-width.ts';
import { nextInLine, PictureStop } from '../parts/picture-stop.tsx';
import type { RaceFigure } from '../strings/en-compare.ts';
import { isCharacters } from '../task/task-panel.tsx';
import type { MeasuredLane } from './length-table.tsx';
import { spread } from './places.ts';
import { type RacePanel, useRaceState } from './use-race.ts';
import { figureText, useCompareStrings } from './words.ts';

const HEIGHT = 240;
const LEFT = 44;
const FOOT = 44;
/** Room for the lanes' names at the ends of their lines. */
const NAMES = 150;
const NARROW = 560;
/** Least distance of two names, px. */
const NAME_PITCH = 16;

export interface LengthChartProps {
  readonly race: RacePanel;
  readonly measured: readonly MeasuredLane[];
  readonly figure: RaceFigure;
}

export function LengthChart({ race, measured, figure }: LengthChartProps) {
  const words = useCompareStrings();
  const { lengths } = words;
  const format = useFormat();
  const frame = useRef<HTMLDivElement>(null);
  const width = useWidth(frame);
  const [at, setAt] = useState<number | null>(null);
  const description = useRaceState(race.store, (state) => state.race);
  const unit = useRun(({ run }) => (run && isCharacters(run.samples[0]?.source ?? []) ? 'characters' : 'words'));
  const buckets = measured[0]?.buckets ?? [];
  const hasNames = width >= NARROW;
  const right = width - (hasNames ? NAMES : 16);
  const pitch = (right - LEFT) / Math.max(1, buckets.length);
  const x = (place: number): number => LEFT + (place + 0.5) * pitch;
  const axis = valueAxis([0, 1], HEIGHT - FOOT, { tickCount: 5, padding: 8 });
  const y = (share: number): number => axis.position(share);
  const share = (value: number): string => figureText(figure, value, format);
  const range = (place: number): string => {
    const bucket = buckets[place];
    return bucket ? lengths.range(format.integer(bucket.from), format.integer(bucket.to)) : '';
  };
  const pointText = (place: number): string =>
    lengths.point(
      range(place),
      format.integer(buckets[place]?.sentences ?? 0),
      measured.map(({ name, buckets: own }) => ({ name, value: share(own[place]?.[figure] ?? Number.NaN) })),
    );
  const trained = buckets.findIndex(({ to }) => to > (description?.longestTrained ?? Number.POSITIVE_INFINITY));
  const ends = spread(
    measured.map(({ buckets: own }) => y(own.at(-1)?.[figure] ?? 0)),
    NAME_PITCH,
  );
  const every = Math.max(1, Math.ceil(44 / pitch));
  const stop = Math.min(at ?? 0, Math.max(0, buckets.length - 1));
  const summary = lengths.summary(
    words.figures[figure],
    measured.map(({ name, buckets: own }) => ({
      name,
      first: share(own[0]?.[figure] ?? Number.NaN),
      last: share(own.at(-1)?.[figure] ?? Number.NaN),
    })),
  );
  return (
    <figure className="length-chart">
      <figcaption>
        {lengths.title(words.figures[figure], figure !== 'bleu')}{' '}
        <span className="unit">{measured[0] ? lengths.atStep(format.integer(measured[0].step)) : ''}</span>
      </figcaption>
      <div ref={frame} className="picture">
        {buckets.length === 0 && <p className="length-empty hint">{lengths.empty}</p>}
        {width > 0 && buckets.length > 0 && (
          <svg
            role="img"
            aria-label={summary}
            width={width}
            height={HEIGHT}
            onPointerMove={(event) => {
              const box = event.currentTarget.getBoundingClientRect();
              const place = Math.floor((event.clientX - box.left - LEFT) / pitch);
              setAt(place >= 0 && place < buckets.length ? place : null);
            }}
            onPointerLeave={() => setAt(null)}
          >
            {axis.ticks.map((tick) => (
              <g key={tick} className="length-tick">
                <path d={`M${LEFT} ${y(tick)}H${right}`} />
                <text x={LEFT - 6} y={y(tick)} dy="0.35em" textAnchor="end">
                  {figure === 'bleu' ? format.weight(tick) : format.integer(100 * tick)}
                </text>
              </g>
            ))}
            {trained > 0 && (
              <g className="length-trained">
                <path d={`M${LEFT + trained * pitch} 0V${HEIGHT - FOOT}`} />
                <text x={LEFT + trained * pitch + 5} y={12}>
                  {lengths.trainedUpTo(format.integer(description?.longestTrained ?? 0))}
                </text>
              </g>
            )}
            {at !== null && (
              <rect className="length-lit" x={LEFT + at * pitch} y={2} width={pitch} height={HEIGHT - FOOT - 4} />
            )}
            {measured.map(({ lane, name, buckets: own }, i) => (
              <g key={lane} className={`length-line lane-${lane}`}>
                <path
                  d={`M${own.map((bucket, place) => `${x(place).toFixed(1)} ${y(bucket[figure]).toFixed(1)}`).join('L')}`}
                />
                {own.map((bucket, place) => (
                  <circle key={bucket.from} cx={x(place)} cy={y(bucket[figure])} r={3.5} />
                ))}
                {hasNames && (
                  <text x={right + 4} y={ends[i]} dy="0.35em">
                    {name}
                  </text>
                )}
              </g>
            ))}
            {buckets.map((bucket, place) =>
              place % every === 0 ? (
                <text
                  key={bucket.from}
                  className="length-label"
                  x={x(place)}
                  y={HEIGHT - FOOT + 16}
                  textAnchor="middle"
                >
                  {range(place)}
                </text>
              ) : null,
            )}
            <text className="length-axis" x={(LEFT + right) / 2} y={HEIGHT - 6} textAnchor="middle">
              {lengths.axis(unit)}
            </text>
          </svg>
        )}
        {buckets.length > 0 && (
          <PictureStop
            label={lengths.title(words.figures[figure], false)}
            at={stop}
            count={buckets.length}
            text={pointText(stop)}
            next={(key) => nextInLine(stop, buckets.length, key)}
            onReach={setAt}
            onLeave={() => setAt(null)}
          />
        )}
      </div>
      <p className="length-said hint">{at !== null && buckets.length > 0 ? pointText(at) : ' '}</p>
    </figure>
  );
}
