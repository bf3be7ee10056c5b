/** A curve that never grows beyond its capacity: when it is full, neighbouring points become one bucket. */

/** A curve as it is kept: a number for each bucket in each column. */
export interface SavedSeries {
  /** Points that a full bucket holds; a power of two. */
  readonly bucketSize: number;
  /** The last x of each bucket, rising. */
  readonly x: Float64Array;
  readonly sum: Float64Array;
  readonly min: Float64Array;
  readonly max: Float64Array;
  /** Points in each bucket. */
  readonly count: Float64Array;
}

/** The same curve in at most so many buckets. */
export function coarsen(series: SavedSeries, most: number): SavedSeries {
  let { bucketSize, x, sum, min, max, count } = series;
  while (x.length > most) {
    const join = (column: Float64Array, of: (a: number, b: number) => number): Float64Array =>
      Float64Array.from({ length: Math.ceil(column.length / 2) }, (_, i) =>
        2 * i + 1 < column.length ? of(column[2 * i], column[2 * i + 1]) : column[2 * i],
      );
    const add = (a: number, b: number): number => a + b;
    [x, sum, min, max, count] = [
      join(x, (_, b) => b),
      join(sum, add),
      join(min, Math.min),
      join(max, Math.max),
      join(count, add),
    ];
    bucketSize *= 2;
  }
  return { bucketSize, x, sum, min, max, count };
}

/** Mean, least and greatest value of consecutive points, whatever the length of the run. */
export class Series {
  readonly #capacity: number;
  readonly #x: Float64Array;
  readonly #sum: Float64Array;
  readonly #min: Float64Array;
  readonly #max: Float64Array;
  readonly #count: Float64Array;
  #length = 0;
  /** Points that a full bucket holds. */
  #bucketSize = 1;

  /** @param capacity - even number of buckets; memory and drawing time depend on it alone */
  constructor(capacity = 1024) {
    this.#capacity = capacity;
    this.#x = new Float64Array(capacity);
    this.#sum = new Float64Array(capacity);
    this.#min = new Float64Array(capacity);
    this.#max = new Float64Array(capacity);
    this.#count = new Float64Array(capacity);
  }

  /** Adds a point to the right of all others; a value that is not finite leaves a curve as it is. */
  push(x: number, y: number): void {
    if (!Number.isFinite(y)) return;
    const last = this.#length - 1;
    if (last >= 0 && this.#count[last] < this.#bucketSize) {
      this.#x[last] = x;
      this.#sum[last] += y;
      this.#min[last] = Math.min(this.#min[last], y);
      this.#max[last] = Math.max(this.#max[last], y);
      this.#count[last] += 1;
      return;
    }
    if (this.#length === this.#capacity) this.#halve();
    this.#begin(x, y);
  }

  /** A new bucket of one point. */
  #begin(x: number, y: number): void {
    const next = this.#length++;
    this.#x[next] = x;
    this.#sum[next] = y;
    this.#min[next] = y;
    this.#max[next] = y;
    this.#count[next] = 1;
  }

  /** The newest bucket becomes this one point; the first one where there is none. A value that is not finite changes nothing. */
  amend(x: number, y: number): void {
    if (!Number.isFinite(y)) return;
    this.#length = Math.max(0, this.#length - 1);
    this.#begin(x, y);
  }

  clear(): void {
    this.#length = 0;
    this.#bucketSize = 1;
  }

  /** A copy of everything. */
  save(): SavedSeries {
    const n = this.#length;
    return {
      bucketSize: this.#bucketSize,
      x: this.#x.slice(0, n),
      sum: this.#sum.slice(0, n),
      min: this.#min.slice(0, n),
      max: this.#max.slice(0, n),
      count: this.#count.slice(0, n),
    };
  }

  /** Takes the place of what there was; buckets beyond the capacity are left out. */
  load({ bucketSize, x, sum, min, max, count }: SavedSeries): void {
    const n = Math.min(this.#capacity, x.length);
    for (const [column, values] of [
      [this.#x, x],
      [this.#sum, sum],
      [this.#min, min],
      [this.#max, max],
      [this.#count, count],
    ] as const)
      column.set(values.subarray(0, n));
    this.#length = n;
    this.#bucketSize = bucketSize;
  }

  get length(): number {
    return this.#length;
  }
  x(index: number): number {
    return this.#x[index];
  }
  mean(index: number): number {
    return this.#sum[index] / this.#count[index];
  }
  min(index: number): number {
    return this.#min[index];
  }
  max(index: number): number {
    return this.#max[index];
  }

  #halve(): void {
    const half = this.#capacity / 2;
    for (let i = 0; i < half; i++) {
      const [a, b] = [2 * i, 2 * i + 1];
      this.#x[i] = this.#x[b];
      this.#sum[i] = this.#sum[a] + this.#sum[b];
      this.#min[i] = Math.min(this.#min[a], this.#min[b]);
      this.#max[i] = Math.max(this.#max[a], this.#max[b]);
      this.#count[i] = this.#count[a] + this.#count[b];
    }
    this.#length = half;
    this.#bucketSize *= 2;
  }
}
