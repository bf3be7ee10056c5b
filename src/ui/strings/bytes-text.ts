/** Sizes of files, the same in every language but for the form of the number. */

const UNITS = ['B', 'kB', 'MB', 'GB', 'TB'] as const;

/** Three significant digits and a decimal unit. */
export function bytesText(bytes: number, language: string): string {
  const power = bytes < 1 ? 0 : Math.min(UNITS.length - 1, Math.floor(Math.log10(bytes) / 3));
  const number = new Intl.NumberFormat(language, { maximumSignificantDigits: 3 });
  return `${number.format(bytes / 1000 ** power)}\u202f${UNITS[power]}`;
}
