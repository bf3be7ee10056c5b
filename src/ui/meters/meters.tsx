/** How well it does: the goal, the curves, the probes. */

import { familyOf } from '../../model/config.ts';
import { useFormat, useRun, useSession, useSettings, useStrings, useView } from '../context.ts';
import { Figures } from '../header/figures.tsx';
import { Part } from '../lessons/part.tsx';
import { Term } from '../parts/term.tsx';
import { Chart } from './chart.tsx';
import { type ChartSpec, chartsFor } from './chart-specs.ts';
import { Goal } from './goal.tsx';
import { Probes } from './probes.tsx';
import { useCrosshair } from './use-crosshair.ts';
import { useHistory } from './use-history.ts';

export function Meters() {
  const { app } = useStrings();
  const { history, version } = useHistory();
  const hasGold = useRun((state) => state.run?.hasGoldAlignment ?? false);
  const hasAttention = useSettings((state) => state.config.score !== 'none');
  const family = useSettings((state) => familyOf(state.config.task));
  const charts = chartsFor({ family, hasGold, hasAttention });
  const chart = (spec: ChartSpec) => <Chart key={spec.name} spec={spec} history={history} version={version} />;
  return (
    <>
      <Part name="meters">
        <div className="meters-head">
          <h2>{app.meters}</h2>
          <LogToggle />
        </div>
        <Figures className="meters-figures" />
        <Goal />
        {charts.filter((spec) => spec.isLarge).map(chart)}
        <MetersKey lastStep={history.lastStep} />
        <div className="small-charts">{charts.filter((spec) => !spec.isLarge).map(chart)}</div>
      </Part>
      <Part name="probes">
        <Probes />
      </Part>
    </>
  );
}

function LogToggle() {
  const { meters } = useStrings();
  const { view } = useSession();
  const isLogLoss = useView((state) => state.isLogLoss);
  return (
    <button
      type="button"
      className="toggle"
      aria-pressed={isLogLoss}
      aria-label={meters.logScale}
      aria-keyshortcuts="l"
      onClick={() => view.setState({ isLogLoss: !isLogLoss })}
    >
      {meters.log}
    </button>
  );
}

/** What the lines are, and the step under the crosshair. */
function MetersKey({ lastStep }: { readonly lastStep: number }) {
  const { meters } = useStrings();
  const format = useFormat();
  const crosshair = useCrosshair();
  const pairs = useRun(({ evaluation }) => evaluation?.pairs ?? null);
  return (
    <p className="meters-key">
      {lastStep === 0 ? (
        <span>{meters.waiting}</span>
      ) : (
        <>
          <span className="key-raw">{meters.train}</span>
          <span className="key-smoothed">{meters.smoothed}</span>
          <span className="key-held-out">
            <Term name="heldOut">{meters.heldOut}</Term>
            {pairs !== null && meters.newestOn(format.integer(pairs))}
          </span>
          <span className="key-step">{meters.atStep(format.integer(crosshair ?? lastStep))}</span>
        </>
      )}
    </p>
  );
}
