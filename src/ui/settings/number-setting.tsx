/** A number: typed into a field, or dragged on a slider that marks the default. */

import { useId, useState } from 'react';
import { ConfigError } from '../../lib/errors.ts';
import { type Field, type NumberField, parseField } from '../../model/config.ts';
import { useFormat, useStrings } from '../context.ts';
import { hintId, SettingFrame } from './setting-frame.tsx';
import { sliderScale } from './slider.ts';
import { useSetting } from './use-setting.ts';

export function NumberSetting({ name, spec }: { readonly name: Field; readonly spec: NumberField }) {
  const { settings } = useStrings();
  const format = useFormat();
  const id = useId();
  const setting = useSetting(name);
  const [draft, setDraft] = useState<string | null>(null);
  const value = setting.value as number;
  const scale = sliderScale(spec);
  const isWhole = spec.kind === 'integer';
  const [min, max] = [format.setting(spec.min), format.setting(spec.max)];
  const isBad = draft !== null && !isReadable(name, draft);

  /** What is typed counts as soon as it can be read; until then it stays in the field with a word on why. */
  const type = (text: string): void => {
    setDraft(text);
    if (isReadable(name, text)) setting.change(parseField(name, text));
  };
  const slide = (position: number): void => {
    setDraft(null);
    setting.change(scale.fromSlider(position));
  };
  const defaultShare =
    (scale.toSlider(setting.defaultValue as number) - scale.min) / Math.max(1e-9, scale.max - scale.min);

  return (
    <SettingFrame
      id={id}
      setting={setting}
      range={settings.range(min, max)}
      problem={isBad ? settings.outOfRange(draft, min, max, isWhole) : null}
      value={
        <>
          <input
            id={id}
            className="number-input"
            inputMode={isWhole ? 'numeric' : 'decimal'}
            size={7}
            value={draft ?? format.setting(value)}
            disabled={setting.lock !== null}
            aria-invalid={isBad}
            aria-describedby={hintId(id)}
            onChange={(event) => type(event.target.value)}
            onBlur={() => !isBad && setDraft(null)}
          />
          {setting.text.unit && <span className="unit">{setting.text.unit}</span>}
        </>
      }
    >
      <div className="slider" style={{ '--default': defaultShare } as React.CSSProperties}>
        <input
          type="range"
          min={scale.min}
          max={scale.max}
          step={scale.step}
          value={scale.toSlider(value)}
          disabled={setting.lock !== null}
          aria-label={setting.text.label}
          aria-valuetext={format.setting(value)}
          onChange={(event) => slide(Number(event.target.value))}
        />
      </div>
    </SettingFrame>
  );
}

function isReadable(name: Field, text: string): boolean {
  try {
    parseField(name, text);
    return true;
  } catch (error) {
    if (error instanceof ConfigError) return false;
    throw error;
  }
}
