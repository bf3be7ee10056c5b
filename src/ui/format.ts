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

/** Formats numbers of a language; what it takes for that is made with the first one, which costs milliseconds. */
function numbers(language: string, options: Intl.NumberFormatOptions): (value: number) => string {
  let made: Intl.NumberFormat | undefined;
  return (value) => {
    made ??= new Intl.NumberFormat(language, options);
    return made.format(value);
  };
}

export function createFormat(language: string): Format {
  const integer = numbers(language, { maximumFractionDigits: 0 });
  const oneDecimal = numbers(language, { minimumFractionDigits: 1, maximumFractionDigits: 1 });
  const twoDecimals = numbers(language, { minimumFractionDigits: 2, maximumFractionDigits: 2 });
  const signed = numbers(language, {
    minimumFractionDigits: 2,
    maximumFractionDigits: 2,
    signDisplay: 'exceptZero',
  });
  const significant = numbers(language, { minimumSignificantDigits: 3, maximumSignificantDigits: 3 });
  const setting = numbers(language, { maximumSignificantDigits: 6, useGrouping: false });
  return {
    integer,
    percent: (share) => `${share >= 0.9995 ? integer(100) : oneDecimal(share * 100)}${NARROW_SPACE}%`,
    figure: (value) => {
      if (!Number.isFinite(value)) return '–';
      if (Math.abs(value) >= 1000) return integer(value);
      return Math.abs(value) < 0.0005 ? twoDecimals(0) : significant(value);
    },
    weight: twoDecimals,
    change: (value) => signed(value).replace('-', '\u2212'),
    setting,
  };
}
