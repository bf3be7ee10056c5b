import { describe, expect, it } from 'vitest';
import { dateFields, ISO_FIELDS } from './date-fields.ts';
import { DATE_FORMATS } from './dates.ts';

const MONTHS: Readonly<Record<string, number>> = { FEB: 2, NOV: 11 };

describe('the fields of a written date', () => {
  it.each(DATE_FORMATS)('are found in $example', ({ format }) => {
    for (const day of [
      { year: 1998, month: 11, day: 27 },
      { year: 2034, month: 2, day: 7 },
    ]) {
      const text = format(day);
      const fields = dateFields(text);
      const read = (field: string): string => [...text].filter((_, at) => fields[at] === field).join('');
      expect(Number(read('day'))).toBe(day.day);
      expect(MONTHS[read('month')] ?? Number(read('month'))).toBe(day.month);
      expect(Number(read('year')) % 100).toBe(day.year % 100);
      expect([...text].every((character, at) => (fields[at] === null) === /[^0-9A-Z]/.test(character))).toBe(true);
    }
  });
  it('are those of ISO 8601 at the output', () => {
    expect(dateFields('2019-01-05')).toEqual(ISO_FIELDS);
  });
});
