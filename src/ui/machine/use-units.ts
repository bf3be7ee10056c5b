/** Units in the form of the page's language. */

import { useStrings } from '../context.ts';
import { createUnits, type Units } from './units.ts';

const known = new Map<string, Units>();

export function useUnits(): Units {
  const { language } = useStrings();
  const units = known.get(language) ?? createUnits(language);
  known.set(language, units);
  return units;
}
