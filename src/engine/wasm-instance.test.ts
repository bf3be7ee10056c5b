import { describe, expect, it } from 'vitest';
import { ParameterLayout } from '../model/parameters.ts';
import { decodingProgram, trainingProgram } from '../model/translator.ts';
import { ADAM, tinyShape } from '../testing/tiny-models.ts';
import { compileKernels, type SimdModule } from '../wasm/kernels.ts';
import { WasmInstance } from './wasm-instance.ts';
import { type ShardProgram, splitProgram } from './wasm-program.ts';

const SIZE = { batch: 3, sourceLength: 4, targetLength: 3 };
const layout = new ParameterLayout(tinyShape());
const [training] = splitProgram(
  trainingProgram(layout, SIZE, { hasDropout: true, isSampled: true, optimizer: ADAM }),
  1,
) as [ShardProgram];
const [decoding] = splitProgram(decodingProgram(layout, SIZE), 1) as [ShardProgram];

describe('WasmInstance', () => {
  it('frees what belongs to a plan alone, and packed weights with the last plan that uses them', async () => {
    const instance = new WasmInstance((await compileKernels()) as SimdModule);
    const { heap } = instance;
    const first = instance.prepare(training);
    const alone = heap.bytes;
    const others = [instance.prepare(decoding), instance.prepare(training)];
    expect(heap.bytes).toBeGreaterThan(alone);
    for (const plan of others) plan.release();
    expect(heap.bytes).toBe(alone);
    first.release();
    // parameters, gradients, two moments and the history
    expect(heap.blocks).toBe(5);
  });

  it('leaves nothing behind of a program that does not fit its shared tensors', async () => {
    const instance = new WasmInstance((await compileKernels()) as SimdModule);
    instance.prepare(decoding).release();
    const blocks = instance.heap.blocks;
    const wider = decodingProgram(new ParameterLayout(tinyShape({ embedding: 9 })), SIZE);
    expect(() => instance.prepare(splitProgram(wider, 1)[0] as ShardProgram)).toThrow('shared parameters has');
    expect(instance.heap.blocks).toBe(blocks);
  });
});
