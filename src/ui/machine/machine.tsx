/** The machine room: one training step, dispatch by dispatch, down to the kernel that computed each. */

import '../styles/machine.css';
import '../styles/machine-timeline.css';
import '../styles/machine-launches.css';
import '../styles/machine-kernel.css';
import { useMemo, useState } from 'react';
import { KERNELS, MACHINE_VIEWS } from '../../store/view-store.ts';
import type { CallStage, Profile } from '../../training/questions.ts';
import { useSession, useStrings, useView } from '../context.ts';
import { PanelFrame } from '../drawer/panel-frame.tsx';
import { type Asked, useAnswer } from '../drawer/use-answer.ts';
import { useHeld } from '../drawer/use-held.ts';
import { Segmented } from '../parts/segmented.tsx';
import { SteadyButton } from '../parts/steady-button.tsx';
import { LaunchDetail } from './launch-detail.tsx';
import { LaunchTable } from './launch-table.tsx';
import { isOfStage, longest, rowsOf, stagesOf } from './launches.ts';
import { Summary } from './summary.tsx';
import { Timeline } from './timeline.tsx';

/** A measurement is asked for by the visitor, never again by itself: it costs the run some time. */
const ONCE = { isLive: false, isHeld: true };

export default function Machine() {
  const { machine } = useStrings();
  const held = useHeld();
  const { view } = useSession();
  const kernels = useView((state) => state.kernels);
  const shape = useView((state) => state.machineView);
  const isFused = kernels === 'fused';
  const [wasUnfused, setUnfused] = useState(!isFused);
  const fused = useAnswer('profile', { isFused: true }, ONCE);
  const unfused = useAnswer('profile', wasUnfused ? { isFused: false } : null, ONCE);
  const asked: Asked<'profile'> = isFused ? fused : unfused;
  const profile = asked.answer;
  const isCpu = profile ? profile.launches[0]?.source === null : false;
  const canUnfuse = fused.answer !== null && !isCpu && fused.answer.strategy !== 'separate';
  return (
    <PanelFrame
      step={profile?.step ?? null}
      error={asked.error}
      held={held}
      note={profile ? null : asked.error ? '' : machine.measuring}
      tools={
        <>
          {(canUnfuse || !isFused) && (
            <Segmented
              label={machine.fusing}
              value={kernels}
              options={KERNELS.map((value) => ({ value, label: machine[value] }))}
              onChange={(value) => {
                view.setState({ kernels: value });
                setUnfused(true);
              }}
            />
          )}
          <Segmented
            label={machine.views}
            value={shape}
            options={MACHINE_VIEWS.map((value) => ({ value, label: machine[value] }))}
            onChange={(machineView) => view.setState({ machineView })}
          />
          {profile && <StageChoice profile={profile} />}
          <SteadyButton className="toggle" isIdle={asked.isAsking} onClick={asked.refresh}>
            {machine.measure}
          </SteadyButton>
        </>
      }
    >
      {profile && (
        <Step
          key={profile.launches.length}
          profile={profile}
          isCpu={isCpu}
          isTable={shape === 'table'}
          fused={fused.answer}
          unfused={unfused.answer}
          isComparing={wasUnfused && unfused.isAsking}
        />
      )}
    </PanelFrame>
  );
}

/** Which stage's launches stand out; the schematic sets it too. */
function StageChoice({ profile }: { readonly profile: Profile }) {
  const { machine } = useStrings();
  const { view } = useSession();
  const stage = useView((state) => state.kernelsOf);
  return (
    <label className="machine-stage">
      <span>{machine.stage}</span>
      <select
        value={stage ?? ''}
        onChange={({ target }) => view.setState({ kernelsOf: (target.value || null) as CallStage | null })}
      >
        <option value="">{machine.allStages}</option>
        {[...new Set([...stagesOf(profile), ...(stage ? [stage] : [])])].map((name) => (
          <option key={name} value={name}>
            {machine.stages[name]}
          </option>
        ))}
      </select>
    </label>
  );
}

interface StepProps {
  readonly profile: Profile;
  readonly isCpu: boolean;
  readonly isTable: boolean;
  readonly fused: Profile | null;
  readonly unfused: Profile | null;
  readonly isComparing: boolean;
}

function Step({ profile, isCpu, isTable, fused, unfused, isComparing }: StepProps) {
  const { machine } = useStrings();
  const wanted = useView((state) => state.kernelsOf);
  const hasWanted = profile.launches.some((launch) => isOfStage(launch, wanted));
  const stage = hasWanted ? wanted : null;
  const rows = useMemo(() => rowsOf(profile), [profile]);
  const { view } = useSession();
  const chosen = useView((state) => state.launch);
  const isChosen = chosen !== null && chosen.stage === stage && chosen.index < rows.length;
  const index = isChosen ? chosen.index : longest(profile.launches, (launch) => isOfStage(launch, stage));
  const row = rows[index];
  const choose = (next: number): void => view.setState({ launch: { stage, index: next } });
  return (
    <>
      <Summary profile={profile} isCpu={isCpu} fused={fused} unfused={unfused} isComparing={isComparing} />
      {wanted && !hasWanted && <p className="drawer-note">{machine.nothingOfStage(machine.stages[wanted])}</p>}
      {isTable ? (
        <LaunchTable rows={rows} chosen={index} stage={stage} isCpu={isCpu} onChoose={choose} />
      ) : (
        <Timeline profile={profile} chosen={index} stage={stage} isCpu={isCpu} onChoose={choose} />
      )}
      {row && <LaunchDetail profile={profile} rows={rows} row={row} stage={stage} isCpu={isCpu} onChoose={choose} />}
      <p className="hint machine-counted">{machine.howCounted}</p>
    </>
  );
}
