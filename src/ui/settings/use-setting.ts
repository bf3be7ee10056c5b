/** What every setting's control needs to know. */

import { type Config, defaultConfig, type Field } from '../../model/config.ts';
import { type FieldLock, fieldLock, isLive } from '../../store/settings-store.ts';
import { useActions, useFormat, useSettings, useStrings } from '../context.ts';
import type { Format } from '../format.ts';
import type { FieldText, Strings } from '../strings/strings.ts';

export interface Setting {
  readonly value: Config[Field];
  readonly defaultValue: Config[Field];
  readonly isDefault: boolean;
  readonly isLive: boolean;
  readonly text: FieldText;
  /** Why it can't be changed now. */
  readonly lock: string | null;
  /** @throws ConfigError */
  change(value: Config[Field]): void;
}

export function useSetting(name: Field): Setting {
  const strings = useStrings();
  const format = useFormat();
  const { set } = useActions();
  const value = useSettings(({ config }) => config[name]);
  const defaultValue = useSettings(({ config }) => defaultConfig(config.task)[name]);
  const lock = useSettings(({ config }) => lockText(fieldLock(config, name), strings, format));
  return {
    value,
    defaultValue,
    isDefault: value === defaultValue,
    isLive: isLive(name),
    text: strings.settings.fields[name],
    lock,
    change: (next) => set(name, next),
  };
}

function lockText(lock: FieldLock | null, { settings: { locks }, picture }: Strings, format: Format): string | null {
  switch (lock?.reason) {
    case undefined:
      return null;
    case 'equal-sizes':
      return locks.equalSizes(format.integer(lock.size));
    case 'additive-only':
      return locks.additiveOnly;
    case 'sgd-only':
      return locks.sgdOnly;
    case 'no-decay':
      return locks.noDecay;
    case 'no-attention':
      return locks.noAttention;
    case 'no-direction':
      return picture.lock;
  }
}

/** A setting's value as people read it. */
export function valueText(value: Config[Field], strings: Strings, format: Format): string {
  if (typeof value === 'number') return format.setting(value);
  if (typeof value === 'boolean') return value ? strings.settings.on : strings.settings.off;
  return strings.settings.options[value] ?? value;
}
