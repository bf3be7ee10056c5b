import { describe, expect, it } from 'vitest';
import { ShapeError } from '../lib/errors.ts';
import { createRandom } from '../lib/random.ts';
import { shapeOfCase } from '../testing/case-file.ts';
import { GOLDEN_CASES } from '../testing/golden.ts';
import { tinyShape } from '../testing/tiny-models.ts';
import { initialParameters, ParameterLayout, parameterSpecs } from './parameters.ts';

const names = (...changes: Parameters<typeof tinyShape>) =>
  parameterSpecs(tinyShape(...changes)).map(({ name }) => name);

describe('the parameters of a model', () => {
  it.each(GOLDEN_CASES.map((file) => [file.name, file] as const))(
    'have PyTorch’s names, order and shapes: %s',
    (_, file) => {
      const specs = parameterSpecs(shapeOfCase(file));
      expect(specs.map(({ name, shape }) => [name, [...shape]])).toEqual(
        Object.entries(file.params).map(([name, { shape }]) => [name, shape]),
      );
    },
  );

  it('come in the order of the model: encoder, bridge, decoder, attention, readout', () => {
    const heads = names({ layers: 1, bidirectional: false }).map((name) => name.split('.').slice(0, 2).join('.'));
    expect([...new Set(heads)]).toEqual([
      'encoder.embedding',
      'encoder.lstm',
      'bridge.h',
      'bridge.c',
      'decoder.embedding',
      'decoder.lstm',
      'attention.b',
      'attention.v',
      'attention.W',
      'attention.U',
      'readout.weight',
      'readout.bias',
      'output.weight',
      'output.bias',
    ]);
  });

  it('of a classifier have no decoder and no bridge for the cell', () => {
    const classifier = names({ kind: 'classifier' });
    expect(classifier.filter((name) => /^decoder|^bridge\.c/.test(name))).toEqual([]);
    expect(classifier).toContain('bridge.h.weight');
  });

  it('of a dot score need a decoder of the size of the annotations', () => {
    expect(() => parameterSpecs({ ...tinyShape({ score: 'dot' }), decoderHidden: 4 })).toThrow(
      new ShapeError('attention: the dot score expected Hd = De = 6, got 4'),
    );
  });
});

describe('the layout', () => {
  const layout = new ParameterLayout(tinyShape());

  it('has a place for every trained parameter, without gaps or overlaps', () => {
    let end = 0;
    for (const { name, shape, isTrained } of layout.specs) {
      if (!isTrained) {
        expect(name).toMatch(/bias_hh/);
        expect(() => layout.view('parameters', name)).toThrow(new ShapeError(`${name}: no such trained parameter`));
        continue;
      }
      const view = layout.view('parameters', name);
      expect(view.offset).toBe(end);
      expect(view.rows * view.columns).toBe(shape.reduce((product, dim) => product * dim, 1));
      end += view.rows * view.columns;
    }
    expect(end).toBe(layout.length);
  });

  it('packs what it unpacked', () => {
    const flat = Float64Array.from({ length: layout.length }, (_, i) => i);
    const byName = layout.unpack(flat);
    expect(Object.keys(byName)).toEqual(layout.specs.map(({ name }) => name));
    expect(byName['encoder.lstm.bias_hh_l0']).toEqual(new Float64Array(12));
    expect(layout.pack(byName)).toEqual(flat);
  });

  it('says which parameter is missing or too long', () => {
    const byName = layout.unpack(new Float64Array(layout.length));
    expect(() => layout.pack({ ...byName, 'output.bias': new Float64Array(3) })).toThrow(
      new ShapeError('output.bias: expected 9 values, got 3'),
    );
    const { 'attention.v': _, ...others } = byName;
    expect(() => layout.pack(others)).toThrow(new ShapeError('attention.v: expected 6 values, got none'));
  });
});

describe('initial weights', () => {
  const layout = new ParameterLayout(tinyShape());
  const weights = layout.unpack(initialParameters(layout, createRandom(4)));

  it('are the same for the same seed, and float32', () => {
    expect(initialParameters(layout, createRandom(4))).toEqual(initialParameters(layout, createRandom(4)));
    expect(initialParameters(layout, createRandom(5))).not.toEqual(initialParameters(layout, createRandom(4)));
    for (const value of initialParameters(layout, createRandom(4))) expect(value).toBe(Math.fround(value));
  });

  it('have forget gates that start open, and no other bias', () => {
    for (const [name, values] of Object.entries(weights)) {
      if (!/bias|attention\.b/.test(name)) continue;
      const H = values.length / 4;
      const isForget = (i: number) => name.includes('bias_ih') && i >= H && i < 2 * H;
      expect([...values]).toEqual(Array.from(values, (_, i) => (isForget(i) ? 1 : 0)));
    }
  });

  it('fill the bound that their sizes give them', () => {
    const bound = Math.sqrt(6 / (6 + 6));
    const values = Array.from(weights['attention.W.weight'], Math.abs);
    expect(Math.max(...values)).toBeLessThanOrEqual(bound);
    expect(Math.max(...values)).toBeGreaterThan(0.8 * bound);
    expect(Math.max(...Array.from(weights['attention.v'], Math.abs))).toBeGreaterThan(0);
  });
});
