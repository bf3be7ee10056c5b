/** One training step over time: a bar a launch, in a band for each of its three parts. */

import { scaleLinear } from 'd3';
import { type KeyboardEvent, type PointerEvent, useEffect, useId, useMemo, useRef, useState } from 'react';
import type { CallStage, Profile, ProfiledLaunch } from '../../training/questions.ts';
import { useStrings } from '../context.ts';
import { useWidth } from '../meters/use-width.ts';
import { SteadyButton } from '../parts/steady-button.tsx';
import { BANDS, bandOf, isOfStage, totalsOf } from './launches.ts';
import { useUnits } from './use-units.ts';

export interface TimelineProps {
  readonly profile: Profile;
  readonly chosen: number;
  readonly stage: CallStage | null;
  readonly isCpu: boolean;
  readonly onChoose: (index: number) => void;
}

const MAX_ZOOM = 64;
/** Room for a tick and its words. */
const TICK_PX = 90;
/** Narrower bars stand without a gap, which would leave nothing of them. */
const GAP_FROM_PX = 4;
/** Around a bar that is too narrow to be hit. */
const REACH_PX = 6;

export function Timeline({ profile, chosen, stage, isCpu, onChoose }: TimelineProps) {
  const { machine } = useStrings();
  const units = useUnits();
  const id = useId();
  const frame = useRef<HTMLDivElement>(null);
  const width = useWidth(frame);
  const [zoom, setZoom] = useState(1);
  const { launches } = profile;
  const totalMs = Math.max(totalsOf(launches).ms, 1e-6);
  const inner = Math.max(0, width * zoom);
  const position = useMemo(() => scaleLinear([0, totalMs], [0, inner]), [totalMs, inner]);
  // A tick at the very end would have no room for its words.
  const ticks = position
    .ticks(Math.max(2, Math.floor(inner / TICK_PX)))
    .filter((tick) => position(tick) <= inner - TICK_PX / 2);

  useEffect(() => {
    const launch = launches[chosen];
    const box = frame.current;
    if (!launch || !box) return;
    const [from, to] = [position(launch.startMs), position(launch.startMs + launch.ms)];
    if (from < box.scrollLeft || to > box.scrollLeft + box.clientWidth)
      box.scrollLeft = (from + to - box.clientWidth) / 2;
  }, [chosen, launches, position]);

  const walk = (from: number, by: 1 | -1): void => {
    let i = from;
    while (i >= 0 && i < launches.length && !isOfStage(launches[i] as ProfiledLaunch, stage)) i += by;
    if (launches[i]) onChoose(i);
  };
  const zoomBy = (factor: number): void => setZoom((now) => Math.max(1, Math.min(MAX_ZOOM, now * factor)));
  const onKeyDown = (event: KeyboardEvent): void => {
    const actions: Record<string, () => void> = {
      ArrowRight: () => walk(chosen + 1, 1),
      ArrowDown: () => walk(chosen + 1, 1),
      ArrowLeft: () => walk(chosen - 1, -1),
      ArrowUp: () => walk(chosen - 1, -1),
      Home: () => walk(0, 1),
      End: () => walk(launches.length - 1, -1),
      '+': () => zoomBy(2),
      '=': () => zoomBy(2),
      '-': () => zoomBy(0.5),
      '0': () => setZoom(1),
    };
    const action = event.ctrlKey || event.metaKey || event.altKey ? undefined : actions[event.key];
    if (!action) return;
    event.preventDefault();
    event.stopPropagation();
    action();
  };
  /** The bar under the pointer, or the nearest one in its band within reach. */
  const onPointerDown = (event: PointerEvent<HTMLDivElement>): void => {
    const band = (event.target as Element).closest('[data-band]');
    if (!band) return;
    const x = event.clientX - band.getBoundingClientRect().left;
    let best = -1;
    let least = REACH_PX;
    launches.forEach((launch, i) => {
      if (bandOf(launch) !== band.getAttribute('data-band')) return;
      const distance = Math.max(position(launch.startMs) - x, x - position(launch.startMs + launch.ms), 0);
      if (distance > least || (distance === least && best >= 0)) return;
      best = i;
      least = distance;
    });
    if (best >= 0) onChoose(best);
  };

  return (
    <div className="machine-timeline">
      <div className="machine-zoom">
        <span className="hint" id={`${id}-hint`}>
          {machine.lineHint}
        </span>
        <SteadyButton className="toggle" aria-label={machine.zoomOut} isIdle={zoom <= 1} onClick={() => zoomBy(0.5)}>
          −
        </SteadyButton>
        <SteadyButton
          className="toggle"
          aria-label={machine.zoomIn}
          isIdle={zoom >= MAX_ZOOM}
          onClick={() => zoomBy(2)}
        >
          +
        </SteadyButton>
        <SteadyButton className="toggle" isIdle={zoom <= 1} onClick={() => setZoom(1)}>
          {machine.zoomFit}
        </SteadyButton>
      </div>
      <div className="machine-bands">
        <div className="machine-band-names" aria-hidden="true">
          {BANDS.map((band) => (
            <span key={band} className={band}>
              {machine.bands[band]}
            </span>
          ))}
        </div>
        <div ref={frame} className="machine-scroll">
          <div
            role="listbox"
            tabIndex={0}
            aria-label={machine.line(isCpu)}
            aria-describedby={`${id}-hint`}
            aria-orientation="horizontal"
            aria-activedescendant={chosen >= 0 ? `${id}-${chosen}` : undefined}
            className="machine-line"
            style={{ inlineSize: inner }}
            onKeyDown={onKeyDown}
            onPointerDown={onPointerDown}
          >
            {BANDS.map((band) => (
              // biome-ignore lint/a11y/useSemanticElements: a group of options, not of form fields
              <div
                key={band}
                role="group"
                aria-label={machine.bands[band]}
                data-band={band}
                className={`machine-band ${band}`}
              >
                {launches.map((launch, i) => {
                  if (bandOf(launch) !== band) return null;
                  const text = machine.bar(
                    i + 1,
                    launches.length,
                    launch.label,
                    machine.bands[band],
                    units.duration(launch.ms),
                    units.share(launch.ms / totalMs),
                  );
                  return (
                    <div
                      // biome-ignore lint/suspicious/noArrayIndexKey: a launch is its place in the step
                      key={i}
                      id={`${id}-${i}`}
                      role="option"
                      tabIndex={-1}
                      aria-selected={i === chosen}
                      aria-label={text}
                      title={text}
                      className={`machine-bar ${i === chosen ? 'chosen' : ''} ${isOfStage(launch, stage) ? '' : 'other'} ${position(launch.ms) < GAP_FROM_PX ? 'narrow' : ''}`}
                      style={{
                        insetInlineStart: position(launch.startMs),
                        inlineSize: Math.max(1, position(launch.ms)),
                      }}
                    />
                  );
                })}
              </div>
            ))}
          </div>
          <div className="machine-axis" aria-hidden="true" style={{ inlineSize: inner }}>
            {ticks.map((tick) => (
              <span key={tick} style={{ insetInlineStart: position(tick) }}>
                {units.duration(tick)}
              </span>
            ))}
          </div>
        </div>
      </div>
    </div>
  );
}
