/** Checkpoints in the safetensors layout, with PyTorch's parameter names, and what is needed to use them as metadata. */

import type { Corpus } from '../data/corpus.ts';
import { CheckpointFormatError } from '../lib/errors.ts';
import type { Config } from '../model/config.ts';
import type { ParameterSpec } from '../model/parameters.ts';

export interface SavedTensor {
  readonly shape: readonly number[];
  readonly data: Float32Array;
}

export interface Safetensors {
  readonly metadata: Readonly<Record<string, string>>;
  readonly tensors: Readonly<Record<string, SavedTensor>>;
}

interface HeaderEntry {
  readonly dtype: string;
  readonly shape: readonly number[];
  readonly data_offsets: readonly [number, number];
}

const LENGTH_BYTES = 8;
const MAX_HEADER_BYTES = 1 << 20;

/** Bytes of the format: header length as u64, JSON header padded to 8 bytes, little-endian float32 data. */
export function encodeSafetensors({ metadata, tensors }: Safetensors): Uint8Array<ArrayBuffer> {
  const header: Record<string, HeaderEntry | Readonly<Record<string, string>>> = { __metadata__: metadata };
  let end = 0;
  for (const [name, { shape, data }] of Object.entries(tensors)) {
    header[name] = { dtype: 'F32', shape, data_offsets: [end, end + data.byteLength] };
    end += data.byteLength;
  }
  const text = new TextEncoder().encode(JSON.stringify(header));
  const headerBytes = Math.ceil(text.length / 8) * 8;
  const bytes = new Uint8Array(LENGTH_BYTES + headerBytes + end);
  const view = new DataView(bytes.buffer);
  view.setBigUint64(0, BigInt(headerBytes), true);
  bytes.fill(0x20, LENGTH_BYTES, LENGTH_BYTES + headerBytes);
  bytes.set(text, LENGTH_BYTES);
  let offset = LENGTH_BYTES + headerBytes;
  for (const { data } of Object.values(tensors))
    for (const value of data) {
      view.setFloat32(offset, value, true);
      offset += 4;
    }
  return bytes;
}

/** Reads what `encodeSafetensors` writes. @throws CheckpointFormatError when header, offsets or values can't be right */
export function decodeSafetensors(bytes: Uint8Array): Safetensors {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (bytes.length < LENGTH_BYTES) throw new CheckpointFormatError(`checkpoint: ${bytes.length} bytes are too short`);
  const headerBytes = Number(view.getBigUint64(0, true));
  const start = LENGTH_BYTES + headerBytes;
  if (headerBytes > MAX_HEADER_BYTES || start > bytes.length)
    throw new CheckpointFormatError(`checkpoint: a header of ${headerBytes} bytes does not fit the file`);
  let header: Record<string, unknown>;
  try {
    header = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes.subarray(LENGTH_BYTES, start)));
  } catch {
    throw new CheckpointFormatError('checkpoint: the header is not JSON');
  }
  if (typeof header !== 'object' || header === null || Array.isArray(header))
    throw new CheckpointFormatError('checkpoint: the header is not an object');
  const metadata: Record<string, string> = {};
  for (const [key, value] of Object.entries(header.__metadata__ ?? {}))
    if (typeof value === 'string') metadata[key] = value;
  const tensors: Record<string, SavedTensor> = {};
  let end = 0;
  for (const [name, entry] of Object.entries(header)) {
    if (name === '__metadata__') continue;
    const { shape, from, to } = checkEntry(name, entry, end, bytes.length - start);
    const data = Float32Array.from({ length: (to - from) / 4 }, (_, i) => view.getFloat32(start + from + 4 * i, true));
    if (!data.every(Number.isFinite))
      throw new CheckpointFormatError(`checkpoint: ${name} holds a value that is not finite`);
    tensors[name] = { shape, data };
    end = to;
  }
  return { metadata, tensors };
}

function checkEntry(name: string, entry: unknown, expectedStart: number, dataBytes: number) {
  const { dtype, shape, data_offsets: offsets } = (entry ?? {}) as Partial<HeaderEntry>;
  if (dtype !== 'F32') throw new CheckpointFormatError(`checkpoint: ${name} expected dtype F32, got ${String(dtype)}`);
  const isShape = Array.isArray(shape) && shape.every((size) => Number.isInteger(size) && size >= 0);
  const isRange = Array.isArray(offsets) && offsets.length === 2 && offsets.every(Number.isInteger);
  if (!isShape || !isRange) throw new CheckpointFormatError(`checkpoint: ${name} has no shape or no data_offsets`);
  const [from, to] = offsets as [number, number];
  const bytes = (shape as number[]).reduce((product, size) => product * size, 4);
  if (from !== expectedStart || to - from !== bytes || to > dataBytes)
    throw new CheckpointFormatError(
      `checkpoint: ${name} expected ${bytes} bytes at ${expectedStart}, got ${from} to ${to}`,
    );
  return { shape: shape as number[], from, to };
}

/** The checkpoint of a run: weights as float32, and settings, vocabularies and step as metadata. */
export function encodeCheckpoint(
  config: Config,
  corpus: Corpus,
  step: number,
  specs: readonly ParameterSpec[],
  parameters: Readonly<Record<string, ArrayLike<number>>>,
): Uint8Array<ArrayBuffer> {
  return encodeSafetensors({
    metadata: {
      format: 'pt',
      heed_config: JSON.stringify(config),
      heed_step: String(step),
      heed_has_end_symbol: String(corpus.hasEndSymbol),
      heed_source_tokens: JSON.stringify(corpus.sourceVocabulary.tokens),
      heed_target_tokens: JSON.stringify(corpus.targetVocabulary.tokens),
    },
    tensors: Object.fromEntries(
      specs.map(({ name, shape }) => [name, { shape, data: Float32Array.from(parameters[name] ?? []) }]),
    ),
  });
}
