/** How far it is to the goal, and at which step it was reached. */

import { goalOf } from '../../model/config.ts';
import { useFormat, useRun, useSettings, useStrings, useTimeline } from '../context.ts';

export function Goal() {
  const { goal: text } = useStrings();
  const format = useFormat();
  const goal = useSettings(({ config }) => goalOf(config.task));
  const past = useTimeline((state) => state.past);
  const newestExact = useRun((state) => state.evaluation?.exactMatch ?? null);
  const newestGoalStep = useRun((state) => state.goalStep);
  const pastExact = past && (Number.isFinite(past.meters.exactMatch) ? past.meters.exactMatch : null);
  const exactMatch = past ? pastExact : newestExact;
  const isAhead = past !== null && newestGoalStep !== null && past.step < newestGoalStep;
  const goalStep = isAhead ? null : newestGoalStep;
  const label = text.label(`${format.integer(goal * 100)}\u202f%`);
  const state =
    goalStep !== null
      ? text.reached(format.integer(goalStep))
      : exactMatch === null
        ? text.unknown
        : (past ? text.inPast : text.notYet)(format.percent(exactMatch));
  return (
    <div className={`goal ${goalStep !== null ? 'reached' : ''}`}>
      <p>
        <strong>{label}</strong> <span>{state}</span>
      </p>
      {/* biome-ignore lint/a11y/useSemanticElements: no browser lets a page draw a mark into its own meter */}
      <div
        className="goal-meter"
        role="meter"
        aria-label={label}
        aria-valuemin={0}
        aria-valuemax={100}
        aria-valuenow={Math.round((exactMatch ?? 0) * 1000) / 10}
        aria-valuetext={state}
      >
        <span className="goal-fill" style={{ transform: `scaleX(${exactMatch ?? 0})` }} />
        <span className="goal-mark" style={{ left: `${goal * 100}%` }} />
      </div>
    </div>
  );
}
