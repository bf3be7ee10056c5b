import { describe, expect, it } from 'vitest';
import { ProgramBuilder } from '../engine/program.ts';
import { uniformRandom } from '../lib/counter-random.ts';
import { useGpu } from '../testing/gpu-fixture.ts';
import { COUNTERS, COUNTERS_LENGTH, VALUES, VALUES_LENGTH } from './step-data.ts';

const COUNT = 20_000;

/** Each of the draws that decide about `COUNT` elements, at rates between which every draw lies in some run. */
const DRAWS = [
  { seed: 0, step: 0, salt: 0, rate: 0.3 },
  { seed: 1, step: 0, salt: 0, rate: 0.5 },
  { seed: 999_999, step: 123_456, salt: 77, rate: 0.8 },
  { seed: 4_294_967_295, step: 4_294_967_295, salt: 4_294_967_295, rate: 0.1 },
];

describe('random draws', () => {
  const gpu = useGpu();

  async function run(
    build: (builder: ProgramBuilder) => void,
    draw: (typeof DRAWS)[number],
    x: Float32Array | Uint32Array,
  ) {
    const builder = new ProgramBuilder('draws');
    build(builder);
    const plan = await gpu.scheduler.prepare(builder.build());
    const values = new Float32Array(VALUES_LENGTH);
    values[VALUES.dropout] = draw.rate;
    values[VALUES.teacherForcing] = draw.rate;
    const counters = new Uint32Array(COUNTERS_LENGTH);
    counters[COUNTERS.seed] = draw.seed;
    counters[COUNTERS.step] = draw.step;
    plan.write('values', values);
    plan.write('counters', counters);
    plan.write('x', x);
    plan.run();
    const { y } = await plan.read('y');
    plan.dispose();
    return y;
  }

  const stepData = (builder: ProgramBuilder) => ({
    values: builder.tensor('values', 1, VALUES_LENGTH, 'f32', 'input'),
    counters: builder.tensor('counters', 1, COUNTERS_LENGTH, 'u32', 'input'),
  });

  it.each(DRAWS)('of dropout are the same bits on GPU and CPU: $seed $step $salt', async (draw) => {
    const { seed, step, salt, rate } = draw;
    const build = (builder: ProgramBuilder) => {
      const x = builder.tensor('x', 100, COUNT / 100, 'f32', 'input');
      const y = builder.tensor('y', 100, COUNT / 100);
      builder.call('dropout.forward', { x, ...stepData(builder), y }, { salt });
    };
    const y = await run(build, draw, new Float32Array(COUNT).fill(1));
    const kept = Array.from(y, (value) => value !== 0);
    const wanted = kept.map((_, i) => uniformRandom(seed, step, salt, i) >= Math.fround(rate));
    expect(kept).toEqual(wanted);
    // The share of what is kept is 1 - rate, within five standard errors.
    const share = kept.filter(Boolean).length / COUNT;
    expect(Math.abs(share - (1 - rate))).toBeLessThan(5 * Math.sqrt((rate * (1 - rate)) / COUNT));
  });

  it.each(DRAWS)('of teacher forcing are the same bits on GPU and CPU: $seed $step $salt', async (draw) => {
    const { seed, step, salt, rate } = draw;
    const build = (builder: ProgramBuilder) => {
      const given = builder.tensor('x', COUNT, 1, 'u32', 'input');
      const produced = builder.tensor('zeros', COUNT, 1, 'u32', 'input');
      const fed = builder.tensor('y', COUNT, 1, 'u32');
      builder.call('teacher-forcing', { given, produced, ...stepData(builder), fed }, { salt });
    };
    const fed = await run(build, draw, new Uint32Array(COUNT).fill(1));
    const wanted = Array.from(fed, (_, i) => Number(uniformRandom(seed, step, salt, i) < Math.fround(rate)));
    expect(Array.from(fed)).toEqual(wanted);
  });
});

describe('a tensor with more workgroups than one dimension of a dispatch takes', () => {
  const gpu = useGpu();

  it('is covered to its end', async () => {
    const length = 64 * 65_535 + 100;
    const builder = new ProgramBuilder('long');
    const x = builder.tensor('x', 1, length, 'f32', 'input');
    builder.call('tanh.forward', { x, y: builder.tensor('y', 1, length) });
    const plan = await gpu.scheduler.prepare(builder.build());
    plan.write('x', new Float32Array(length).fill(1e4));
    plan.run();
    const { y } = await plan.read('y');
    plan.dispose();
    expect(y.every((value) => value === 1)).toBe(true);
  });
});
