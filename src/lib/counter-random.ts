/** Counter-based random numbers, the same integers as `shaders/lib/random.wgsl` draws. */

/** PCG-RXS-M-XS hash of 32 bits; Jarzynski & Olano 2020, "Hash Functions for GPU Rendering". */
export function pcg(value: number): number {
  const state = (Math.imul(value, 747796405) + 2891336453) >>> 0;
  const word = Math.imul(((state >>> ((state >>> 28) + 4)) ^ state) >>> 0, 277803737) >>> 0;
  return ((word >>> 22) ^ word) >>> 0;
}

/** Uniform in [0, 1) with 24 random bits, for an index within a draw `salt` of a step of a seeded run. */
export function uniformRandom(seed: number, step: number, salt: number, index: number): number {
  const bits = pcg((index ^ pcg((salt ^ pcg((step ^ pcg(seed)) >>> 0)) >>> 0)) >>> 0);
  return (bits >>> 8) / 16777216;
}
