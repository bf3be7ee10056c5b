/** Tolerances of `MODEL.md`, in one place: |got - want| ≤ atol + rtol·|want|. */

export interface Tolerance {
  readonly rtol: number;
  readonly atol: number;
}

/**
 * float32 kernels against float64 numbers: sums over hundreds of terms lose a few of the 24 bits; parameters after optimizer
 * steps lose more, because Adam's early steps divide by small numbers. Where both sides are float64: 1e-9 throughout.
 */
export const TOLERANCES = {
  float32: {
    value: { rtol: 1e-4, atol: 1e-5 },
    gradient: { rtol: 1e-3, atol: 1e-5 },
    parameter: { rtol: 1e-3, atol: 1e-4 },
  },
  float64: {
    value: { rtol: 1e-9, atol: 1e-9 },
    gradient: { rtol: 1e-9, atol: 1e-9 },
    parameter: { rtol: 1e-9, atol: 1e-9 },
  },
} as const;

export interface Comparison {
  readonly values: number;
  readonly maxAbsError: number;
  readonly maxRelError: number;
  /** Largest |got - want| / (atol + rtol |want|); at most 1 passes. NaN or a missing value is infinitely far off. */
  readonly worst: number;
  readonly isWithin: boolean;
}

/** Compares element by element; a difference in length fails. */
export function compare(got: ArrayLike<number>, want: ArrayLike<number>, { rtol, atol }: Tolerance): Comparison {
  let maxAbsError = got.length === want.length ? 0 : Number.POSITIVE_INFINITY;
  let maxRelError = maxAbsError;
  let worst = maxAbsError;
  for (let i = 0; i < want.length; i++) {
    const wanted = want[i] as number;
    const difference = Math.abs((got[i] ?? Number.NaN) - wanted);
    const error = Number.isNaN(difference) ? Number.POSITIVE_INFINITY : difference;
    maxAbsError = Math.max(maxAbsError, error);
    if (wanted !== 0) maxRelError = Math.max(maxRelError, error / Math.abs(wanted));
    worst = Math.max(worst, error / (atol + rtol * Math.abs(wanted)));
  }
  return { values: want.length, maxAbsError, maxRelError, worst, isWithin: worst <= 1 };
}
