/** Half-precision floats (IEEE 754 binary16) as their bits: browsers have had `Float16Array` for a shorter time than WebGPU. */

const FLOAT = new Float32Array(1);
const BITS = new Uint32Array(FLOAT.buffer);

/** Adding 2^-1 and its like to a float32 leaves the bits of a subnormal half in its last places, rounded to even. */
const SUBNORMAL_MAGIC = 0.5;
const SMALLEST_NORMAL = 0x38800000;
/** 65520: from here on the nearest half is infinite. */
const OVERFLOW = 0x477ff000;
const INFINITY = 0x7f800000;

/** The bits of the half nearest to a number, ties to even. */
export function toHalf(value: number): number {
  FLOAT[0] = value;
  const bits = BITS[0];
  const sign = (bits >>> 16) & 0x8000;
  const size = bits & 0x7fffffff;
  if (size > INFINITY) return sign | 0x7e00;
  if (size >= OVERFLOW) return sign | 0x7c00;
  if (size < SMALLEST_NORMAL) {
    BITS[0] = size;
    FLOAT[0] = FLOAT[0] + SUBNORMAL_MAGIC;
    return sign | (BITS[0] & 0x7ff);
  }
  // Half of the last place that stays, and one more where that place is odd.
  return sign | ((size + 0xfff + ((size >>> 13) & 1) - (112 << 23)) >>> 13);
}

/** The number that the bits of a half stand for. */
export function fromHalf(bits: number): number {
  const sign = bits & 0x8000 ? -1 : 1;
  const exponent = (bits >>> 10) & 0x1f;
  const fraction = bits & 0x3ff;
  if (exponent === 0) return sign * fraction * 2 ** -24;
  if (exponent === 0x1f) return fraction ? Number.NaN : sign * Number.POSITIVE_INFINITY;
  return sign * (1024 + fraction) * 2 ** (exponent - 25);
}
