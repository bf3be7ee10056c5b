/** The tensors of a plan in GPU buffers: one buffer each, or one for all of a type where the row machine has to reach them. */

import type { BufferLedger } from '../gpu/buffers.ts';
import { ShapeError } from '../lib/errors.ts';
import { type Program, standsAlone, type TensorSpec } from './program.ts';

const BYTES = 4;
/** `minStorageBufferOffsetAlignment` of the default limits. */
const ALIGNMENT = 256;
const USAGE = 0x80 | 0x4 | 0x8; // STORAGE | COPY_SRC | COPY_DST: their names exist in browsers only

export interface TensorBuffer {
  readonly spec: TensorSpec;
  readonly buffer: GPUBuffer;
  /** First byte of the tensor in its buffer. */
  readonly start: number;
  /** Whether other tensors share the buffer. */
  readonly isPooled: boolean;
}

export const tensorBytes = (spec: TensorSpec): number => spec.length * BYTES;

/** First element of a tensor in its buffer. */
export const firstElement = ({ start }: TensorBuffer): number => start / BYTES;

const pooledBytes = (spec: TensorSpec): number => Math.ceil(tensorBytes(spec) / ALIGNMENT) * ALIGNMENT;

/** Bytes of a pool, rounded up so that plans of similar sizes have pools of the same size, and with it the same kernels. */
const roundedPool = (bytes: number): number => 2 ** Math.ceil(Math.log2(Math.max(ALIGNMENT, bytes)));

const poolOf = (program: Program, type: TensorSpec['type']): TensorSpec[] =>
  [...program.tensors.values()].filter((spec) => !standsAlone(spec) && spec.type === type);

/** Bytes of the buffer that holds all of a plan's own tensors of a type. */
export const poolBytes = (program: Program, type: TensorSpec['type'] = 'f32'): number =>
  roundedPool(poolOf(program, type).reduce((total, spec) => total + pooledBytes(spec), 0));

/**
 * Buffers for all tensors of a program. Those of `shared` tensors are taken from, and added to, the map of the executor.
 * @throws ShapeError when a shared tensor has another length there
 */
export function allocateTensors(
  program: Program,
  ledger: BufferLedger,
  shared: Map<string, TensorBuffer>,
  own: GPUBuffer[],
  isPooled: boolean,
): Map<string, TensorBuffer> {
  const tensors = new Map<string, TensorBuffer>();
  for (const spec of program.tensors.values()) {
    if (spec.role !== 'shared') continue;
    const known = shared.get(spec.name);
    if (known && known.spec.length !== spec.length)
      throw new ShapeError(
        `${program.name}: shared ${spec.name} has ${known.spec.length} elements, not ${spec.length}`,
      );
    const tensor = known ?? {
      spec,
      buffer: ledger.create(spec.name, tensorBytes(spec), USAGE),
      start: 0,
      isPooled: false,
    };
    shared.set(spec.name, tensor);
    tensors.set(spec.name, tensor);
  }
  const addOwn = (spec: TensorSpec): void => {
    const buffer = ledger.create(spec.name, tensorBytes(spec), USAGE);
    own.push(buffer);
    tensors.set(spec.name, { spec, buffer, start: 0, isPooled: false });
  };
  for (const spec of program.tensors.values()) if (spec.role !== 'shared' && standsAlone(spec)) addOwn(spec);
  for (const type of ['f32', 'u32'] as const) {
    const pool = poolOf(program, type);
    if (!isPooled) {
      pool.forEach(addOwn);
      continue;
    }
    const buffer = ledger.create(`${program.name}.${type}`, poolBytes(program, type), USAGE);
    own.push(buffer);
    let start = 0;
    for (const spec of pool) {
      tensors.set(spec.name, { spec, buffer, start, isPooled });
      start += pooledBytes(spec);
    }
  }
  return tensors;
}
