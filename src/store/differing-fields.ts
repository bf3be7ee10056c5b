/** What differs between several configurations: all that has to be said where they stand side by side. */

import { type Config, FIELD_NAMES, type Field, needsEqualSizes } from '../model/config.ts';

/**
 * The settings in which some of the configurations differ from others. The decoder's size is left out where it only follows from
 * the score.
 */
export function fieldsThatDiffer(configs: readonly Config[]): Field[] {
  const differs = (field: Field, of: readonly Config[]): boolean =>
    of.some((config) => config[field] !== of[0]?.[field]);
  return FIELD_NAMES.filter((field) => {
    const of = field === 'decoderHidden' ? configs.filter(({ score }) => !needsEqualSizes(score)) : configs;
    return differs(field, of);
  });
}
