/** Numbers over many powers of ten. */

const SUPERSCRIPTS = '⁰¹²³⁴⁵⁶⁷⁸⁹';

/** 10⁻³ */
export const powerOfTen = (exponent: number): string =>
  `10${exponent < 0 ? '⁻' : ''}${[...String(Math.abs(exponent))].map((digit) => SUPERSCRIPTS[Number(digit)]).join('')}`;

/** With its sign: +1.43, −0.032, +5.1 × 10⁻⁶. */
export function signedText(value: number, language: string): string {
  if (value === 0) return '0';
  const size = Math.abs(value);
  const digits = new Intl.NumberFormat(language, { minimumFractionDigits: 2, maximumFractionDigits: 2 });
  return `${value < 0 ? '\u2212' : '+'}${size >= 0.1 ? digits.format(size) : normText(size, language)}`;
}

/** Two digits: 0.032, 1.4, 5.1 × 10⁻⁶. */
export function normText(value: number, language: string): string {
  if (value === 0) return '0';
  const digits = new Intl.NumberFormat(language, { maximumSignificantDigits: 2 });
  const exponent = Math.floor(Math.log10(value));
  if (exponent >= -3 && exponent < 4) return digits.format(value);
  return `${digits.format(value / 10 ** exponent)} × ${powerOfTen(exponent)}`;
}
