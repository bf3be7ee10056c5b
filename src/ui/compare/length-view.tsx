/** Quality against sentence length, while lanes without and with attention learn side by side. */

import { useState } from 'react';
import { placed } from '../../lib/places.ts';
import { fieldsThatDiffer } from '../../store/differing-fields.ts';
import { LENGTH_STEPS } from '../../training/protocol.ts';
import { useFormat, useStrings } from '../context.ts';
import type { RaceFigure } from '../strings/en-compare.ts';
import { LaneSettings } from './lane-settings.tsx';
import { LengthChart } from './length-chart.tsx';
import { LengthTable } from './length-table.tsx';
import { RaceBar } from './race-bar.tsx';
import { SENTENCES_PER_LENGTH, useRace, useRaceState } from './use-race.ts';
import { nameBy, useCompareStrings } from './words.ts';

const FIGURES = ['exactMatch', 'bleu', 'tokenAccuracy'] as const satisfies readonly RaceFigure[];

export function LengthView() {
  const strings = useStrings();
  const words = useCompareStrings();
  const format = useFormat();
  const race = useRace('lengths');
  const [figure, setFigure] = useState<RaceFigure>('exactMatch');
  const [hasTable, setTable] = useState(false);
  const setup = useRaceState(race.store, (state) => state.setup);
  const lanes = useRaceState(race.store, (state) => state.lanes);
  const configs = setup?.lanes ?? [];
  const fields = fieldsThatDiffer(configs);
  const measured = lanes.flatMap(({ lengths }, i) =>
    lengths ? [{ name: nameBy(fields, configs[i] ?? race.base, strings, words, format), lane: i, ...lengths }] : [],
  );
  return (
    <>
      <p className="hint compare-intro">{strings.joined.sentences([words.lengths.intro, words.lengths.source])}</p>
      <RaceBar race={race} figures={FIGURES} figure={figure} onFigure={setFigure} />
      <ul className="length-lanes">
        {placed(race.plans).map(({ place: lane }) => (
          <li key={lane}>
            <span className={`length-key lane-${lane}`} aria-hidden="true" />
            <LaneSettings race={race} lane={lane} />
          </li>
        ))}
      </ul>
      <LengthChart race={race} measured={measured} figure={figure} />
      <div className="length-foot">
        <button type="button" className="toggle" aria-pressed={hasTable} onClick={() => setTable(!hasTable)}>
          {words.lengths.table}
        </button>
        <span className="hint">
          {words.lengths.measured(format.integer(LENGTH_STEPS), format.integer(SENTENCES_PER_LENGTH))}
        </span>
      </div>
      {hasTable && measured.length > 0 && <LengthTable measured={measured} figure={figure} />}
    </>
  );
}
