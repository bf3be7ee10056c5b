// Counter-based random numbers: a hash of (seed, step, salt, index), the same integers on every device and in the reference.
// The mixing function is PCG-RXS-M-XS of Jarzynski & Olano 2020, "Hash Functions for GPU Rendering".

fn pcg(value: u32) -> u32 {
  let state = value * 747796405u + 2891336453u;
  let word = ((state >> ((state >> 28u) + 4u)) ^ state) * 277803737u;
  return (word >> 22u) ^ word;
}

// Uniform in [0, 1) with 24 random bits.
fn uniform_random(seed: u32, step: u32, salt: u32, index: u32) -> f32 {
  let bits = pcg(index ^ pcg(salt ^ pcg(step ^ pcg(seed))));
  return f32(bits >> 8u) / 16777216.0;
}
