/** Norms over the words of a sentence: a point for each, on a scale of powers of ten. */

import { type RefObject, useId, useRef, useState } from 'react';
import { activeLit, isWordLit, litWord, type ViewState } from '../../store/view-store.ts';
import { useSession, useStrings, useView } from '../context.ts';
import { useWidth } from '../meters/use-width.ts';
import { nextInLine, PictureStop } from '../parts/picture-stop.tsx';
import { type Side, tokenName, tokenText } from '../parts/word.tsx';
import { decades, type FlowSeries } from './gradient-flow.ts';
import { normText, powerOfTen } from './numbers.ts';

const PLOT_HEIGHT = 120;
const LEFT = 40;
const RIGHT = 14;
const TOP = 8;
const FONT = 13;
const LARGE_FONT = 18;
/** Room for a letter upright, and for rotated words. */
const UPRIGHT = 22;
const EM = 0.56;
const SIN = Math.SQRT1_2;

export interface FlowChartProps {
  readonly title: string;
  readonly side: Side;
  readonly tokens: readonly string[];
  readonly series: readonly FlowSeries[];
}

export function FlowChart({ title, side, tokens, series }: FlowChartProps) {
  const strings = useStrings();
  const { flow } = strings.explains;
  const frame = useRef<HTMLDivElement>(null);
  const width = useWidth(frame as RefObject<Element | null>);
  const font = useView(({ size }) => (size === 'large' ? LARGE_FONT : FONT));
  const caption = useId();
  const range = decades(series);
  const several = series.length > 1;
  const lit = useView((state: ViewState) => activeLit(state));
  const { view } = useSession();
  const [walked, setWalked] = useState<number | null>(null);
  const litPlace = walked ?? tokens.findIndex((token, place) => isWordLit(lit, side, token, place));
  const arrived = series.flatMap(({ norms }) => norms.filter((norm) => norm > 0));
  const text = (value: number): string => normText(value, strings.language);
  const seriesName = (index: number): string | null =>
    several ? (series[index]?.direction === 'forward' ? flow.forward : flow.backward) : null;
  const pointsAt = (place: number): string =>
    series
      .map(({ norms }, i) =>
        flow.point(tokenName(tokens[place] ?? '', strings), seriesName(i), text(norms[place] ?? 0)),
      )
      .join(' · ');
  const readout = litPlace < 0 ? flow.rest : pointsAt(litPlace);
  const stop = Math.min(Math.max(0, litPlace), tokens.length - 1);

  const pitch = (width - LEFT - RIGHT) / Math.max(1, tokens.length);
  const widest = Math.max(...tokens.map((token) => tokenText(token).length)) * font * EM;
  const isRotated = widest + 6 > pitch;
  const foot = isRotated ? widest * SIN + font + 6 : UPRIGHT;
  const x = (place: number): number => LEFT + (place + 0.5) * pitch;
  const [low, high] = range ?? [-1, 0];
  const y = (norm: number): number => TOP + ((high - Math.log10(norm)) / (high - low)) * (PLOT_HEIGHT - TOP);
  const every = Math.ceil((high - low) / 5);
  const ticks = Array.from({ length: high - low + 1 }, (_, i) => low + i).filter((_, i) => i % every === 0);
  const line = (norms: readonly number[]): string =>
    norms
      .flatMap((norm, place) => (norm > 0 ? [`${x(place).toFixed(1)} ${y(norm).toFixed(1)}`] : []))
      .map((point, i) => `${i === 0 ? 'M' : 'L'}${point}`)
      .join('');

  return (
    <figure className={`flow-chart ${side}`}>
      <figcaption id={caption}>
        {title} <span className="unit">{flow.unit}</span>
      </figcaption>
      <div ref={frame} className="picture">
        {width > 0 && range && (
          <svg
            role="img"
            aria-label={flow.chart(title, text(Math.min(...arrived)), text(Math.max(...arrived)))}
            width={width}
            height={PLOT_HEIGHT + foot}
            onPointerMove={(event) => {
              const place = Math.floor(
                (event.clientX - event.currentTarget.getBoundingClientRect().left - LEFT) / pitch,
              );
              const token = tokens[place];
              view.setState({ hovered: token === undefined ? null : litWord(side, token) });
            }}
            onPointerLeave={() => view.setState({ hovered: null })}
          >
            {ticks.map((exponent) => (
              <g key={exponent} className="flow-tick">
                <line x1={LEFT} x2={width - RIGHT} y1={y(10 ** exponent)} y2={y(10 ** exponent)} />
                <text x={LEFT - 6} y={y(10 ** exponent)} textAnchor="end" dominantBaseline="central">
                  {powerOfTen(exponent)}
                </text>
              </g>
            ))}
            {litPlace >= 0 && (
              <rect
                className="flow-lit"
                x={LEFT + litPlace * pitch}
                y={TOP - 4}
                width={pitch}
                height={PLOT_HEIGHT - TOP + 8}
              />
            )}
            {series.map(({ direction, norms }) => (
              <g key={direction} className={`flow-series ${direction}`}>
                <path d={line(norms)} />
                {norms.map((norm, place) =>
                  norm > 0 ? (
                    // biome-ignore lint/suspicious/noArrayIndexKey: a point is its place in the sentence
                    <circle key={place} cx={x(place)} cy={y(norm)} r={3.5} />
                  ) : null,
                )}
              </g>
            ))}
            {tokens.map((token, place) => (
              <text
                // biome-ignore lint/suspicious/noArrayIndexKey: a word is its place in the sentence
                key={place}
                className={`flow-word ${place === litPlace ? 'lit' : ''}`}
                {...(isRotated
                  ? {
                      transform: `translate(${(x(place) + 4).toFixed(1)} ${PLOT_HEIGHT + 14}) rotate(-45)`,
                      textAnchor: 'end',
                    }
                  : { x: x(place), y: PLOT_HEIGHT + 16, textAnchor: 'middle' })}
              >
                {tokenText(token)}
              </text>
            ))}
          </svg>
        )}
        {range && (
          <PictureStop
            label={strings.access.walk(title)}
            at={stop}
            count={tokens.length}
            text={pointsAt(stop)}
            next={(key) => nextInLine(stop, tokens.length, key)}
            onReach={(place) => {
              setWalked(place);
              view.setState({ hovered: litWord(side, tokens[place] ?? '') });
            }}
            onLeave={() => {
              setWalked(null);
              view.setState({ hovered: null });
            }}
          />
        )}
      </div>
      <p className="flow-readout">
        {several && (
          <span className="flow-legend">
            {series.map(({ direction }, i) => (
              <span key={direction} className={`flow-key ${direction}`}>
                {seriesName(i)}
              </span>
            ))}
          </span>
        )}
        <span>{readout}</span>
      </p>
    </figure>
  );
}
