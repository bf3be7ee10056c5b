/** What `dot` reads: plain or typed numbers. */
type Numbers = Float64Array | Float32Array | Uint32Array;

/** Σ_k a[i + k] b[j + k] over n terms, in four partial sums so that no addition waits for the one before it. */
export function dot(a: Numbers, i: number, b: Numbers, j: number, n: number): number {
  let s0 = 0;
  let s1 = 0;
  let s2 = 0;
  let s3 = 0;
  let k = 0;
  for (; k + 3 < n; k += 4) {
    s0 += a[i + k] * b[j + k];
    s1 += a[i + k + 1] * b[j + k + 1];
    s2 += a[i + k + 2] * b[j + k + 2];
    s3 += a[i + k + 3] * b[j + k + 3];
  }
  for (; k < n; k++) s0 += a[i + k] * b[j + k];
  return s0 + s1 + (s2 + s3);
}
