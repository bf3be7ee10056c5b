// Counter-based random numbers: the integers that `shaders/lib/random.wgsl` and `src/lib/counter-random.ts` draw.
// Scalar, since SIMD has no shift by a different count in each lane.

/** PCG-RXS-M-XS of Jarzynski & Olano 2020, "Hash Functions for GPU Rendering". */
export function pcg(value: u32): u32 {
  const state = value * 747796405 + 2891336453;
  const word = ((state >> ((state >> 28) + 4)) ^ state) * 277803737;
  return (word >> 22) ^ word;
}

/** What the draws of one call have in common, from the step's counters. */
export function drawKey(counters: usize, salt: u32): u32 {
  return pcg(salt ^ pcg(load<u32>(counters, 4) ^ pcg(load<u32>(counters))));
}

/** Uniform in [0, 1) with 24 random bits. */
export function uniformRandom(key: u32, index: u32): f32 {
  return <f32>(pcg(index ^ key) >> 8) / 16777216;
}
