/** Quantities of the machine room with their units: three digits at most, the prefix that suits. */

export interface Units {
  /** A duration in milliseconds. */
  duration(ms: number): string;
  bytes(bytes: number): string;
  flops(flops: number): string;
  /** GFLOP/s */
  rate(gflops: number): string;
  /** GB/s */
  bandwidth(gigabytesPerSecond: number): string;
  /** FLOP/B */
  intensity(flopsPerByte: number): string;
  share(share: number): string;
  times(factor: number): string;
}

const SPACE = '\u202f';

/** Prefixes from 1 on, each a thousand times the one before. */
const LARGE = ['', 'k', 'M', 'G', 'T', 'P'];

export function createUnits(language: string): Units {
  const figures = new Intl.NumberFormat(language, { maximumSignificantDigits: 3 });
  const two = new Intl.NumberFormat(language, { maximumSignificantDigits: 2 });
  const whole = new Intl.NumberFormat(language, { maximumFractionDigits: 0 });
  const figure = (value: number): string => (value >= 1000 ? whole : figures).format(value);
  /** The value with the prefix that leaves one to three digits before the point. */
  const prefixed = (value: number, unit: string): string => {
    const power = value >= 1 ? Math.min(LARGE.length - 1, Math.floor(Math.log10(value * 1.0005) / 3)) : 0;
    return `${figure(value / 1000 ** power)}${SPACE}${LARGE[power]}${unit}`;
  };
  return {
    duration(ms) {
      if (ms >= 999.5) return `${figure(ms / 1000)}${SPACE}s`;
      if (ms >= 0.9995) return `${figure(ms)}${SPACE}ms`;
      if (ms === 0) return `0${SPACE}ms`;
      const µs = ms * 1000;
      return `${µs < 10 ? two.format(µs) : whole.format(µs)}${SPACE}µs`;
    },
    bytes: (bytes) => prefixed(bytes, 'B'),
    flops: (flops) => prefixed(flops, 'FLOP'),
    rate: (gflops) => prefixed(gflops * 1e9, 'FLOP/s'),
    bandwidth: (gigabytes) => prefixed(gigabytes * 1e9, 'B/s'),
    intensity: (value) => `${two.format(value)}${SPACE}FLOP/B`,
    share: (share) => `${share >= 0.0995 ? whole.format(share * 100) : two.format(share * 100)}${SPACE}%`,
    times: (factor) => `${two.format(factor)}${SPACE}×`,
  };
}
