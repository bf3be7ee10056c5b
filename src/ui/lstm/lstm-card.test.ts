/** Redoes the cell's arithmetic from its printed texts, as a reader with a calculator would. */

import { describe, expect, it } from 'vitest';
import { sigmoid } from '../../lib/activations.ts';
import { tinyShape } from '../../testing/tiny-models.ts';
import { tracedModel } from '../../testing/traced.ts';
import { plainScene } from '../../training/questions.ts';
import { type Printed, print, readPrinted } from '../cell/printed.ts';
import { lstmCard } from './lstm-card.ts';
import {
  GATES,
  layerKey,
  layersOf,
  lstmParameters,
  positionsOf,
  quantityAt,
  quantityMap,
  unitStep,
  unitsOf,
} from './lstm-place.ts';

const read = ({ text }: Printed): number => readPrinted(text);
const written = (value: number, like: Printed): string => print(value, like.decimals).text;
const added = (terms: readonly Printed[]): number =>
  Number(terms.reduce((sum, term) => sum + read(term), 0).toFixed(Math.max(...terms.map(({ decimals }) => decimals))));

const MODELS = {
  'two bidirectional layers, attending before': () => tracedModel(tinyShape(), 5, 4, 3),
  'one layer, attending after': () =>
    tracedModel(tinyShape({ layers: 1, bidirectional: false, placement: 'after', score: 'general' }), 5, 4, 3),
  'three layers without attention': () => tracedModel(tinyShape({ layers: 3, score: 'none' }), 4, 3, 2),
  'one word': () => tracedModel(tinyShape({ score: 'uniform' }), 1, 1),
};

for (const [name, make] of Object.entries(MODELS)) {
  describe(`an LSTM step of ${name}`, () => {
    it('gives its printed gates, cell and hidden state when it is redone, and they are the executor’s', async () => {
      const trace = await make();
      const scene = plainScene([]);
      for (const layer of layersOf(trace))
        for (let position = 0; position < positionsOf(trace, layer); position++)
          for (let unit = 0; unit < unitsOf(trace, layer); unit++) {
            const step = unitStep(trace, scene, layer, position, unit);
            const card = lstmCard(step);
            expect(card, `${layerKey(layer)} ${position} ${unit}`).not.toBeNull();
            if (!card) continue;
            for (const gate of GATES) {
              const { input, recurrent, context, bias, sum, value } = card.gates[gate];
              expect((context === null) === (layer.part === 'encoder')).toBe(true);
              const parts = [input, recurrent, bias, ...(context ? [context] : [])];
              expect(sum.text).toBe(written(added(parts), sum));
              expect(value.text).toBe(written(gate === 'g' ? Math.tanh(read(sum)) : sigmoid(read(sum)), value));
              expect(value.text).toBe(print(step.values[gate], value.decimals).text);
            }
            const { i, f, g, o } = card.gates;
            expect(card.kept.text).toBe(written(read(f.value) * read(card.cBefore), card.kept));
            expect(card.added.text).toBe(written(read(i.value) * read(g.value), card.added));
            expect(card.c.text).toBe(written(added([card.kept, card.added]), card.c));
            expect(card.tanhC.text).toBe(written(Math.tanh(read(card.c)), card.tanhC));
            expect(card.h.text).toBe(written(read(o.value) * read(card.tanhC), card.h));
            expect(card.c.text).toBe(print(step.values.c, card.c.decimals).text);
            expect(card.h.text).toBe(print(step.values.h, card.h.decimals).text);
          }
    });
  });
}

describe('the places of LSTM cells', () => {
  it('are the encoder’s layers with both directions, then the decoder', async () => {
    const trace = await MODELS['two bidirectional layers, attending before']();
    expect(layersOf(trace).map(layerKey)).toEqual(['0', '0_reverse', '1', '1_reverse', 'decoder']);
    for (const layer of layersOf(trace))
      for (const parameter of lstmParameters(layer)) expect(trace.parameters[parameter]).toBeDefined();
  });

  it('have a map of all units over time', async () => {
    const trace = await MODELS['one layer, attending after']();
    const [layer] = layersOf(trace);
    const map = quantityMap(trace, layer, 'c');
    expect(map.length).toBe(unitsOf(trace, layer) * 5);
    expect(map[2 * 5 + 3]).toBe(quantityAt(trace, layer, 'c', 3, 2));
  });
});
