import { describe, expect, test } from 'vitest';
import type { Measurement } from './contest.ts';
import { ENGINES, type Engine } from './engines.ts';
import { type BenchModel, MODELS } from './models.ts';
import { type BenchRow, benchRows, stepGflop } from './rows.ts';
import { formatScale, SCALES, type Scale, scaledModel } from './scaling.ts';
import { formatMarkdown, formatNumber, formatRows, formatText } from './table.ts';

const SMALL = MODELS[1] as BenchModel;
const RUN = { adapter: 'acme / gpu', browser: 'Chromium 1', cores: 2, cpu: 'acme', date: '2020-01-02T03:04:05Z' };

const WIDE = { strategy: 'wide', rows: 8, lanes: 64, reason: { kind: 'asked' } } as const;

const measured = (name: string, stepMs: readonly number[], error: string | null = null): Measurement => {
  const engine = ENGINES.find((known) => known.name === name) as Engine;
  const isOnGpu = engine.backend === 'webgpu';
  return {
    entry: { engine, mode: 'plain', strategy: null },
    opened: { adapter: '', bytes: 2 ** 21, strategy: name === 'heed webgpu' ? WIDE : null },
    firstStepMs: 1000,
    losses: [5, 4],
    stepsPerTurn: 10,
    turns: stepMs.map((ms) => ({ stepMs: ms, submitMs: ms / 100, loss: 1 })),
    calls: isOnGpu ? { dispatches: 30, submits: 1, buffers: 0, bindGroups: 0, pipelines: 0 } : null,
    lostCores: 0.1,
    error,
  };
};

const rowsOf = (...measurements: Measurement[]): BenchRow[] =>
  benchRows(SMALL, measurements, { gpu: 8, cpu: null }, RUN);

describe('benchRows', () => {
  test('has median, minimum and maximum, and the rate that follows from the same work for every engine', () => {
    const [row] = rowsOf(measured('heed webgpu', [300, 100, 200]));
    const gflops = stepGflop(SMALL) / 0.2;
    expect(row).toMatchObject({ model: 'small', engine: 'heed webgpu', strategy: 'wide', mode: null, error: null });
    expect(row).toMatchObject({ tile: { rows: 8, lanes: 64 }, strategyReason: { kind: 'asked' } });
    expect(row).toMatchObject({ msMedian: 200, msMin: 100, msMax: 300, turns: 3, jsMs: 2 });
    expect(row).toMatchObject({ dispatches: 30, submits: 1, buffers: 0, bindGroups: 0, pipelines: 0 });
    expect(row?.gflops).toBeCloseTo(gflops, 12);
    expect(row?.gemmShare).toBeCloseTo(gflops / 8, 12);
    expect(row).toMatchObject(RUN);
  });

  test('compares engines on the CPU with a product on the CPU, where there is one', () => {
    const [row] = rowsOf(measured('heed cpu', [100]));
    expect(row).toMatchObject({ gemmShare: null, dispatches: null, jsMs: null });
    const [other] = benchRows(SMALL, [measured('heed cpu', [100])], { gpu: 8, cpu: 40 }, RUN);
    expect(other?.gemmShare).toBeCloseTo(stepGflop(SMALL) / 0.1 / 40, 12);
  });

  test('has the error of an engine that failed, and no figures', () => {
    const [row] = rowsOf(measured('tfjs webgpu', [], 'computes other losses'));
    expect(row).toMatchObject({ error: 'computes other losses', msMedian: null, msMin: null, gflops: null });
  });

  test('survives JSON unchanged', () => {
    const rows = rowsOf(measured('heed webgpu', [100]), measured('jax-js webgpu', [], 'failed'));
    expect(JSON.parse(JSON.stringify(rows))).toEqual(rows);
  });
});

describe('stepGflop', () => {
  test('is what the matrix products of a step come to: forward, and twice as much backward', () => {
    const { batch: B, sourceLength: S, targetLength: T } = SMALL.size;
    const { embedding: E, hidden: H, outputs: V } = SMALL.shape;
    const encoder = S * B * 4 * H * (E + H);
    const decoder = T * B * (4 * H * (E + H + H) + H * (H + H + E) + H * V);
    const attention = S * B * H * H + T * B * H * H;
    const bridges = 2 * B * H * H;
    const forward = 2 * (encoder + decoder + attention + bridges);
    expect(stepGflop(SMALL)).toBeGreaterThan((2.8 * forward) / 1e9);
    expect(stepGflop(SMALL)).toBeLessThanOrEqual((3 * forward) / 1e9);
  });
});

describe('formatRows', () => {
  test('lists the fastest first, with ratios to Heed and errors below', () => {
    const text = formatRows(
      rowsOf(
        measured('jax-js webgpu', [400]),
        measured('heed webgpu', [100]),
        measured('tfjs webgpu', [], 'no device'),
      ),
    );
    const lines = text.split('\n');
    expect(lines[1]).toMatch(/^heed webgpu \(wide 8×64\) +100 +100 +100 +1\.00 +1\.00/);
    expect(lines[2]).toMatch(/^jax-js webgpu +400 +400 +400 +4\.00 +4\.00/);
    expect(lines[3]).toMatch(/^tfjs webgpu +failed/);
    expect(lines[4]).toBe('tfjs webgpu failed: no device');
  });
});

describe('formatRows of a scheduler that measured its strategies', () => {
  test('says which one it took, what against, and what could not be used', () => {
    const choice = { strategy: 'persistent', rows: 4, lanes: 128 } as const;
    const [row] = rowsOf(measured('heed webgpu', [100])) as [BenchRow];
    const text = formatRows([
      {
        ...row,
        strategyReason: {
          kind: 'measured',
          isRuleConfirmed: false,
          rival: choice,
          gain: 1.25,
          measured: 6,
          excluded: [{ ...choice, lanes: 256, problem: 'fails' }],
          isRemembered: false,
        },
      },
    ]);
    expect(text).toContain('heed webgpu (own choice: wide 8×64)');
    expect(text).toContain(
      'measured 6 choices: wide 8×64, 1.25 times as fast as persistent 4×128; excluded: persistent 4×256 fails',
    );
  });
});

describe('formatScale', () => {
  test('is a Markdown table of a line a value, with dashes for what was not measured', () => {
    const scale = SCALES.find(({ letter }) => letter === 'B') as Scale;
    const rows = rowsOf(measured('heed webgpu', [100]), measured('heed cpu', [50]));
    const lines = formatScale(
      scale,
      rows.map((row) => ({ ...row, model: 'B=64' })),
    ).split('\n');
    expect(lines).toHaveLength(2 + scale.values.length);
    expect(lines[4]).toMatch(/^\| 64 \| 1\.69 \| 100 \| 16\.9 \| 2\.00 \| 50\.0 \| 33\.7 \| 2\.00 \|$/);
    expect(lines[5]).toBe('| 128 | – | – | – | – | – | – | – |');
  });

  test.each(SCALES)('doubles $letter, and passes through small where it does', (scale) => {
    scale.values.slice(1).forEach((value, i) => {
      expect(value).toBe(2 * (scale.values[i] as number));
    });
    if (scale.letter === 'H') return;
    const same = scale.values
      .map((value) => scaledModel(scale, value))
      .filter(({ size, shape }) => {
        return JSON.stringify([size, shape]) === JSON.stringify([SMALL.size, SMALL.shape]);
      });
    expect(same).toHaveLength(1);
  });
});

describe('tables', () => {
  test('numbers have about three digits', () => {
    expect([null, 0, 0.123, 1.234, 12.34, 1234.5].map((value) => formatNumber(value))).toEqual([
      '–',
      '0',
      '0.12',
      '1.23',
      '12.3',
      '1,235',
    ]);
    expect(formatNumber(55.5, ' %')).toBe('55.5 %');
  });

  test('text has columns of one width, Markdown a rule', () => {
    expect(formatText(['a', 'ms'], [['long', '1']])).toBe('a     ms\nlong   1');
    expect(formatMarkdown(['a', 'ms'], [['b', '1']])).toBe('| a | ms |\n| --- | ---: |\n| b | 1 |');
  });
});
