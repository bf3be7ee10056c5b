/** A choice of a few, all in sight: radio buttons drawn as one strip. */

import { type ReactNode, useId } from 'react';

export interface SegmentedProps<T extends string> {
  readonly label: string;
  readonly value: T | null;
  readonly options: readonly { readonly value: T; readonly label: ReactNode; readonly name?: string }[];
  readonly onChange: (value: T) => void;
}

export function Segmented<T extends string>({ label, value, options, onChange }: SegmentedProps<T>) {
  const name = useId();
  return (
    <fieldset className="segmented">
      <legend className="visually-hidden">{label}</legend>
      {options.map((option) => (
        <label key={option.value} className="segment" {...(option.name && { title: option.name })}>
          <input
            type="radio"
            name={name}
            className="visually-hidden"
            checked={option.value === value}
            onChange={() => onChange(option.value)}
            {...(option.name && { 'aria-label': option.name })}
          />
          <span>{option.label}</span>
        </label>
      ))}
    </fieldset>
  );
}
