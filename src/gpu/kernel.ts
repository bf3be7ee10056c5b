/** What a WGSL entry point binds, read from the WGSL itself: variables by name, and the layout of its uniform struct. */

import { makeShaderDataDefinitions, makeStructuredView, type ShaderDataDefinitions } from 'webgpu-utils';
import { ShaderCompilationError } from '../lib/errors.ts';

export interface StorageBinding {
  readonly variable: string;
  readonly binding: number;
  readonly isReadOnly: boolean;
}

export interface Kernel {
  readonly wgsl: string;
  readonly entry: string;
  readonly uniformBinding: number;
  readonly uniformBytes: number;
  readonly uniformFields: ReadonlySet<string>;
  readonly storage: readonly StorageBinding[];
  /** The bytes of the uniform struct with the given fields set; fields that are not given are 0. */
  packUniforms(values: Readonly<Record<string, number>>): ArrayBuffer;
}

const definitions = new Map<string, ShaderDataDefinitions>();

/** Reflects an entry point. @throws ShaderCompilationError when it is not there or has no `uniforms` */
export function reflectKernel(wgsl: string, entry: string): Kernel {
  let defs = definitions.get(wgsl);
  if (!defs) {
    defs = makeShaderDataDefinitions(wgsl);
    definitions.set(wgsl, defs);
  }
  const resources = defs.entryPoints[entry]?.resources;
  const uniforms = defs.uniforms.uniforms;
  if (!resources || !uniforms) throw new ShaderCompilationError(`no entry point ${entry} with uniforms in this WGSL`);
  const storage: StorageBinding[] = [];
  for (const { name, entry: layout } of resources) {
    const type = layout.buffer?.type;
    if (type !== 'storage' && type !== 'read-only-storage') continue;
    storage.push({ variable: name, binding: layout.binding, isReadOnly: type === 'read-only-storage' });
  }
  return {
    wgsl,
    entry,
    uniformBinding: uniforms.binding,
    uniformBytes: uniforms.size,
    uniformFields: new Set(Object.keys((uniforms.typeDefinition as { fields?: object }).fields ?? {})),
    storage,
    packUniforms(values) {
      const view = makeStructuredView(uniforms);
      view.set(values);
      return view.arrayBuffer;
    },
  };
}

/** Constants that name a number in WGSL. */
const CONSTANT = /const (\w+)(?:\s*:\s*\w+)?\s*=\s*(\d+)[ui]?\s*;/g;

/**
 * The workgroup size of an entry point, from its attribute; dimensions that are not given are 1.
 * @throws ShaderCompilationError for an entry point that is not there, or a size that is no number and no named constant
 */
export function workgroupSizeOf(wgsl: string, entry: string): [number, number, number] {
  const constants = new Map([...wgsl.matchAll(CONSTANT)].map(([, name, value]) => [name as string, Number(value)]));
  const size = new RegExp(`@workgroup_size\\(([^)]*)\\)[^@]*?fn ${entry}\\b`).exec(wgsl)?.[1];
  const given = (size ?? '').split(',').map((text) => text.trim());
  const numbers = given.map((text) => constants.get(text) ?? Number.parseInt(text, 10));
  if (numbers.some((value) => !(value >= 1)))
    throw new ShaderCompilationError(`no entry point ${entry} with a workgroup size in this WGSL`);
  return [numbers[0] as number, numbers[1] ?? 1, numbers[2] ?? 1];
}
