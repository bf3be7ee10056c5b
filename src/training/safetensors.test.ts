import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CheckpointFormatError } from '../lib/errors.ts';
import { decodeSafetensors, encodeSafetensors } from './safetensors.ts';

const example = {
  metadata: { format: 'pt', heed_step: '12' },
  tensors: {
    'encoder.embedding.weight': { shape: [2, 3], data: Float32Array.of(1, -2, 3.5, 0, -0.25, 1e-20) },
    'output.bias': { shape: [1], data: Float32Array.of(7) },
  },
};

describe('safetensors', () => {
  it('come back as they went in', () => {
    expect(decodeSafetensors(encodeSafetensors(example))).toEqual(example);
  });

  it('begin with the length of a header that is padded to eight bytes and holds the offsets', () => {
    const bytes = encodeSafetensors(example);
    const length = Number(new DataView(bytes.buffer).getBigUint64(0, true));
    expect(length % 8).toBe(0);
    const header = JSON.parse(new TextDecoder().decode(bytes.subarray(8, 8 + length)));
    expect(header['output.bias']).toEqual({ dtype: 'F32', shape: [1], data_offsets: [24, 28] });
    expect(bytes.length).toBe(8 + length + 28);
  });

  it('are refused with a typed error when they are cut short', () => {
    const bytes = encodeSafetensors(example);
    for (const length of [0, 7, 8, 40, bytes.length - 1])
      expect(() => decodeSafetensors(bytes.subarray(0, length))).toThrow(CheckpointFormatError);
  });

  it('are refused when a value is not finite', () => {
    const data = Float32Array.of(Number.NaN);
    expect(() => decodeSafetensors(encodeSafetensors({ metadata: {}, tensors: { x: { shape: [1], data } } }))).toThrow(
      'x holds a value that is not finite',
    );
  });

  it('never throw anything but a typed error, whatever byte is changed', () => {
    const bytes = encodeSafetensors(example);
    fc.assert(
      fc.property(fc.nat(bytes.length - 1), fc.integer({ min: 0, max: 255 }), (at, value) => {
        const changed = bytes.slice();
        changed[at] = value;
        try {
          decodeSafetensors(changed);
        } catch (error) {
          expect(error).toBeInstanceOf(CheckpointFormatError);
        }
      }),
      { numRuns: 500, seed: 1 },
    );
  });
});
