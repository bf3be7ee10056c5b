import '../testing/gpu-constants.ts';
import { describe, expect, it } from 'vitest';
import { ShaderCompilationError } from '../lib/errors.ts';
import { reflectKernel, workgroupSizeOf } from './kernel.ts';

const WGSL = `struct Uniforms { count: u32, scale: f32, d_y_offset: u32 }
@group(0) @binding(3) var<uniform> uniforms: Uniforms;
@group(0) @binding(1) var<storage, read> d_y: array<f32>;
@group(0) @binding(0) var<storage, read_write> d_x: array<f32>;
@group(0) @binding(2) var<storage, read> spare: array<u32>;
fn value(i: u32) -> f32 { return uniforms.scale * d_y[uniforms.d_y_offset + i]; }
@compute @workgroup_size(64)
fn backward(@builtin(global_invocation_id) id: vec3u) { if (id.x < uniforms.count) { d_x[id.x] = value(id.x); } }
@compute @workgroup_size(64)
fn other(@builtin(global_invocation_id) id: vec3u) { d_x[id.x] = f32(spare[id.x]) + uniforms.scale; }
`;

describe('reflectKernel', () => {
  it('finds the variables that an entry point uses, through the functions it calls', () => {
    const kernel = reflectKernel(WGSL, 'backward');
    expect([...kernel.storage].sort((a, b) => a.binding - b.binding)).toEqual([
      { variable: 'd_x', binding: 0, isReadOnly: false },
      { variable: 'd_y', binding: 1, isReadOnly: true },
    ]);
    expect(
      reflectKernel(WGSL, 'other')
        .storage.map(({ variable }) => variable)
        .sort(),
    ).toEqual(['d_x', 'spare']);
  });

  it('packs uniforms by their types and offsets, and leaves the others 0', () => {
    const { uniformBinding, uniformBytes, uniformFields, packUniforms } = reflectKernel(WGSL, 'backward');
    expect({ uniformBinding, uniformBytes }).toEqual({ uniformBinding: 3, uniformBytes: 12 });
    expect([...uniformFields]).toEqual(['count', 'scale', 'd_y_offset']);
    const bytes = new DataView(packUniforms({ count: 7, scale: 0.5 }));
    expect([bytes.getUint32(0, true), bytes.getFloat32(4, true), bytes.getUint32(8, true)]).toEqual([7, 0.5, 0]);
  });

  it('says which entry point is not there', () => {
    expect(() => reflectKernel(WGSL, 'forward')).toThrow(
      new ShaderCompilationError('no entry point forward with uniforms in this WGSL'),
    );
  });
});

describe('workgroupSizeOf', () => {
  it('reads numbers and named constants, and fills up with ones', () => {
    const wgsl =
      'const LANES = 32u;\n@compute @workgroup_size(LANES, 2)\nfn run() {}\n@compute @workgroup_size(8)\nfn walk() {}';
    expect([workgroupSizeOf(wgsl, 'run'), workgroupSizeOf(wgsl, 'walk')]).toEqual([
      [32, 2, 1],
      [8, 1, 1],
    ]);
    expect(workgroupSizeOf(WGSL, 'backward')).toEqual([64, 1, 1]);
  });

  it('names an entry point that is not there', () => {
    expect(() => workgroupSizeOf(WGSL, 'forward')).toThrow(ShaderCompilationError);
  });
});
