import { describe, expect, it } from 'vitest';
import { decades, decoderFlow, encoderFlow, flowFactor, layersOf } from './gradient-flow.ts';

const BACKWARD = {
  source: ['a', 'b'],
  target: ['c'],
  tensors: {
    'encoder.gates.l0': { rows: 2, columns: 8, data: new Float32Array(16) },
    'encoder.gates.l0_reverse': { rows: 2, columns: 8, data: new Float32Array(16) },
    'encoder.dH.l0': {
      rows: 4,
      columns: 4,
      data: Float32Array.of(9, 9, 9, 9, 3, 4, 0, 1, 0.03, 0.04, 6, 8, 9, 9, 9, 9),
    },
    'decoder.dH': { rows: 2, columns: 2, data: Float32Array.of(9, 9, 5, 12) },
  },
};

describe('gradient size through time', () => {
  it('is the norm at each state, each direction of the encoder by itself', () => {
    expect(layersOf(BACKWARD)).toBe(1);
    const [forward, backward] = encoderFlow(BACKWARD, 0);
    expect(forward?.norms[0]).toBe(5);
    expect(forward?.norms[1]).toBeCloseTo(0.05, 6);
    expect(backward?.norms).toEqual([1, 10]);
    expect(decoderFlow(BACKWARD)).toEqual([{ direction: 'forward', norms: [13] }]);
    expect(encoderFlow(BACKWARD, 1)).toEqual([]);
  });

  it('has a factor between largest and smallest, and an axis of whole powers of ten', () => {
    const series = encoderFlow(BACKWARD, 0);
    expect(flowFactor(series)).toBeCloseTo(100, 3);
    expect(decades(series)).toEqual([-2, 1]);
    expect(decades([{ direction: 'forward', norms: [1, 1] }])).toEqual([0, 1]);
  });

  it('leaves out states that no gradient reaches', () => {
    const series = [{ direction: 'forward' as const, norms: [0, 2, 4] }];
    expect(flowFactor(series)).toBe(2);
    expect(flowFactor([{ direction: 'forward', norms: [0] }])).toBeNull();
    expect(decades([{ direction: 'forward', norms: [0] }])).toBeNull();
  });
});
