/** Principal components of a table of vectors (Pearson 1901), as many as are asked for, and the turn that makes two maps agree. */

/** A table of numbers, row-major. */
export interface Table {
  readonly rows: number;
  readonly columns: number;
  readonly data: ArrayLike<number>;
}

export interface PrincipalComponents {
  /** [rows, count]: the centred rows along the components. */
  readonly coordinates: Float64Array;
  /** Variance along each component, largest first. */
  readonly variances: readonly number[];
  /** Variance of the whole table. */
  readonly totalVariance: number;
}

/** Directions that are followed beside those asked for: they make the subspace iteration converge sooner. */
const SPARE = 8;
const MAX_ROUNDS = 600;
/** Change of the wanted variances, as a share of the largest, at which they count as found. */
const TOLERANCE = 1e-13;

/**
 * The `count` largest principal components of the rows, by subspace iteration on the covariance with a Rayleigh-Ritz step (Golub
 * & Van Loan, §8.2). Signs are chosen so that the largest entry of each direction is positive.
 */
export function principalComponents({ rows, columns, data }: Table, count: number): PrincipalComponents {
  const { centred, covariance } = covarianceOf(rows, columns, data);
  let totalVariance = 0;
  for (let i = 0; i < columns; i++) totalVariance += covariance[i * columns + i] as number;
  const { values, vectors } = largestEigenvectors(covariance, columns, Math.min(count, columns));
  const coordinates = new Float64Array(rows * count);
  vectors.forEach((direction, k) => {
    const sign = Math.sign(direction.reduce((most, x) => (Math.abs(x) > Math.abs(most) ? x : most), 0)) || 1;
    for (let r = 0; r < rows; r++) {
      let sum = 0;
      for (let c = 0; c < columns; c++) sum += (centred[r * columns + c] as number) * (direction[c] as number);
      coordinates[r * count + k] = sign * sum;
    }
  });
  const variances = Array.from({ length: count }, (_, k) => Math.max(0, values[k] ?? 0));
  return { coordinates, variances, totalVariance };
}

function covarianceOf(rows: number, columns: number, data: ArrayLike<number>) {
  const centred = new Float64Array(rows * columns);
  for (let c = 0; c < columns; c++) {
    let mean = 0;
    for (let r = 0; r < rows; r++) mean += (data[r * columns + c] as number) / rows;
    for (let r = 0; r < rows; r++) centred[r * columns + c] = (data[r * columns + c] as number) - mean;
  }
  const covariance = new Float64Array(columns * columns);
  for (let r = 0; r < rows; r++)
    for (let i = 0; i < columns; i++) {
      const x = (centred[r * columns + i] as number) / rows;
      for (let j = 0; j <= i; j++) covariance[i * columns + j] += x * (centred[r * columns + j] as number);
    }
  for (let i = 0; i < columns; i++)
    for (let j = 0; j < i; j++) covariance[j * columns + i] = covariance[i * columns + j] as number;
  return { centred, covariance };
}

/** Eigenvectors of the `count` largest eigenvalues of a symmetric, positive semi-definite [n, n]. */
function largestEigenvectors(matrix: Float64Array, n: number, count: number) {
  const width = Math.min(n, count + SPARE);
  // Any start that is not orthogonal to what is looked for will do; this one is the same every time.
  let basis = orthonormal(
    Array.from({ length: width }, (_, k) => Float64Array.from({ length: n }, (_, i) => Math.sin(1 + i * (k + 1.37)))),
  );
  let values: number[] = [];
  for (let round = 0; round < MAX_ROUNDS; round++) {
    const images = basis.map((vector) => times(matrix, n, vector));
    const { values: found, vectors } = jacobi(basis.map((v) => images.map((image) => dot(v, image))));
    const change = found.slice(0, count).map((value, k) => Math.abs(value - (values[k] ?? 0)));
    values = found;
    basis = orthonormal(vectors.map((mix) => combine(mix, images)));
    if (Math.max(...change) <= TOLERANCE * Math.max(values[0] ?? 0, Number.MIN_VALUE)) break;
  }
  return { values: values.slice(0, count), vectors: basis.slice(0, count) };
}

const dot = (a: Float64Array, b: Float64Array): number => a.reduce((sum, x, i) => sum + x * (b[i] as number), 0);

function times(matrix: Float64Array, n: number, vector: Float64Array): Float64Array {
  const result = new Float64Array(n);
  for (let i = 0; i < n; i++) {
    let sum = 0;
    for (let j = 0; j < n; j++) sum += (matrix[i * n + j] as number) * (vector[j] as number);
    result[i] = sum;
  }
  return result;
}

function combine(shares: readonly number[], vectors: readonly Float64Array[]): Float64Array {
  const result = new Float64Array(vectors[0]?.length ?? 0);
  vectors.forEach((vector, k) => {
    for (let i = 0; i < result.length; i++) result[i] += (shares[k] as number) * (vector[i] as number);
  });
  return result;
}

/** Gram-Schmidt, twice over for accuracy. What vanishes, as in a table of low rank, becomes zero. */
function orthonormal(vectors: readonly Float64Array[]): Float64Array[] {
  const basis: Float64Array[] = [];
  for (const vector of vectors) {
    const next = vector.slice();
    const before = Math.sqrt(dot(next, next));
    for (let pass = 0; pass < 2; pass++)
      for (const other of basis) {
        const along = dot(next, other);
        for (let i = 0; i < next.length; i++) next[i] -= along * (other[i] as number);
      }
    const length = Math.sqrt(dot(next, next));
    const isLeft = length > 1e-14 * before && length > 0;
    basis.push(isLeft ? next.map((x) => x / length) : next.fill(0));
  }
  return basis;
}

/** All eigenvalues, largest first, and eigenvectors of a small symmetric matrix by cyclic Jacobi rotations. */
export function jacobi(matrix: readonly (readonly number[])[]): { values: number[]; vectors: number[][] } {
  const n = matrix.length;
  const a = matrix.map((row) => [...row]);
  const v = a.map((_, i) => a.map((_, j) => (i === j ? 1 : 0)));
  const at = (rows: number[][], i: number): number[] => rows[i] as number[];
  for (let sweep = 0; sweep < 60; sweep++) {
    let off = 0;
    let whole = 0;
    for (let i = 0; i < n; i++)
      for (let j = 0; j < n; j++) {
        whole += (at(a, i)[j] as number) ** 2;
        if (i !== j) off += (at(a, i)[j] as number) ** 2;
      }
    if (off <= 1e-30 * whole) break;
    for (let p = 0; p < n; p++)
      for (let q = p + 1; q < n; q++) {
        const apq = at(a, p)[q] as number;
        if (apq === 0) continue;
        const theta = ((at(a, q)[q] as number) - (at(a, p)[p] as number)) / (2 * apq);
        const t = (theta >= 0 ? 1 : -1) / (Math.abs(theta) + Math.hypot(theta, 1));
        const c = 1 / Math.hypot(t, 1);
        const s = t * c;
        for (let k = 0; k < n; k++) {
          const [akp, akq] = [at(a, k)[p] as number, at(a, k)[q] as number];
          at(a, k)[p] = c * akp - s * akq;
          at(a, k)[q] = s * akp + c * akq;
        }
        for (let k = 0; k < n; k++) {
          const [apk, aqk] = [at(a, p)[k] as number, at(a, q)[k] as number];
          at(a, p)[k] = c * apk - s * aqk;
          at(a, q)[k] = s * apk + c * aqk;
          const [vkp, vkq] = [at(v, k)[p] as number, at(v, k)[q] as number];
          at(v, k)[p] = c * vkp - s * vkq;
          at(v, k)[q] = s * vkp + c * vkq;
        }
      }
  }
  const order = a.map((_, i) => i).sort((i, j) => (at(a, j)[j] as number) - (at(a, i)[i] as number));
  return {
    values: order.map((i) => at(a, i)[i] as number),
    vectors: order.map((i) => v.map((row) => row[i] as number)),
  };
}

/**
 * Turns or mirrors points [n, 2] about the origin so that they come as near to others [n, 2] as they can: orthogonal Procrustes
 * (Schönemann 1966), in two dimensions a closed form.
 */
export function alignPlane(points: Float64Array, others: ArrayLike<number>): Float64Array {
  let [a, b, c, d] = [0, 0, 0, 0];
  for (let i = 0; i < points.length; i += 2) {
    const [x, y] = [points[i] as number, points[i + 1] as number];
    const [u, v] = [others[i] as number, others[i + 1] as number];
    a += x * u;
    b += x * v;
    c += y * u;
    d += y * v;
  }
  // The trace of R'M is largest over rotations at hypot(a + d, b - c), over reflections at hypot(a - d, b + c).
  const isMirrored = Math.hypot(a - d, b + c) > Math.hypot(a + d, b - c);
  const angle = isMirrored ? Math.atan2(b + c, a - d) : Math.atan2(b - c, a + d);
  const [cos, sin] = [Math.cos(angle), Math.sin(angle)];
  const turned = new Float64Array(points.length);
  for (let i = 0; i < points.length; i += 2) {
    const [x, y] = [points[i] as number, points[i + 1] as number];
    turned[i] = isMirrored ? cos * x + sin * y : cos * x - sin * y;
    turned[i + 1] = isMirrored ? sin * x - cos * y : sin * x + cos * y;
  }
  return turned;
}
