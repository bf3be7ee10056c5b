/** The safetensors layout: header length as u64, a JSON header, raw little-endian data (huggingface/safetensors, README). */

import { CheckpointFormatError } from '../lib/errors.ts';
import { fromHalf } from '../lib/half.ts';

/** A `Uint16Array` holds the bits of half-precision floats, as `lib/half.ts` makes them; they are read as float32. */
export type SavedArray =
  | Float32Array<ArrayBuffer>
  | Float64Array<ArrayBuffer>
  | Uint16Array<ArrayBuffer>
  | Int8Array<ArrayBuffer>
  | Uint8Array<ArrayBuffer>;

export interface SavedTensor<Data extends SavedArray = SavedArray> {
  readonly shape: readonly number[];
  readonly data: Data;
}

export interface Safetensors {
  readonly metadata: Readonly<Record<string, string>>;
  readonly tensors: Readonly<Record<string, SavedTensor>>;
}

type Dtype = 'F64' | 'F32' | 'F16' | 'I8' | 'U8';
const BYTES = { F64: 8, F32: 4, F16: 2, I8: 1, U8: 1 } as const satisfies Record<Dtype, number>;
/** The widest first, so that every tensor begins at a multiple of its elements' size. */
const DTYPES = Object.keys(BYTES) as readonly Dtype[];

interface HeaderEntry {
  readonly dtype: Dtype;
  readonly shape: readonly number[];
  readonly data_offsets: readonly [number, number];
}

const LENGTH_BYTES = 8;
const MAX_HEADER_BYTES = 1 << 20;
const MAX_DIMENSIONS = 8;
/** What a file may have; the largest model with its optimizer state has a fraction of it. */
export const MAX_CHECKPOINT_BYTES = 64 << 20;

function dtypeOf(data: SavedArray): Dtype {
  if (data instanceof Float64Array) return 'F64';
  if (data instanceof Float32Array) return 'F32';
  if (data instanceof Uint16Array) return 'F16';
  return data instanceof Int8Array ? 'I8' : 'U8';
}

const fail = (message: string): never => {
  throw new CheckpointFormatError(`checkpoint: ${message}`);
};

/** Bytes of a file, the header padded to eight. @throws CheckpointFormatError where the header is too large to be read again */
export function encodeSafetensors({ metadata, tensors }: Safetensors): Uint8Array<ArrayBuffer> {
  const header: Record<string, HeaderEntry | Readonly<Record<string, string>>> = { __metadata__: metadata };
  const entries = Object.entries(tensors);
  const ordered = DTYPES.flatMap((dtype) => entries.filter(([, { data }]) => dtypeOf(data) === dtype));
  let end = 0;
  for (const [name, { shape, data }] of ordered) {
    header[name] = { dtype: dtypeOf(data), shape, data_offsets: [end, end + data.byteLength] };
    end += data.byteLength;
  }
  const text = new TextEncoder().encode(JSON.stringify(header));
  const headerBytes = Math.ceil(text.length / 8) * 8;
  if (headerBytes > MAX_HEADER_BYTES) fail(`a header of ${headerBytes} bytes is too large`);
  const bytes = new Uint8Array(LENGTH_BYTES + headerBytes + end);
  new DataView(bytes.buffer).setBigUint64(0, BigInt(headerBytes), true);
  bytes.fill(0x20, LENGTH_BYTES, LENGTH_BYTES + headerBytes);
  bytes.set(text, LENGTH_BYTES);
  let offset = LENGTH_BYTES + headerBytes;
  for (const [, { data }] of ordered) {
    // Typed arrays are little-endian wherever there is a browser with WebAssembly or WebGPU.
    bytes.set(new Uint8Array(data.buffer, data.byteOffset, data.byteLength), offset);
    offset += data.byteLength;
  }
  return bytes;
}

/**
 * Reads a file of tensors of the types F32, F64, F16, I8 and U8; half-precision floats become float32.
 * @throws CheckpointFormatError when header, types, shapes or offsets can't be right, or a value is not finite
 */
export function decodeSafetensors(bytes: Uint8Array): Safetensors {
  if (bytes.length < LENGTH_BYTES) fail(`${bytes.length} bytes are too short`);
  if (bytes.length > MAX_CHECKPOINT_BYTES) fail(`more than ${MAX_CHECKPOINT_BYTES >> 20} MB`);
  const headerBytes = Number(new DataView(bytes.buffer, bytes.byteOffset).getBigUint64(0, true));
  const start = LENGTH_BYTES + headerBytes;
  if (headerBytes > MAX_HEADER_BYTES || start > bytes.length)
    fail(`a header of ${headerBytes} bytes does not fit the file`);
  const header = readHeader(bytes.subarray(LENGTH_BYTES, start));
  const metadata: Record<string, string> = {};
  const given = Object.hasOwn(header, '__metadata__') ? header.__metadata__ : {};
  if (!isRecord(given)) return fail('the metadata is not an object');
  for (const [key, value] of Object.entries(given)) {
    if (typeof value !== 'string') fail(`the metadata '${key.slice(0, 40)}' is not a text`);
    if (key !== '__proto__') metadata[key] = value as string;
  }
  const entries = Object.entries(header)
    .filter(([name]) => name !== '__metadata__')
    .map(([name, entry]) => ({ name, ...checkEntry(name, entry) }))
    .sort((a, b) => a.from - b.from || a.to - b.to);
  const tensors: Record<string, SavedTensor> = {};
  let end = 0;
  for (const { name, dtype, shape, from, to } of entries) {
    if (from !== end) fail(`${name} expected at byte ${end}, got ${from}`);
    if (start + to > bytes.length) fail(`${name} ends at byte ${to}, beyond the file`);
    tensors[name] = { shape, data: readData(name, dtype, bytes.slice(start + from, start + to).buffer) };
    end = to;
  }
  if (start + end !== bytes.length) fail(`expected ${start + end} bytes, got ${bytes.length}`);
  return { metadata, tensors };
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

function readHeader(bytes: Uint8Array): Record<string, unknown> {
  let header: unknown;
  try {
    header = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch {
    fail('the header is not JSON');
  }
  return isRecord(header) ? header : fail('the header is not an object');
}

function checkEntry(fullName: string, entry: unknown) {
  const name = fullName.slice(0, 80);
  if (fullName === '__proto__' || fullName.length > 200) fail(`'${name}' is no name of a tensor`);
  const { dtype, shape, data_offsets: offsets } = (isRecord(entry) ? entry : {}) as Record<string, unknown>;
  if (!DTYPES.includes(dtype as Dtype))
    fail(`${name} expected dtype ${DTYPES.join(', ')}, got ${String(dtype).slice(0, 20)}`);
  const isSize = (value: unknown): boolean => Number.isSafeInteger(value) && (value as number) >= 0;
  if (!Array.isArray(shape) || shape.length > MAX_DIMENSIONS || !shape.every(isSize))
    return fail(`${name} has no shape`);
  if (!Array.isArray(offsets) || offsets.length !== 2 || !offsets.every(isSize))
    return fail(`${name} has no data_offsets`);
  const [from, to] = offsets as [number, number];
  const bytes = (shape as number[]).reduce((product, size) => product * size, BYTES[dtype as Dtype]);
  if (to - from !== bytes) fail(`${name} expected ${bytes} bytes, got ${from} to ${to}`);
  return { dtype: dtype as Dtype, shape: shape as number[], from, to };
}

function readData(name: string, dtype: Dtype, buffer: ArrayBuffer): SavedArray {
  if (dtype === 'U8') return new Uint8Array(buffer);
  if (dtype === 'I8') return new Int8Array(buffer);
  const data =
    dtype === 'F16'
      ? Float32Array.from(new Uint16Array(buffer), fromHalf)
      : dtype === 'F32'
        ? new Float32Array(buffer)
        : new Float64Array(buffer);
  for (let i = 0; i < data.length; i++)
    if (!Number.isFinite(data[i] as number)) fail(`${name} holds a value that is not finite`);
  return data;
}
