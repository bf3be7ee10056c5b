/** Runs side by side: a race of settings, quality against sentence length, and a table of all runs. */

import '../styles/compare.css';
import '../styles/compare-tables.css';
import '../styles/compare-lengths.css';
import { COMPARISONS } from '../../store/view-store.ts';
import { useSession, useView } from '../context.ts';
import { Segmented } from '../parts/segmented.tsx';
import { LengthView } from './length-view.tsx';
import { RaceView } from './race-view.tsx';
import { RunsView } from './runs-view.tsx';
import { useCompareStrings } from './words.ts';

const VIEWS = { race: RaceView, lengths: LengthView, runs: RunsView } as const;

export default function Compare() {
  const words = useCompareStrings();
  const { view } = useSession();
  const comparison = useView((state) => state.comparison);
  const View = VIEWS[comparison];
  return (
    <div className="panel compare">
      <div className="panel-bar">
        <Segmented
          label={words.views}
          value={comparison}
          options={COMPARISONS.map((value) => ({ value, label: words.names[value] }))}
          onChange={(value) => view.setState({ comparison: value })}
        />
      </div>
      <View />
    </div>
  );
}
