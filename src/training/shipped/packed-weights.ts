/**
 * Weights in a half or a quarter of their size: as half-precision floats, and the largest matrices, where that is still too much, as
 * whole numbers from -127 to 127 with a factor for each row.
 */

import { CheckpointFormatError } from '../../lib/errors.ts';
import { toHalf } from '../../lib/half.ts';
import type { SavedTensor } from '../safetensors.ts';

type Weights = Readonly<Record<string, SavedTensor<Float32Array<ArrayBuffer>>>>;
type Tensors = Readonly<Record<string, SavedTensor>>;

/** Before the name of a matrix: the factors of its rows, F32 [rows]. */
const FACTORS = 'heed.row_factors.';
const MOST = 127;

const rowsOf = ({ shape, data }: SavedTensor): number => (shape.length < 2 || data.length === 0 ? 1 : (shape[0] ?? 1));
const halfBytes = ({ data }: SavedTensor): number => 2 * data.length;
const quarterBytes = (tensor: SavedTensor): number => tensor.data.length + 4 * rowsOf(tensor);

/**
 * Packs weights into so many bytes, header not counted.
 * @throws RangeError where they don't fit
 */
export function packWeights(weights: Weights, budgetBytes: number): Record<string, SavedTensor> {
  const entries = Object.entries(weights);
  let bytes = entries.reduce((total, [, tensor]) => total + halfBytes(tensor), 0);
  const quarters = new Set<string>();
  for (const [name, tensor] of entries.toSorted(([, a], [, b]) => b.data.length - a.data.length)) {
    const saved = halfBytes(tensor) - quarterBytes(tensor);
    if (bytes <= budgetBytes) break;
    if (tensor.shape.length < 2 || saved <= 0) continue;
    quarters.add(name);
    bytes -= saved;
  }
  if (bytes > budgetBytes) throw new RangeError(`weights: expected at most ${budgetBytes} bytes, got ${bytes}`);
  const packed: Record<string, SavedTensor> = {};
  for (const [name, tensor] of entries) {
    if (!quarters.has(name)) packed[name] = { shape: tensor.shape, data: Uint16Array.from(tensor.data, toHalf) };
    else Object.assign(packed, quartered(name, tensor));
  }
  return packed;
}

function quartered(name: string, tensor: Weights[string]): Tensors {
  const { shape, data } = tensor;
  const rows = rowsOf(tensor);
  const columns = data.length / rows;
  const factors = new Float32Array(rows);
  const whole = new Int8Array(data.length);
  for (let r = 0; r < rows; r++) {
    const row = data.subarray(r * columns, (r + 1) * columns);
    const factor = Math.fround(row.reduce((most, value) => Math.max(most, Math.abs(value)), 0) / MOST);
    factors[r] = factor;
    for (let c = 0; c < columns && factor > 0; c++)
      whole[r * columns + c] = Math.max(-MOST, Math.min(MOST, Math.round((row[c] as number) / factor)));
  }
  return { [name]: { shape, data: whole }, [FACTORS + name]: { shape: [rows], data: factors } };
}

/** All tensors, those that were packed as float32. @throws CheckpointFormatError where factors are missing */
export function unpackWeights(tensors: Tensors): Record<string, SavedTensor> {
  const entries = Object.entries(tensors).filter(([name]) => !name.startsWith(FACTORS));
  return Object.fromEntries(entries.map(([name, tensor]) => [name, unpacked(name, tensor, tensors)]));
}

function unpacked(name: string, tensor: SavedTensor, tensors: Tensors): SavedTensor {
  const { shape, data } = tensor;
  if (!(data instanceof Int8Array)) return tensor;
  const rows = rowsOf(tensor);
  const key = FACTORS + name;
  const factors = Object.hasOwn(tensors, key) ? tensors[key]?.data : undefined;
  if (!(factors instanceof Float32Array) || factors.length !== rows)
    throw new CheckpointFormatError(`checkpoint: ${key} expected ${rows} values of dtype F32`);
  const columns = data.length / rows;
  return { shape, data: Float32Array.from(data, (value, i) => value * (factors[Math.floor(i / columns)] as number)) };
}
