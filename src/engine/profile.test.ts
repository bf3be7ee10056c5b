import { describe, expect, it } from 'vitest';
import { SCORES } from '../model/config.ts';
import { ParameterLayout } from '../model/parameters.ts';
import { trainingProgram } from '../model/translator.ts';
import { PORTABLE } from '../ops/op.ts';
import { wholeView } from '../ops/view.ts';
import { callWork } from '../ops/work.ts';
import { USED_PLACEMENTS } from '../testing/model-matrix.ts';
import { ADAM, TINY_SIZE, tinyShape } from '../testing/tiny-models.ts';
import { Footprint } from './footprint.ts';
import { type LoweringOptions, lower, STRATEGIES } from './lowering.ts';
import { laidOut, launchWork, median, programWork } from './profile.ts';
import { type Program, ProgramBuilder, programFlops } from './program.ts';

const options: LoweringOptions = {
  strategy: 'separate',
  target: PORTABLE,
  joinsSequences: false,
  maxLaunchCost: 1e12,
  weightTile: { rows: 8, columnGroups: 8, rowGroups: 8, hasQuads: false },
  minTiles: 256,
};

function tinyProgram(changes: Parameters<typeof tinyShape>[0] = {}): Program {
  const layout = new ParameterLayout(tinyShape(changes));
  return trainingProgram(layout, TINY_SIZE, { hasDropout: true, isSampled: true, optimizer: ADAM });
}

describe('the work of launches', () => {
  const cases = STRATEGIES.flatMap((strategy) =>
    [true, false].flatMap((joinsSequences) =>
      [1e12, 2e3].map((maxLaunchCost) => ({ strategy, joinsSequences, maxLaunchCost })),
    ),
  );

  it.each(cases)('adds up to that of the program: $strategy, $joinsSequences, $maxLaunchCost', (changes) => {
    const program = tinyProgram();
    const works = launchWork(program, lower(program, { ...options, ...changes }));
    const total = works.reduce((sum, { flops }) => sum + flops, 0);
    expect(total).toBeCloseTo(programWork(program), 4);
    for (const { calls, bytes } of works) {
      expect(calls.length).toBeGreaterThan(0);
      expect(bytes).toBeGreaterThan(0);
    }
    const computed = new Set(works.flatMap(({ calls }) => calls.map(({ call }) => call)));
    expect(computed).toEqual(new Set(program.calls));
  });

  it.each(SCORES.flatMap((score) => USED_PLACEMENTS.map((placement) => [score, placement] as const)))(
    'has more than the products of every model: %s, %s',
    (score, placement) => {
      const program = tinyProgram({ score, placement });
      expect(programWork(program)).toBeGreaterThan(programFlops(program));
      for (const call of program.calls) expect(callWork(call)).toBeGreaterThanOrEqual(0);
    },
  );

  it('is a product, its bias and the operands of both', () => {
    const builder = new ProgramBuilder('linear');
    const x = builder.tensor('x', 6, 4, 'f32', 'input');
    const weight = builder.tensor('weight', 3, 4, 'f32', 'shared');
    const bias = builder.tensor('bias', 1, 3, 'f32', 'shared');
    const y = builder.tensor('y', 6, 3);
    builder.call('linear.forward', { x, weight, bias, y });
    const program = builder.build();
    const [work] = launchWork(program, lower(program, options));
    expect(work?.flops).toBe(2 * 6 * 4 * 3 + 6 * 3);
    expect(work?.bytes).toBe(4 * (6 * 4 + 3 * 4 + 3 + 6 * 3));
  });
});

describe('a footprint', () => {
  const call = { op: 'tanh.forward', operands: {}, numbers: {} } as const;

  it('counts every element once, however often and in whatever pieces it is touched', () => {
    const touched = new Footprint();
    const whole = wholeView('x', 4, 5);
    touched.add(call, { x: whole });
    touched.add(call, { x: { ...whole, rows: 2 } });
    touched.add(call, { x: { ...whole, rows: 1, offset: 10 } });
    expect(touched.elements).toBe(20);
  });

  it('adds up neighbouring rows and columns that lie apart', () => {
    const touched = new Footprint();
    const part = { tensor: 'x', offset: 0, rows: 3, columns: 2, stride: 6 };
    touched.read(part);
    touched.read({ ...part, offset: 2 });
    touched.read({ ...part, offset: 18 });
    expect(touched.elements).toBe(18);
  });

  it('counts what is changed as read and as written', () => {
    const touched = new Footprint();
    const y = wholeView('y', 2, 2);
    touched.add({ op: 'linear.forward', operands: {}, numbers: { accumulate: 1 } }, { y });
    expect(touched.elements).toBe(8);
    const replaced = new Footprint();
    replaced.add({ op: 'linear.forward', operands: {}, numbers: {} }, { y });
    expect(replaced.elements).toBe(4);
  });
});

describe('times', () => {
  it('have a median', () => {
    expect([median([3, 1, 2]), median([4, 1, 2, 3]), median([])]).toEqual([2, 2.5, Number.NaN]);
  });

  it('lie end to end', () => {
    const placed = laidOut(
      [{ label: 'a' }, { label: 'b' }],
      [
        [1, 2],
        [9, 4],
        [3, 3],
      ],
    );
    expect(placed).toEqual([
      { label: 'a', startMs: 0, ms: 3 },
      { label: 'b', startMs: 3, ms: 3 },
    ]);
  });
});
