/** A launch from the inside: where it belongs, what it computes, how fast, and its kernel. */

import type { CallStage, Profile, ProfiledLaunch } from '../../training/questions.ts';
import { useFormat, useSettings, useStrings } from '../context.ts';
import { Icon } from '../parts/icon.tsx';
import { ScrollFrame } from '../parts/scroll-frame.tsx';
import { SteadyButton } from '../parts/steady-button.tsx';
import { KernelSource } from './kernel-source.tsx';
import { bandOf, groupCalls, isOfStage, type Row, totalsOf, workgroupsOf } from './launches.ts';
import { RooflineChart } from './roofline-chart.tsx';
import { useUnits } from './use-units.ts';

export interface LaunchDetailProps {
  readonly profile: Profile;
  readonly rows: readonly Row[];
  readonly row: Row;
  readonly stage: CallStage | null;
  readonly isCpu: boolean;
  readonly onChoose: (index: number) => void;
}

export function LaunchDetail({ profile, rows, row, stage, isCpu, onChoose }: LaunchDetailProps) {
  const { machine, schematic } = useStrings();
  const config = useSettings((state) => state.config);
  const { launch, index } = row;
  const { detail } = machine;
  const { place } = launch;
  const next = rows.find((other) => other.index > index && isOfStage(other.launch, stage));
  const previous = rows.findLast((other) => other.index < index && isOfStage(other.launch, stage));
  const { stages } = schematic;
  const { formula } = place.stage === 'loss' || place.stage === 'update' ? schematic[place.stage] : stages[place.stage];
  const wgsl = launch.source === null ? null : (profile.sources[launch.source] ?? null);
  return (
    <section className={`machine-detail ${bandOf(launch)}`} aria-label={detail.label}>
      <header className="machine-head">
        <h2>
          <span>{detail.heading(index + 1, rows.length, isCpu)}</span> <code>{launch.label}</code>
        </h2>
        <div className="machine-walk">
          <SteadyButton
            className="icon-button turned"
            aria-label={detail.previous}
            isIdle={!previous}
            onClick={() => previous && onChoose(previous.index)}
          >
            <Icon name="chevron" />
          </SteadyButton>
          <SteadyButton
            className="icon-button"
            aria-label={detail.next}
            isIdle={!next}
            onClick={() => next && onChoose(next.index)}
          >
            <Icon name="chevron" />
          </SteadyButton>
        </div>
      </header>
      <p className="machine-place">
        {detail.place(
          machine.stages[place.stage],
          detail.directions[place.direction],
          place.position === null ? null : place.position + 1,
        )}
        {formula(config) && (
          <span>
            {place.direction === 'backward' && place.stage !== 'update' && (
              <span className="unit">{detail.gradientOf} </span>
            )}
            <span className="formula">{formula(config)}</span>
          </span>
        )}
      </p>
      <div className="machine-measured">
        <Facts row={row} totalMs={totalsOf(profile.launches).ms} />
        <RooflineChart rows={rows} row={row} roofline={profile.roofline} />
      </div>
      <Calls launch={launch} />
      {wgsl === null ? (
        <p className="hint">{machine.source.onCpu}</p>
      ) : (
        <KernelSource wgsl={wgsl} entry={launch.entry} label={launch.label} />
      )}
    </section>
  );
}

function Facts({ row, totalMs }: { readonly row: Row; readonly totalMs: number }) {
  const { machine } = useStrings();
  const format = useFormat();
  const units = useUnits();
  const { launch, place } = row;
  const { detail } = machine;
  const { workgroups, workgroupSize } = launch;
  const size = (dimensions: readonly number[]): string =>
    dimensions.slice(0, Math.max(1, dimensions.findLastIndex((length) => length > 1) + 1)).join(' × ');
  const invocations = workgroupsOf(launch) * (workgroupSize?.reduce((product, length) => product * length, 1) ?? 0);
  const allowed = launch.flops > 0 ? units.rate(place.roof) : units.bandwidth(place.roof);
  const facts: readonly (readonly [string, string])[] = [
    [detail.time, detail.timeValue(units.duration(launch.ms), units.share(launch.ms / Math.max(totalMs, 1e-9)))],
    [detail.start, units.duration(launch.startMs)],
    ...(workgroups && workgroupSize
      ? [
          [
            detail.grid,
            detail.gridValue(size(workgroups), `(${size(workgroupSize)})`, format.integer(invocations)),
          ] as const,
        ]
      : []),
    [detail.bytes, units.bytes(launch.bytes)],
    [detail.flops, units.flops(launch.flops)],
    [detail.intensity, units.intensity(place.intensity)],
    [detail.rate, place.gflops === null ? detail.noTime : units.rate(place.gflops)],
    [detail.bandwidth, place.gigabytesPerSecond === null ? detail.noTime : units.bandwidth(place.gigabytesPerSecond)],
    ...(launch.flops > 0 && place.share !== null
      ? [[detail.roof, detail.roofValue(units.share(place.share), allowed, place.boundBy)] as const]
      : []),
  ];
  return (
    <div>
      <dl className="machine-list">
        {facts.map(([label, value]) => (
          <div key={label}>
            <dt>{label}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      {place.share !== null && place.share > 1.05 && <p className="hint">{detail.above(place.boundBy)}</p>}
    </div>
  );
}

/** The op calls of a launch, alike ones together. */
function Calls({ launch }: { readonly launch: ProfiledLaunch }) {
  const { machine } = useStrings();
  const format = useFormat();
  const units = useUnits();
  const { calls } = machine;
  const groups = groupCalls(launch.calls);
  return (
    <ScrollFrame className="table-frame" label={calls.title(launch.calls.length)}>
      <table className="machine-calls">
        <caption>{calls.title(launch.calls.length)}</caption>
        <thead>
          <tr>
            <th scope="col">{calls.op}</th>
            <th scope="col">{calls.formula}</th>
            <th scope="col" className="number">
              {calls.count}
            </th>
            <th scope="col">{calls.operands}</th>
            <th scope="col" className="number">
              {calls.flops}
            </th>
          </tr>
        </thead>
        <tbody>
          {groups.map((group) => (
            <tr key={JSON.stringify([group.op, group.stage, group.direction, group.operands])}>
              <th scope="row">
                <code>{group.op}</code>
                <span className="unit">{machine.stages[group.stage]}</span>
              </th>
              <td>
                <span className="formula">{machine.formulas[group.op]}</span>
              </td>
              <td className="number">{format.integer(group.count)}</td>
              <td className="machine-operands">
                {Object.entries(group.operands).map(([name, [rows, columns]]) => (
                  <span key={name}>
                    {name} <code>[{`${rows}, ${columns}`}]</code>
                  </span>
                ))}
              </td>
              <td className="number">{units.flops(group.flops)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </ScrollFrame>
  );
}
