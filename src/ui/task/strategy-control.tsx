/** How a training step is cut into GPU launches, why so, and the choice between the ways. */

import { STRATEGY_PREFERENCES, type StrategyDescription, type StrategyPreference } from '../../training/protocol.ts';
import { useActions, useRun, useSettings, useStrings } from '../context.ts';

export function StrategyControl() {
  const { strategy: words } = useStrings();
  const { setStrategy } = useActions();
  const preference = useSettings((state) => state.strategy);
  const run = useRun((state) => state.run);
  return (
    <div className="executor">
      <label>
        <span>{words.label}</span>
        <select value={preference} onChange={(event) => setStrategy(event.target.value as StrategyPreference)}>
          {STRATEGY_PREFERENCES.map((option) => (
            <option key={option} value={option}>
              {words.options[option]}
            </option>
          ))}
        </select>
      </label>
      {!run && <p className="executor-name">–</p>}
      {run?.strategy && <Running strategy={run.strategy} />}
      {run && !run.strategy && <p className="hint">{words.onCpu}</p>}
    </div>
  );
}

function Running({ strategy }: { readonly strategy: StrategyDescription }) {
  const { strategy: words } = useStrings();
  const excluded = strategy.reason.kind === 'measured' ? strategy.reason.excluded : [];
  return (
    <>
      <p className="executor-name" data-strategy={strategy.strategy}>
        {words.running(strategy)}
      </p>
      <p className="hint">{words.why(strategy)}</p>
      {excluded.map((choice) => (
        <p key={`${choice.strategy} ${choice.rows} ${choice.lanes}`} className="hint">
          {words.excluded(choice)}
        </p>
      ))}
    </>
  );
}
