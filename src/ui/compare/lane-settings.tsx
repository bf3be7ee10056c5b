/** What one lane changes about the settings: its score, and whatever else the visitor adds. */

import { useId } from 'react';
import { ConfigError } from '../../lib/errors.ts';
import { FIELDS, type FieldSpec, parseField, SCORES } from '../../model/config.ts';
import { LANE_FIELDS, type LaneField, type LanePlan, laneConfig } from '../../store/race-plan.ts';
import { fieldLock } from '../../store/settings-store.ts';
import { useStrings } from '../context.ts';
import { Icon } from '../parts/icon.tsx';
import type { RacePanel } from './use-race.ts';
import { useCompareStrings } from './words.ts';

export interface LaneSettingsProps {
  readonly race: RacePanel;
  /** Index of the lane. */
  readonly lane: number;
}

/** Adds or changes a setting of a lane; null takes it back. */
const withChange = (plan: LanePlan, field: LaneField, value: unknown): LanePlan => {
  const { [field]: _, ...rest } = plan;
  return (value === null ? rest : { ...rest, [field]: value }) as LanePlan;
};

export function LaneSettings({ race, lane }: LaneSettingsProps) {
  const { settings } = useStrings();
  const { race: words } = useCompareStrings();
  const { plans, base, isRunning } = race;
  const plan = plans[lane] ?? {};
  const place = lane + 1;
  const config = laneConfig(base, plan);
  const change = (field: LaneField, value: unknown): void =>
    race.change(plans.map((other, i) => (i === lane ? withChange(other, field, value) : other)));
  const others = LANE_FIELDS.filter((field) => field !== 'score' && plan[field] !== undefined);
  const free = LANE_FIELDS.filter(
    (field) => field !== 'score' && plan[field] === undefined && fieldLock(config, field) === null,
  );
  return (
    <div className="lane-settings">
      <select
        aria-label={words.score(place)}
        value={plan.score ?? ''}
        disabled={isRunning}
        title={isRunning ? words.fixed : undefined}
        onChange={({ target }) => change('score', target.value || null)}
      >
        <option value="">{words.asSet(settings.options[base.score] ?? base.score)}</option>
        {SCORES.map((score) => (
          <option key={score} value={score}>
            {settings.options[score] ?? score}
          </option>
        ))}
      </select>
      {plans.length > 1 && (
        <button
          type="button"
          className="icon-button"
          aria-label={words.removeLane(place)}
          title={words.removeLane(place)}
          disabled={isRunning}
          onClick={() => race.change(plans.filter((_, i) => i !== lane))}
        >
          <Icon name="close" />
        </button>
      )}
      {others.map((field) => (
        <Change
          key={field}
          field={field}
          place={place}
          value={config[field]}
          isFixed={isRunning}
          onChange={(value) => change(field, value)}
        />
      ))}
      <select
        className="lane-add"
        aria-label={words.more(place)}
        value=""
        disabled={isRunning}
        onChange={({ target }) => {
          const field = LANE_FIELDS.find((name) => name === target.value);
          if (field) change(field, config[field]);
        }}
      >
        <option value="">{words.addSetting}</option>
        {free.map((field) => (
          <option key={field} value={field}>
            {settings.fields[field].label}
          </option>
        ))}
      </select>
    </div>
  );
}

interface ChangeProps {
  readonly field: LaneField;
  readonly place: number;
  readonly value: unknown;
  readonly isFixed: boolean;
  readonly onChange: (value: unknown) => void;
}

/** One setting beside the score, with its way back. */
function Change({ field, place, value, isFixed, onChange }: ChangeProps) {
  const { settings } = useStrings();
  const { race: words } = useCompareStrings();
  const id = useId();
  const spec: FieldSpec = FIELDS[field];
  const { label } = settings.fields[field];
  const name = words.setting(label, place);
  const read = (text: string): void => {
    try {
      onChange(parseField(field, text));
    } catch (error) {
      if (!(error instanceof ConfigError)) throw error;
    }
  };
  const options = spec.kind === 'choice' ? spec.options : spec.kind === 'boolean' ? ['true', 'false'] : null;
  const optionText = (option: string): string =>
    spec.kind === 'boolean' ? (option === 'true' ? settings.on : settings.off) : (settings.options[option] ?? option);
  return (
    <div className="lane-change">
      <label htmlFor={id}>{label}</label>
      {options ? (
        <select
          id={id}
          aria-label={name}
          value={String(value)}
          disabled={isFixed}
          onChange={(event) => read(event.target.value)}
        >
          {options.map((option) => (
            <option key={option} value={option}>
              {optionText(option)}
            </option>
          ))}
        </select>
      ) : (
        // Another value from elsewhere is another field, so that what was typed gives way to it.
        <input
          key={String(value)}
          id={id}
          className="number-input"
          inputMode="decimal"
          size={6}
          aria-label={name}
          defaultValue={String(value)}
          disabled={isFixed}
          onBlur={(event) => read(event.target.value)}
          onKeyDown={(event) => event.key === 'Enter' && read(event.currentTarget.value)}
        />
      )}
      <button
        type="button"
        className="icon-button"
        aria-label={words.letGo(label, place)}
        title={words.letGo(label, place)}
        disabled={isFixed}
        onClick={() => onChange(null)}
      >
        <Icon name="close" />
      </button>
    </div>
  );
}
