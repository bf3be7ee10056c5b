/** What each lane of a race took to get where it is. */

import { placed } from '../../lib/places.ts';
import type { Series } from '../../lib/series.ts';
import { firstStepAt } from '../../store/race-store.ts';
import { MEASURE_PAIRS, MEASURE_STEPS } from '../../training/protocol.ts';
import { useFormat } from '../context.ts';
import { ScrollFrame } from '../parts/scroll-frame.tsx';
import type { RaceFigure } from '../strings/en-compare.ts';
import { RACE_GOAL } from './lane-card.tsx';
import { type RacePanel, useRaceState } from './use-race.ts';
import { useCompareStrings } from './words.ts';

export interface RaceTableProps {
  readonly race: RacePanel;
  readonly names: readonly string[];
  readonly figure: RaceFigure;
  readonly curves: readonly Series[];
}

export function RaceTable({ race, names, figure, curves }: RaceTableProps) {
  const words = useCompareStrings();
  const { columns, caption, notYet, measured } = words.race;
  const format = useFormat();
  const lanes = useRaceState(race.store, (state) => state.lanes);
  const share = (value: number | undefined): string => (value === undefined ? '–' : format.percent(value));
  return (
    <ScrollFrame className="race-table" label={caption}>
      <table>
        <caption>{caption}</caption>
        <thead>
          <tr>
            <th scope="col">{columns.lane}</th>
            <th scope="col">{columns.stepsTo(words.figures[figure])}</th>
            <th scope="col">{columns.exactMatch}</th>
            <th scope="col">{columns.tokenAccuracy}</th>
            <th scope="col">{columns.loss}</th>
            <th scope="col">{columns.stepMs}</th>
            <th scope="col">{columns.parameters}</th>
          </tr>
        </thead>
        <tbody>
          {placed(lanes).map(({ item: { evaluation, stepMs, parameterCount }, place: i }) => {
            const curve = curves[i];
            const reached = curve ? firstStepAt(curve, RACE_GOAL) : null;
            return (
              <tr key={i}>
                <th scope="row">{names[i]}</th>
                <td>{reached === null ? <span className="hint">{notYet}</span> : format.integer(reached)}</td>
                <td>{share(evaluation?.exactMatch)}</td>
                <td>{share(evaluation?.tokenAccuracy)}</td>
                <td>{evaluation ? format.figure(evaluation.loss) : '–'}</td>
                <td>{stepMs === null ? '–' : format.figure(stepMs)}</td>
                <td>{format.integer(parameterCount)}</td>
              </tr>
            );
          })}
        </tbody>
      </table>
      <p className="hint">{measured(format.integer(MEASURE_PAIRS), format.integer(MEASURE_STEPS))}</p>
    </ScrollFrame>
  );
}
