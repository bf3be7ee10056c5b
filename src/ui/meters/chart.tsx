/** One small chart: a name, a value, a curve; the crosshair is shared by all. */

import { type PointerEvent, useRef } from 'react';
import type { Series } from '../../lib/series.ts';
import { goalOf } from '../../model/config.ts';
import type { MetricsHistory } from '../../store/history.ts';
import { type Axis, extent, stepAxis, valueAxis } from '../../viz/chart-scale.ts';
import { bandPath, bucketAt, linePath } from '../../viz/line-path.ts';
import { useFormat, useSession, useSettings, useStrings, useView } from '../context.ts';
import { nextInLine, PictureStop } from '../parts/picture-stop.tsx';
import { Term } from '../parts/term.tsx';
import type { ChartSpec } from './chart-specs.ts';
import { useCrosshair } from './use-crosshair.ts';
import { useWidth } from './use-width.ts';

const LARGE_HEIGHT = 92;
const SMALL_HEIGHT = 46;
/** Right of a large plot, for the labels of its axis, px. */
const LABELS_WIDTH = 34;
/** Points beyond this many are thinned to a line. */
const MAX_POINTS = 40;

export interface ChartProps {
  readonly spec: ChartSpec;
  readonly history: MetricsHistory;
  /** Tells a new state of the history from the last one. */
  readonly version: number;
}

export function Chart({ spec, history }: ChartProps) {
  const { meters, access } = useStrings();
  const format = useFormat();
  const { view } = useSession();
  const crosshair = useCrosshair();
  const goal = useSettings(({ config }) => (spec.hasGoal ? goalOf(config.task) : null));
  const isLogarithmic = useView((state) => state.isLogLoss) && spec.canBeLogarithmic === true;
  const plot = useRef<SVGSVGElement>(null);
  const whole = useWidth(plot);
  const width = spec.isLarge ? Math.max(1, whole - LABELS_WIDTH) : whole;
  const height = spec.isLarge ? LARGE_HEIGHT : SMALL_HEIGHT;

  const raw = spec.raw?.(history) ?? null;
  const smoothed = spec.smoothed?.(history) ?? null;
  const heldOut = spec.heldOut?.(history) ?? null;
  const curves = [raw, smoothed, heldOut].filter((curve): curve is Series => curve !== null && curve.length > 0);
  const main = smoothed ?? heldOut;
  const range = extent(raw && !spec.isLarge ? curves.filter((curve) => curve !== raw) : curves);
  const domain =
    spec.domain ?? (range ? ([isLogarithmic ? range[0] : Math.min(0, range[0]), range[1]] as const) : null);
  const y = valueAxis(domain ?? [0, 1], height, { isLogarithmic, tickCount: spec.domain ? 2 : spec.isLarge ? 3 : 1 });
  const x = stepAxis(history.lastStep, width);
  const text = meters.charts[spec.name];
  const holding = main && main.length > 0 ? bucketAt(main, crosshair ?? Number.POSITIVE_INFINITY) : -1;
  // Between two measurements the earlier one still stood.
  const isAhead = main !== null && main === heldOut && crosshair !== null && holding > 0 && main.x(holding) > crosshair;
  const at = isAhead ? holding - 1 : holding;
  const value = main && at >= 0 ? spec.format(main.mean(at), format) : '–';

  const point = (event: PointerEvent): void => {
    const box = plot.current?.getBoundingClientRect();
    if (!box || history.lastStep === 0) return;
    const step = Math.round(((event.clientX - box.left) / width) * x.domain[1]);
    view.setState({ crosshair: Math.min(history.lastStep, Math.max(1, step)) });
  };

  return (
    <figure className={`chart ${spec.isLarge ? 'large' : ''}`}>
      <figcaption>
        <Term name={spec.term}>{text.label}</Term>
        <span className="chart-value">
          {value}
          {spec.isLarge && text.unit !== '%' && text.unit && <span className="unit"> {text.unit}</span>}
        </span>
      </figcaption>
      <div className="picture">
        <svg
          ref={plot}
          role="img"
          aria-label={summary(spec, main, text.label)}
          height={height}
          onPointerMove={point}
          onPointerDown={point}
          onPointerLeave={() => view.setState({ crosshair: null })}
        >
          {spec.isLarge && <Ticks axis={y} width={width} labelsAt={whole} spec={spec} />}
          {!spec.isLarge && <path className="axis" d={`M0 ${height - 0.5}H${width}`} />}
          {goal !== null && <path className="goal-line" d={`M0 ${y.position(goal)}H${width}`} />}
          {raw && <path className="raw" d={bandPath(raw, x.position, y.position, width)} />}
          {smoothed && <path className="smoothed" d={linePath(smoothed, x.position, y.position, width)} />}
          {heldOut && <HeldOut curve={heldOut} x={x} y={y} width={width} isMain={!smoothed} />}
          {crosshair !== null && main && at >= 0 && (
            <g className="crosshair">
              <path d={`M${x.position(crosshair)} 0V${height}`} />
              <circle cx={x.position(main.x(at))} cy={y.position(main.mean(at))} r={3} />
            </g>
          )}
        </svg>
        <PictureStop
          label={access.walk(access.chart(text.label))}
          at={Math.max(0, at)}
          count={main?.length ?? 0}
          text={main && at >= 0 ? access.chartPoint(format.integer(main.x(at)), value) : access.noPoint}
          next={(key) => (main ? nextInLine(at, main.length, key) : null)}
          onReach={(place) => main && view.setState({ crosshair: main.x(place) })}
          onLeave={() => view.setState({ crosshair: null })}
        />
      </div>
    </figure>
  );

  function summary({ format: print }: ChartSpec, curve: Series | null, label: string): string {
    if (!curve || curve.length === 0) return meters.noData(label);
    const [least, most] = extent([curve]) ?? [0, 0];
    const last = curve.length - 1;
    return meters.summary(
      label,
      print(curve.mean(0), format),
      print(curve.mean(last), format),
      print(least, format),
      print(most, format),
    );
  }
}

interface TicksProps {
  readonly axis: Axis;
  readonly width: number;
  /** Right end of the labels. */
  readonly labelsAt: number;
  readonly spec: ChartSpec;
}

function Ticks({ axis, width, labelsAt, spec }: TicksProps) {
  const format = useFormat();
  return axis.ticks.map((tick) => (
    <g key={tick} className="tick">
      <path d={`M0 ${axis.position(tick)}H${width}`} />
      <text x={labelsAt - 2} y={axis.position(tick)} dy="0.35em">
        {spec.domain ? format.integer(tick * 100) : format.setting(tick)}
      </text>
    </g>
  ));
}

interface HeldOutProps {
  readonly curve: Series;
  readonly x: Axis;
  readonly y: Axis;
  readonly width: number;
  /** True where no other line carries the chart. */
  readonly isMain: boolean;
}

function HeldOut({ curve, x, y, width, isMain }: HeldOutProps) {
  const places = curve.length <= MAX_POINTS ? Array.from({ length: curve.length }, (_, i) => i) : [];
  return (
    <>
      <path className={isMain ? 'smoothed held-out' : 'held-out'} d={linePath(curve, x.position, y.position, width)} />
      {places.map((place) => (
        <circle
          key={curve.x(place)}
          className="held-out-point"
          cx={x.position(curve.x(place))}
          cy={y.position(curve.mean(place))}
          r={1.8}
        />
      ))}
    </>
  );
}
