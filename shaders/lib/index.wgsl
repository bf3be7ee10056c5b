// Position of an invocation in a one-dimensional launch that may be folded over y.

fn flat_index(id: vec3u, groups: vec3u, size: u32) -> u32 {
  return id.x + id.y * groups.x * size;
}
