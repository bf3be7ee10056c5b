/** The step in numbers: its three parts, its launches, and what fusing them buys. */

import { Fragment } from 'react';
import type { Profile } from '../../training/questions.ts';
import { useFormat, useStrings } from '../context.ts';
import { BANDS, totalsOf } from './launches.ts';
import { useUnits } from './use-units.ts';

export interface SummaryProps {
  readonly profile: Profile;
  readonly isCpu: boolean;
  readonly fused: Profile | null;
  readonly unfused: Profile | null;
  readonly isComparing: boolean;
}

export function Summary({ profile, isCpu, fused, unfused, isComparing }: SummaryProps) {
  const { machine, strategy, joined } = useStrings();
  const format = useFormat();
  const units = useUnits();
  const { launches, roofline, stepMs } = profile;
  const totals = totalsOf(launches);
  const { summary } = machine;
  const name = (strategy.options as Readonly<Record<string, string>>)[profile.strategy] ?? profile.strategy;
  return (
    <div className="machine-summary">
      <dl className="machine-facts" aria-label={summary.label}>
        <Fact label={summary.step} value={units.duration(stepMs)} />
        {BANDS.map((band) => (
          <Fact
            key={band}
            label={machine.bands[band]}
            band={band}
            value={summary.bandValue(units.duration(totals.bands[band]), units.share(totals.bands[band] / totals.ms))}
          />
        ))}
        <Fact label={summary.between(isCpu)} value={units.duration(totals.ms)} />
        <Fact
          label={isCpu ? summary.operations : summary.launches}
          value={isCpu ? format.integer(launches.length) : `${format.integer(launches.length)} · ${name}`}
        />
        <Fact
          label={summary.work}
          value={`${units.flops(totals.flops)} · ${units.rate(totals.flops / Math.max(stepMs, 1e-6) / 1e6)}`}
        />
        <Fact
          label={summary.roof}
          value={summary.roofValue(units.rate(roofline.gflops), units.bandwidth(roofline.gigabytesPerSecond))}
        />
      </dl>
      <p className="hint">
        {joined.sentences([
          machine.clock(profile.clock, isCpu),
          ...(isCpu ? [machine.cpu(profile.rows)] : fused?.strategy === 'separate' ? [machine.alreadySeparate] : []),
        ])}
      </p>
      {isComparing && (
        <p className="hint" role="status">
          {machine.measuring}
        </p>
      )}
      {fused && unfused && !isComparing && fused.strategy !== unfused.strategy && (
        <Comparison fused={fused} unfused={unfused} />
      )}
    </div>
  );
}

interface FactProps {
  readonly label: string;
  readonly value: string;
  readonly band?: string;
}

function Fact({ label, value, band }: FactProps) {
  return (
    <div className={`machine-fact ${band ?? ''}`}>
      <dt>{label}</dt>
      <dd>{value}</dd>
    </div>
  );
}

/** Both ways on one scale of time. */
function Comparison({ fused, unfused }: { readonly fused: Profile; readonly unfused: Profile }) {
  const { machine } = useStrings();
  const format = useFormat();
  const units = useUnits();
  const most = Math.max(fused.stepMs, unfused.stepMs);
  const isFaster = fused.stepMs <= unfused.stepMs;
  const ratio = most / Math.max(1e-6, Math.min(fused.stepMs, unfused.stepMs));
  const ways = [
    [machine.fused, fused],
    [machine.unfused, unfused],
  ] as const;
  return (
    <div className="machine-comparison">
      {ways.map(([name, profile]) => (
        <Fragment key={name}>
          <span className="way-name">{name}</span>
          <span
            aria-hidden="true"
            className={`machine-way ${profile === fused ? 'fused' : ''}`}
            style={{ inlineSize: `${(100 * profile.stepMs) / most}%` }}
          />
          <span className="way-value">
            {machine.way(format.integer(profile.launches.length), units.duration(profile.stepMs))}
          </span>
        </Fragment>
      ))}
      <p>
        <strong>{machine.ratio(units.times(ratio), isFaster)}</strong>
      </p>
    </div>
  );
}
