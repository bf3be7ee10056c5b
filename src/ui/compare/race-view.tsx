/** Several settings on the same batches: a curve and a heatmap of each, and a table of how long each took. */

import { useState } from 'react';
import { placed } from '../../lib/places.ts';
import { fieldsThatDiffer } from '../../store/differing-fields.ts';
import { DEFAULT_RACE, parseLanes } from '../../store/race-plan.ts';
import { MAX_LANES } from '../../training/protocol.ts';
import { useFormat, useRun, useStrings } from '../context.ts';
import type { RaceFigure } from '../strings/en-compare.ts';
import { LaneCard } from './lane-card.tsx';
import { RaceBar } from './race-bar.tsx';
import { RaceTable } from './race-table.tsx';
import { useRace, useRaceState } from './use-race.ts';
import { nameBy, useCompareStrings } from './words.ts';

const FIGURES = ['exactMatch', 'tokenAccuracy'] as const satisfies readonly RaceFigure[];

export function RaceView() {
  const strings = useStrings();
  const words = useCompareStrings();
  const format = useFormat();
  const race = useRace('overall');
  const ofRun = useRun(({ run }) => run?.sourceLanguage);
  const [figure, setFigure] = useState<(typeof FIGURES)[number]>('exactMatch');
  const [at, setAt] = useState<number | null>(null);
  const setup = useRaceState(race.store, (state) => state.setup);
  const phase = useRaceState(race.store, (state) => state.phase);
  // Curves change in place.
  useRaceState(race.store, (state) => state.version);
  const curves = race.store.histories.map(({ heldOut }) => heldOut[figure]);
  const lanes = setup?.lanes ?? [];
  const fields = fieldsThatDiffer(lanes);
  const names = lanes.map((config) => nameBy(fields, config, strings, words, format));
  const nameOf = (lane: number): string => names[lane] ?? words.race.lane(lane + 1);
  const isUsual = race.plans.length === MAX_LANES;
  return (
    <>
      <p className="hint compare-intro">{words.race.intro}</p>
      <RaceBar
        race={race}
        figures={FIGURES}
        figure={figure}
        onFigure={(next) => setFigure(FIGURES.find((one) => one === next) ?? 'exactMatch')}
      />
      {race.sentence && (
        <p className="race-followed">
          <span className="hint">{words.race.followed}</span>{' '}
          <q className="source" lang={ofRun}>
            {race.sentence}
          </q>
        </p>
      )}
      <ul className="lanes">
        {placed(race.plans).map(({ place: lane }) => (
          <LaneCard
            key={lane}
            race={race}
            lane={lane}
            name={nameOf(lane)}
            figure={figure}
            curves={curves}
            at={at}
            onAt={setAt}
          />
        ))}
      </ul>
      <p className="lane-tools">
        {!isUsual && (
          <button type="button" disabled={race.isRunning} onClick={() => race.change([...race.plans, {}])}>
            {words.race.addLane}
          </button>
        )}
        <button
          type="button"
          className="text-button"
          disabled={race.isRunning}
          onClick={() => race.change(parseLanes(DEFAULT_RACE) ?? [])}
        >
          {words.race.scoresAgain}
        </button>
      </p>
      {phase !== 'none' && lanes.length > 0 && <RaceTable race={race} names={names} figure={figure} curves={curves} />}
    </>
  );
}
