/** Around every setting: its label, its hint, whether it is a default, and why it is locked. */

import type { ReactNode } from 'react';
import { useFormat, useStrings } from '../context.ts';
import { type Setting, valueText } from './use-setting.ts';

export interface SettingFrameProps {
  readonly id: string;
  readonly setting: Setting;
  /** Stands beside the label. */
  readonly value: ReactNode;
  /** Below the label, over the full width. */
  readonly children?: ReactNode;
  /** What the control takes; stands behind the hint. */
  readonly range?: string;
  readonly problem?: string | null;
  /** The value takes a line of its own. */
  readonly isWide?: boolean;
}

export const hintId = (id: string): string => `${id}-hint`;

export function SettingFrame({ id, setting, value, children, range, problem, isWide }: SettingFrameProps) {
  const strings = useStrings();
  const format = useFormat();
  const { text, isDefault, lock, defaultValue, change } = setting;
  return (
    <div className={`setting ${isDefault || lock ? '' : 'changed'} ${isWide ? 'wide' : ''}`}>
      <div className="setting-head">
        <label htmlFor={id}>{text.label}</label>
        <span className="setting-value">{value}</span>
      </div>
      {children}
      <p className="hint" id={hintId(id)}>
        {lock ?? `${text.hint} ${setting.isLive ? strings.settings.live : ''}`}
        {!lock && range && <span className="range-text"> {range}</span>}
      </p>
      {problem && (
        <p className="problem" role="status">
          {problem}
        </p>
      )}
      {!isDefault && !lock && (
        <button type="button" className="text-button" onClick={() => change(defaultValue)}>
          {strings.settings.toDefault(valueText(defaultValue, strings, format))}
        </button>
      )}
    </div>
  );
}
