/** Settings with a few possible values. */

import { useId } from 'react';
import type { Config, Field } from '../../model/config.ts';
import { useStrings } from '../context.ts';
import { hintId, SettingFrame } from './setting-frame.tsx';
import { useSetting } from './use-setting.ts';

export function ChoiceSetting({ name, options }: { readonly name: Field; readonly options: readonly string[] }) {
  const { settings } = useStrings();
  const id = useId();
  const setting = useSetting(name);
  const optionText = (option: string): string => settings.options[option] ?? option;
  return (
    <SettingFrame
      id={id}
      setting={setting}
      isWide
      value={
        <select
          id={id}
          value={String(setting.value)}
          disabled={setting.lock !== null}
          aria-describedby={hintId(id)}
          onChange={(event) => setting.change(event.target.value as Config[Field])}
        >
          {options.map((option) => (
            <option key={option} value={option}>
              {option === setting.defaultValue ? settings.defaultOption(optionText(option)) : optionText(option)}
            </option>
          ))}
        </select>
      }
    />
  );
}

export function BooleanSetting({ name }: { readonly name: Field }) {
  const id = useId();
  const setting = useSetting(name);
  return (
    <SettingFrame
      id={id}
      setting={setting}
      value={
        <input
          type="checkbox"
          id={id}
          checked={setting.value === true}
          disabled={setting.lock !== null}
          aria-describedby={hintId(id)}
          onChange={(event) => setting.change(event.target.checked)}
        />
      }
    />
  );
}
