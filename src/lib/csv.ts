/** Comma-separated values (RFC 4180), and numbers as short as they can be without losing anything. */

/** Spreadsheets take a file without this mark for one of an older encoding than UTF-8. */
const BYTE_ORDER_MARK = '\uFEFF';

export type CsvCell = string | number | null;

/** A value with a comma, a quote or a line break stands in quotes; null and what is not finite are empty. */
function cellText(cell: CsvCell): string {
  if (cell === null) return '';
  if (typeof cell === 'number') return Number.isFinite(cell) ? String(cell) : '';
  return /[",\r\n]/.test(cell) || cell.trim() !== cell ? `"${cell.replaceAll('"', '""')}"` : cell;
}

/** A table as text, with a byte order mark, its lines ending as the standard says. */
export const csvText = (rows: readonly (readonly CsvCell[])[]): string =>
  BYTE_ORDER_MARK + rows.map((row) => `${row.map(cellText).join(',')}\r\n`).join('');

/** The number with the fewest digits that is still the same float32: 0.1 rather than 0.10000000149011612. */
export function shortestFloat32(value: number): number {
  const single = Math.fround(value);
  for (let digits = 6; digits < 9; digits++) {
    const shorter = Number(single.toPrecision(digits));
    if (Math.fround(shorter) === single) return shorter;
  }
  // Nine digits tell every float32 from its neighbours.
  return Number(single.toPrecision(9));
}
