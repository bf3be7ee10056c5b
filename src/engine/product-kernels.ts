/**
 * Plain matrix products C[m, n] = Σ_k A[m, k] B[k, n] in WGSL, with the sizes written in: how fast a device multiplies when
 * nothing else is asked of it. They are the yardstick of the benchmark and of the machine room's roofline; no plan uses them.
 */

/** Sizes that every tile below divides. */
export interface ProductShape {
  readonly m: number;
  readonly n: number;
  readonly k: number;
}

export interface ProductKernel {
  readonly name: string;
  readonly wgsl: string;
  readonly workgroups: readonly [number, number];
}

export type KernelOf = (shape: ProductShape) => ProductKernel;

const range = (count: number): number[] => Array.from({ length: count }, (_, i) => i);
const lines = (count: number, line: (i: number) => string): string => range(count).map(line).join('\n  ');

function header({ m, n, k }: ProductShape, a: string, b: string): string {
  const length = (type: string, count: number) => (type === 'vec4f' ? count / 4 : count);
  return `@group(0) @binding(0) var<storage, read> a: array<${a}, ${length(a, m * k)}>;
@group(0) @binding(1) var<storage, read> b: array<${b}, ${length(b, k * n)}>;
@group(0) @binding(2) var<storage, read_write> c: array<${b}, ${length(b, m * n)}>;`;
}

/** An invocation holds 8 rows by 8 columns in registers; no workgroup memory, so that it suits any adapter. */
export const registerProduct: KernelOf = (shape) => {
  const { m, n, k } = shape;
  const [width, height] = [8, 2];
  const row = (i: number) => `a[((row + ${i}u) * ${k}u + k) / 4u]`;
  return {
    name: 'registers 8×8',
    workgroups: [n / (8 * width), m / (8 * height)],
    wgsl: `${header(shape, 'vec4f', 'vec4f')}
@compute @workgroup_size(${width}, ${height})
fn main(@builtin(global_invocation_id) id: vec3u) {
  let row = id.y * 8u;
  let column = id.x * 2u;
  ${lines(8, (i) => `var l${i} = vec4f(); var h${i} = vec4f();`)}
  for (var k = 0u; k < ${k}u; k += 4u) {
  ${lines(8, (i) => `let a${i} = ${row(i)};`)}
  ${range(4)
    .map((x) => {
      const at = `(k + ${x}u) * ${n / 4}u + column`;
      const part = 'xyzw'[x];
      return `{ let low = b[${at}]; let high = b[${at} + 1u];
  ${lines(8, (i) => `l${i} += a${i}.${part} * low; h${i} += a${i}.${part} * high;`)} }`;
    })
    .join('\n  ')}
  }
  ${lines(8, (i) => `c[(row + ${i}u) * ${n / 4}u + column] = l${i}; c[(row + ${i}u) * ${n / 4}u + column + 1u] = h${i};`)}
}`,
  };
};

/** An invocation holds 16 rows by 4 columns; the four of a quad load a quarter of A each and swap. Needs subgroups. */
export const quadProduct: KernelOf = (shape) => {
  const { m, n, k } = shape;
  const [width, height] = [8, 2];
  const swaps = ['', 'quadSwapX', 'quadSwapY', 'quadSwapDiagonal'];
  return {
    name: 'quad 16×4',
    workgroups: [n / (4 * width), m / (16 * height)],
    wgsl: `enable subgroups;
${header(shape, 'f32', 'f32')}
@compute @workgroup_size(${width}, ${height})
fn main(
  @builtin(local_invocation_id) local: vec3u,
  @builtin(workgroup_id) group: vec3u,
  @builtin(subgroup_invocation_id) lane: u32,
) {
  let row = (group.y * ${height}u + local.y) * 16u;
  let column = group.x * ${4 * width}u + local.x;
  let quad_lane = lane & 3u;
  ${lines(64, (i) => `var c${i} = 0.0;`)}
  for (var k = 0u; k < ${k}u; k += 4u) {
  ${lines(16, (i) => `let a${i} = a[(row + ${i}u) * ${k}u + k + quad_lane];`)}
  ${range(4)
    .map(
      (x) => `{ let at = (k + (quad_lane ^ ${x}u)) * ${n}u + column;
  ${lines(4, (j) => `let b${j} = b[at + ${j * width}u];`)}
  ${lines(
    16,
    (i) =>
      `let v${i} = ${swaps[x]}(a${i}); ${range(4)
        .map((j) => `c${4 * i + j} += v${i} * b${j};`)
        .join(' ')}`,
  )} }`,
    )
    .join('\n  ')}
  }
  ${lines(64, (p) => `c[(row + ${p >> 2}u) * ${n}u + column + ${(p & 3) * width}u] = c${p};`)}
}`,
  };
};

/** A workgroup keeps tiles of `tile` rows and columns of both factors in its memory, an invocation 8 by 8 outputs. */
const tiledProduct =
  (tile: number): KernelOf =>
  (shape) => {
    const { m, n, k } = shape;
    const depth = 16;
    const width = tile / 8;
    const invocations = width * width;
    const aLoads = (tile * depth) / invocations;
    const bLoads = (tile * depth) / 4 / invocations;
    return {
      name: `workgroup tile ${tile}×${tile}`,
      workgroups: [n / tile, m / tile],
      wgsl: `${header(shape, 'f32', 'vec4f')}
var<workgroup> a_tile: array<f32, ${tile * depth}>;
var<workgroup> b_tile: array<vec4f, ${(tile * depth) / 4}>;
@compute @workgroup_size(${width}, ${width})
fn main(
  @builtin(local_invocation_id) local: vec3u,
  @builtin(local_invocation_index) index: u32,
  @builtin(workgroup_id) group: vec3u,
) {
  let row = group.y * ${tile}u;
  let column = group.x * ${tile / 4}u;
  ${lines(8, (i) => `var l${i} = vec4f(); var h${i} = vec4f();`)}
  for (var start = 0u; start < ${k}u; start += ${depth}u) {
    for (var load = 0u; load < ${aLoads}u; load++) {
      let at = index + load * ${invocations}u;
      a_tile[(at % ${depth}u) * ${tile}u + at / ${depth}u] = a[(row + at / ${depth}u) * ${k}u + start + at % ${depth}u];
    }
    for (var load = 0u; load < ${bLoads}u; load++) {
      let at = index + load * ${invocations}u;
      b_tile[at] = b[(start + at / ${tile / 4}u) * ${n / 4}u + column + at % ${tile / 4}u];
    }
    workgroupBarrier();
    for (var k = 0u; k < ${depth}u; k++) {
      let low = b_tile[k * ${tile / 4}u + local.x];
      let high = b_tile[k * ${tile / 4}u + local.x + ${width}u];
      let at = k * ${tile}u + local.y * 8u;
      ${lines(8, (i) => `let a${i} = a_tile[at + ${i}u]; l${i} += a${i} * low; h${i} += a${i} * high;`)}
    }
    workgroupBarrier();
  }
  ${lines(8, (i) => {
    const at = `(row + local.y * 8u + ${i}u) * ${n / 4}u + column + local.x`;
    return `c[${at}] = l${i}; c[${at} + ${width}u] = h${i};`;
  })}
}`,
    };
  };

/** What is tried on a device. The larger tile takes software adapters seconds to compile and is their slowest. */
export const productKernels = (hasQuads: boolean, isSoftware: boolean): readonly KernelOf[] => [
  registerProduct,
  ...(hasQuads ? [quadProduct] : []),
  tiledProduct(64),
  ...(isSoftware ? [] : [tiledProduct(128)]),
];
