/** One lane: its settings, its curve among those of the others, and where it looks. */

import type { Series } from '../../lib/series.ts';
import { useFormat } from '../context.ts';
import type { RaceFigure } from '../strings/en-compare.ts';
import { Curves } from './curves.tsx';
import { LaneHeatmap } from './lane-heatmap.tsx';
import { LaneSettings } from './lane-settings.tsx';
import { heldAt } from './places.ts';
import { type RacePanel, useRaceState } from './use-race.ts';
import { figureText, useCompareStrings } from './words.ts';

const CHART_HEIGHT = 84;
/** The share that a race is run to. */
export const RACE_GOAL = 0.9;

export interface LaneCardProps {
  readonly race: RacePanel;
  /** Index of the lane. */
  readonly lane: number;
  readonly name: string;
  readonly figure: RaceFigure;
  readonly curves: readonly Series[];
  readonly at: number | null;
  readonly onAt: (step: number | null) => void;
}

export function LaneCard({ race, lane, name, figure, curves, at, onAt }: LaneCardProps) {
  const words = useCompareStrings();
  const format = useFormat();
  const state = useRaceState(race.store, ({ lanes }) => lanes[lane]);
  const description = useRaceState(race.store, (all) => all.race);
  const until = useRaceState(race.store, (all) => all.until);
  const curve = curves[lane];
  const value = curve ? heldAt(curve, at) : Number.NaN;
  const text = Number.isNaN(value) ? '–' : figureText(figure, value, format);
  const figureName = words.figures[figure];
  return (
    <li className={`lane ${race.isStale ? 'stale' : ''}`}>
      <h3>
        {words.race.lane(lane + 1)}
        <span className="lane-value">
          {text} <span className="unit">{at === null ? figureName : words.race.atStep(format.integer(at))}</span>
        </span>
      </h3>
      <LaneSettings race={race} lane={lane} />
      <Curves
        label={curve && curve.length > 0 ? words.race.chart(name, figureName, text) : words.race.noChart(name)}
        walkLabel={words.race.chart(name, figureName, text)}
        curves={curves}
        main={lane}
        lastStep={until}
        height={CHART_HEIGHT}
        goal={RACE_GOAL}
        at={at}
        onAt={onAt}
        text={(step, share) => `${figureText(figure, share, format)} ${words.race.atStep(format.integer(step))}`}
      />
      {state && state.brokenAt !== null && <p className="hint">{words.race.broken(format.integer(state.brokenAt))}</p>}
      {state?.probe && description && (
        <LaneHeatmap
          name={name}
          translation={state.probe}
          hasAttention={state.config.score !== 'none'}
          sourceLanguage={description.sourceLanguage}
          targetLanguage={description.targetLanguage}
        />
      )}
    </li>
  );
}
