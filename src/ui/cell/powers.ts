/** Powers of ten, as they are printed. */

const SUPERSCRIPTS = '⁰¹²³⁴⁵⁶⁷⁸⁹';

/** 10⁻⁵ */
export const powerOfTen = (exponent: number): string =>
  `10${exponent < 0 ? '⁻' : ''}${[...String(Math.abs(exponent))].map((digit) => SUPERSCRIPTS[Number(digit)]).join('')}`;

/** 1.234 · 10⁻⁵, with so many digits behind the point. */
export function scientific(value: number, digits: number): string {
  if (value === 0) return '0';
  const [mantissa, exponent] = value.toExponential(digits).split('e') as [string, string];
  const power = Number(exponent);
  const text = mantissa.replace('-', '−');
  return power === 0 ? text : `${text} · ${powerOfTen(power)}`;
}

/** |a − b| / max(|a|, |b|); 0 where both are. */
export function relativeError(a: number, b: number): number {
  const size = Math.max(Math.abs(a), Math.abs(b));
  return size === 0 ? 0 : Math.abs(a - b) / size;
}
