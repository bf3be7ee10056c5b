/** How far two orders of the same things agree. */

/**
 * Kendall's τ-b of two lists of the same length: (C − D) / √((P − Ta)(P − Tb)) over P pairs of places, of which C are in the same
 * order in both, D in the opposite one, and Ta and Tb are ties in one of them (Kendall 1945, "The treatment of ties in ranking
 * problems"). From −1 to 1; null where one of the lists is nothing but ties, or has fewer than two places.
 */
export function kendallTauB(a: ArrayLike<number>, b: ArrayLike<number>): number | null {
  let [difference, untiedA, untiedB] = [0, 0, 0];
  for (let i = 0; i < a.length; i++) {
    for (let j = 0; j < i; j++) {
      const orderA = Math.sign((a[i] as number) - (a[j] as number));
      const orderB = Math.sign((b[i] as number) - (b[j] as number));
      difference += orderA * orderB;
      untiedA += Math.abs(orderA);
      untiedB += Math.abs(orderB);
    }
  }
  return untiedA === 0 || untiedB === 0 ? null : difference / Math.sqrt(untiedA * untiedB);
}

/** Place of the largest value; null where several are largest, or where there is only one place. */
export function topPlace(values: ArrayLike<number>): number | null {
  if (values.length < 2) return null;
  let [best, isAlone] = [0, true];
  for (let i = 1; i < values.length; i++) {
    const order = (values[i] as number) - (values[best] as number);
    if (order > 0) [best, isAlone] = [i, true];
    else if (order === 0) isAlone = false;
  }
  return isAlone ? best : null;
}

/** Agreement of one row of two tables. */
export interface RowAgreement {
  readonly tau: number | null;
  /** Whether both have their largest value at the same place; null where one has no single largest. */
  readonly isTopSame: boolean | null;
}

/** Agreement of two tables: over the rows where each figure is defined. */
export interface OverallAgreement {
  /** Mean τ-b of the rows; null where no row has one. */
  readonly tau: number | null;
  readonly tauRows: number;
  readonly topSame: number;
  readonly topRows: number;
}

/** Row by row, for two row-major tables of the same number of columns. */
export function rowAgreements(a: Float32Array, b: Float32Array, columns: number): RowAgreement[] {
  return Array.from({ length: columns > 0 ? a.length / columns : 0 }, (_, row) => {
    const [rowA, rowB] = [a, b].map((values) => values.subarray(row * columns, (row + 1) * columns)) as [
      Float32Array,
      Float32Array,
    ];
    const [topA, topB] = [topPlace(rowA), topPlace(rowB)];
    return { tau: kendallTauB(rowA, rowB), isTopSame: topA === null || topB === null ? null : topA === topB };
  });
}

export function overallAgreement(rows: readonly RowAgreement[]): OverallAgreement {
  const taus = rows.flatMap(({ tau }) => (tau === null ? [] : [tau]));
  const tops = rows.flatMap(({ isTopSame }) => (isTopSame === null ? [] : [isTopSame]));
  return {
    tau: taus.length === 0 ? null : taus.reduce((sum, tau) => sum + tau, 0) / taus.length,
    tauRows: taus.length,
    topSame: tops.filter(Boolean).length,
    topRows: tops.length,
  };
}
