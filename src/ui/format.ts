/** Numbers as people read them: sensible digits, units with a thin space. */

export interface Format {
  integer(value: number): string;
  /** A share from 0 to 1 as per cent. */
  percent(share: number): string;
  /** Three significant digits, however large or small. */
  figure(value: number): string;
  /** An attention weight or a probability: two decimals. */
  weight(value: number): string;
  /** A difference of weights: two decimals with its sign. */
  change(value: number): string;
  /** A setting: as many digits as it needs. */
  setting(value: number): string;
}

const NARROW_SPACE = '\u202f';

export function createFormat(language: string): Format {
  const integer = new Intl.NumberFormat(language, { maximumFractionDigits: 0 });
  const oneDecimal = new Intl.NumberFormat(language, { minimumFractionDigits: 1, maximumFractionDigits: 1 });
  const twoDecimals = new Intl.NumberFormat(language, { minimumFractionDigits: 2, maximumFractionDigits: 2 });
  const signed = new Intl.NumberFormat(language, {
    minimumFractionDigits: 2,
    maximumFractionDigits: 2,
    signDisplay: 'exceptZero',
  });
  const significant = new Intl.NumberFormat(language, { minimumSignificantDigits: 3, maximumSignificantDigits: 3 });
  const setting = new Intl.NumberFormat(language, { maximumSignificantDigits: 6, useGrouping: false });
  return {
    integer: (value) => integer.format(value),
    percent: (share) => `${share >= 0.9995 ? integer.format(100) : oneDecimal.format(share * 100)}${NARROW_SPACE}%`,
    figure: (value) => {
      if (!Number.isFinite(value)) return '–';
      if (Math.abs(value) >= 1000) return integer.format(value);
      return Math.abs(value) < 0.0005 ? twoDecimals.format(0) : significant.format(value);
    },
    weight: (value) => twoDecimals.format(value),
    change: (value) => signed.format(value).replace('-', '\u2212'),
    setting: (value) => setting.format(value),
  };
}
