/** Errors of the worker in the visitor's words. */

import type { ReportedError } from '../../lib/errors.ts';
import { FIELD_NAMES } from '../../model/config.ts';
import { useStrings } from '../context.ts';

/** Turns a reported error into one calm sentence. */
export function useErrorText(): (error: ReportedError) => string {
  const strings = useStrings();
  const fieldLabel = (field: string): string => {
    const known = FIELD_NAMES.find((name) => name === field);
    return known ? strings.settings.fields[known].label : field;
  };
  return (error) => strings.error(error, fieldLabel);
}
