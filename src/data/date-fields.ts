/** Which part of the day each character of a written date says. */

export type DateField = 'year' | 'month' | 'day';

/** Year, month and day of ISO 8601, by character; null for the hyphens. */
export const ISO_FIELDS: readonly (DateField | null)[] = [
  ...(['year', 'year', 'year', 'year', null] as const),
  ...(['month', 'month', null, 'day', 'day'] as const),
];

/** The field of each character of a date in one of the 20 formats; null for spaces and separators. */
export function dateFields(text: string): (DateField | null)[] {
  const fields = new Array<DateField | null>(text.length).fill(null);
  const fill = (start: number, length: number, field: DateField): void => {
    fields.fill(field, start, start + length);
  };
  const parts = [...text.matchAll(/\d+|[A-Z]+/g)].map(({ 0: part, index }) => ({ part, index }));
  if (parts.length === 1) {
    // 20190105, or 010519 for 5 January 2019
    const order = text.length === 8 ? (['year', 'month', 'day'] as const) : (['month', 'day', 'year'] as const);
    let at = 0;
    for (const field of order) {
      const length = field === 'year' && text.length === 8 ? 4 : 2;
      fill(at, length, field);
      at += length;
    }
    return fields;
  }
  const order = fieldOrder(text, parts[0]?.part ?? '');
  parts.forEach(({ part, index }, place) => {
    fill(index, part.length, order[place]);
  });
  return fields;
}

/** The fields of the three parts in the order in which they stand. */
function fieldOrder(text: string, first: string): readonly DateField[] {
  if (first.length === 4) return ['year', 'month', 'day'];
  if (/^[A-Z]/.test(first) || text.includes('/')) return ['month', 'day', 'year'];
  return ['day', 'month', 'year'];
}
