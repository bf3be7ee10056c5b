import { describe, expect, it } from 'vitest';
import { type ModelShape, ParameterLayout } from '../model/parameters.ts';
import { decodingProgram, explorationProgram, trainingProgram } from '../model/translator.ts';
import { ADAM } from '../testing/tiny-models.ts';
import { type Launch, type LoweringOptions, lower, STRATEGIES, type Strategy } from './lowering.ts';
import { type Program, ProgramBuilder } from './program.ts';

const small: ModelShape = {
  kind: 'translator',
  sourceVocabulary: 256,
  outputs: 256,
  embedding: 64,
  hidden: 128,
  layers: 1,
  bidirectional: false,
  decoderHidden: 128,
  attention: 128,
  readout: 128,
  score: 'additive',
  placement: 'before',
};
const size = { batch: 64, sourceLength: 12, targetLength: 12 };
const program = trainingProgram(new ParameterLayout(small), size, {
  hasDropout: false,
  isSampled: false,
  optimizer: ADAM,
});

const options = (strategy: Strategy, changes: Partial<LoweringOptions> = {}): LoweringOptions => ({
  strategy,
  target: { hasQuads: true },
  joinsSequences: true,
  maxLaunchCost: 150e6,
  weightTile: { rows: 16, columnGroups: 4, rowGroups: 1, hasQuads: true },
  minTiles: 1,
  ...changes,
});

const rowsOfLaunch = (launch: Launch) => (launch.kind === 'rows' ? launch.instructions : []);

/** Every call of the program is in a launch. */
function missing(launches: readonly Launch[], { calls }: Program) {
  const found = new Set(launches.flatMap((launch) => launch.calls));
  return calls.filter((call) => !found.has(call)).map(({ op }) => op);
}

describe('lowering a training step', () => {
  it.each(STRATEGIES)('keeps every call, %s', (strategy) => {
    expect(missing(lower(program, options(strategy)), program)).toEqual([]);
  });

  it('takes at most 60 launches stepwise and 25 persistent for a small model', () => {
    expect(lower(program, options('stepwise')).length).toBeLessThanOrEqual(60);
    expect(lower(program, options('persistent')).length).toBeLessThanOrEqual(25);
    expect(lower(program, options('separate')).length).toBeGreaterThan(200);
  });

  it('has one LSTM step in a launch, stepwise', () => {
    const steps = lower(program, options('stepwise')).map(
      (launch) => rowsOfLaunch(launch).filter(({ kind }) => kind.startsWith('lstm')).length,
    );
    expect(Math.max(...steps)).toBe(1);
    expect(steps.filter((count) => count === 1)).toHaveLength(48);
  });

  it('leaves LSTM steps and products over sequences to their own kernels, wide', () => {
    for (const launch of lower(program, options('wide')))
      for (const { kind, blocks } of rowsOfLaunch(launch)) {
        expect(kind).not.toMatch(/^lstm/);
        expect(blocks).toBe(1);
      }
  });

  it('cuts what costs more than a launch may, also a single product and the gradient of a single weight', () => {
    const uncut = lower(program, options('persistent', { maxLaunchCost: 1e12 }));
    const cut = lower(program, options('persistent', { maxLaunchCost: 10e6 }));
    expect(cut.length).toBeGreaterThan(3 * uncut.length);
    for (const launch of cut) {
      const products = rowsOfLaunch(launch).flatMap(({ products, columns, blocks }) =>
        products.map(({ x }) => 2 * size.batch * blocks * columns * x.columns),
      );
      const total = products.reduce((sum, flops) => sum + flops, 0);
      // One instruction is the least there can be: an LSTM step of 64 rows here.
      expect(total).toBeLessThanOrEqual(17e6);
    }
    expect(missing(cut, program)).toEqual([]);
  });

  it('computes the same sums however finely it cuts', () => {
    const sums = (maxLaunchCost: number) => {
      const launches = lower(program, options('persistent', { maxLaunchCost, minTiles: 256 }));
      const rows = launches.flatMap(rowsOfLaunch).flatMap(({ kind, views, products, blocks, columns }) =>
        // Block by block, as far as they are cut.
        Array.from({ length: kind === 'linear' ? blocks : 1 }, (_, block) => {
          const [y, ...others] = views;
          const at = (view: (typeof products)[number]['x']) => view.offset + block * size.batch * view.stride;
          return [kind, columns, y?.tensor, y && at(y), others.length, ...products.map(({ x }) => at(x))].join(' ');
        }),
      );
      const shares = launches.flatMap((launch) => (launch.kind === 'weights' ? [launch.shares] : []));
      return { rows, shares: [...new Set(shares)] };
    };
    const uncut = sums(1e12);
    for (const cost of [200e6, 10e6, 3e6]) expect(sums(cost)).toEqual(uncut);
  });

  it('computes the gradients of weights before anything reads them', () => {
    const launches = lower(program, options('persistent'));
    const last = launches.findLastIndex(({ kind }) => kind === 'weights');
    const norm = launches.findIndex(({ calls }) => calls.some(({ op }) => op === 'grad-norm'));
    expect(last).toBeLessThan(norm);
    expect(launches.slice(norm).every(({ kind }) => kind === 'dispatch')).toBe(true);
  });

  it('reads no row of a table in the launch that writes the table', () => {
    const builder = new ProgramBuilder('table');
    const table = builder.tensor('table', 4, 3);
    builder.call('zero', { y: table });
    builder.call('embedding.forward', {
      ids: builder.tensor('ids', 4, 1, 'u32', 'input'),
      table,
      y: builder.tensor('y', 4, 3),
    });
    const launches = lower({ ...builder.build(), batch: 2 }, options('persistent'));
    expect(launches.map(({ calls }) => calls.map(({ op }) => op))).toEqual([['zero'], ['embedding.forward']]);
  });

  it('cuts sums into shares where there are too few tiles to fill a device', () => {
    const shares = (minTiles: number) =>
      Math.max(
        ...lower(program, options('persistent', { minTiles })).map((launch) =>
          launch.kind === 'weights' ? launch.shares : 0,
        ),
      );
    expect(shares(1)).toBe(1);
    expect(shares(1e6)).toBe(8);
  });
});

describe('lowering a decoding', () => {
  const decoding = decodingProgram(new ParameterLayout(small), { ...size, batch: 1 });

  it('is one launch and the sum of the loss', () => {
    expect(lower(decoding, options('persistent')).map(({ kind }) => kind)).toEqual(['rows', 'dispatch']);
  });

  it('is one launch also where a visitor may change it', () => {
    const exploration = explorationProgram(new ParameterLayout(small), { ...size, batch: 2 });
    expect(lower(exploration, options('persistent')).map(({ kind }) => kind)).toEqual(['rows']);
    for (const strategy of STRATEGIES) expect(missing(lower(exploration, options(strategy)), exploration)).toEqual([]);
  });
});
