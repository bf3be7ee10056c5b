/** Where a number stands on its slider, and back. */

import type { NumberField } from '../../model/config.ts';

/** Stops of a logarithmic slider. */
const STOPS = 200;

export interface SliderScale {
  readonly min: number;
  readonly max: number;
  readonly step: number;
  toSlider(value: number): number;
  fromSlider(position: number): number;
}

/** A slider over the value itself, or over its logarithm where the field asks for it. */
export function sliderScale(spec: NumberField): SliderScale {
  if (!spec.isLogarithmic) {
    const { min, sliderMax: max = spec.max, step } = spec;
    return { min, max, step, toSlider: (value) => value, fromSlider: (position) => roundTo(position, step) };
  }
  const max = spec.sliderMax ?? spec.max;
  const span = Math.log(max / spec.min);
  return {
    min: 0,
    max: STOPS,
    step: 1,
    toSlider: (value) => Math.min(STOPS, Math.round((STOPS * Math.log(value / spec.min)) / span)),
    fromSlider: (position) => {
      const value = Number((spec.min * Math.exp((span * position) / STOPS)).toPrecision(2));
      return Math.min(max, Math.max(spec.min, value));
    },
  };
}

/** Takes the dust of binary fractions off a multiple of the step. */
const roundTo = (value: number, step: number): number => Number((Math.round(value / step) * step).toPrecision(10));
