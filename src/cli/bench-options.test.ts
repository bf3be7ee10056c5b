import { describe, expect, test } from 'vitest';
import { ENGINES, MODELS, STRATEGIES } from '../bench/bench.ts';
import { UsageError } from './arguments.mjs';
import { formatHelp, formatNativeHelp, readNativeOptions, readOptions } from './bench-options.mjs';

const KNOWN = { engines: ENGINES, models: MODELS, strategies: STRATEGIES };
const args = (line: string) => line.split(' ').filter(Boolean);
const read = (line: string) => readOptions(KNOWN, args(line));
const names = (items: readonly { name: string }[] | undefined) => items?.map(({ name }) => name);

describe('readOptions', () => {
  test('takes every model and engine unless told', () => {
    const options = read('');
    expect(names(options?.models)).toEqual(['date', 'small', 'large']);
    expect(options?.engines).toEqual(ENGINES);
    expect(options).toMatchObject({ rounds: 7, isQuick: false, isScaling: false, strategies: [], jsonFile: undefined });
  });

  test('a quick run leaves out the long model and the slow engines, but for those asked for by full name', () => {
    const quick = read('--quick');
    expect(names(quick?.models)).toEqual(['date', 'small']);
    expect(names(quick?.engines)).toEqual([
      'heed webgpu',
      'heed cpu',
      'jax-js wasm',
      'jax-js webgpu',
      'tfjs wasm',
      'tfjs webgl',
    ]);
    expect(quick?.rounds).toBe(3);
    expect(names(read('--quick --only heed')?.engines)).toEqual(['heed webgpu', 'heed cpu']);
    const asked = readOptions(KNOWN, ['--quick', '--only', 'heed webgpu,tfjs webgpu', '--models', 'large']);
    expect(names(asked?.engines)).toEqual(['heed webgpu', 'tfjs webgpu']);
    expect(names(asked?.models)).toEqual(['large']);
  });

  test('reads lists, numbers and files', () => {
    const options = read(
      '--models small,date --only jax-js --rounds 2 --strategy wide,persistent --json out/rows.json',
    );
    expect(names(options?.models)).toEqual(['date', 'small']);
    expect(names(options?.engines)).toEqual(['jax-js wasm', 'jax-js webgpu']);
    expect(options).toMatchObject({ rounds: 2, strategies: ['wide', 'persistent'], jsonFile: 'out/rows.json' });
    expect(read('--scaling')?.isScaling).toBe(true);
  });

  test.each([
    ['--models huge', "--models: expected some of date, small, large, got 'huge'"],
    ['--only torch', '--only: expected some of heed webgpu,'],
    ['--rounds 0', "--rounds: expected a whole number from 1 to 100, got '0'"],
    ['--rounds many', "--rounds: expected a whole number from 1 to 100, got 'many'"],
    ['--strategy fast', "--strategy: expected some of separate, wide, stepwise, persistent, got 'fast'"],
    ['--round 3', '--round: unknown flag; did you mean --rounds?'],
    ['small', "Expected flags only, got 'small'"],
  ])('refuses %j', (line, message) => {
    expect(() => read(line)).toThrow(UsageError);
    expect(() => read(line)).toThrow(message);
  });
});

describe('readNativeOptions', () => {
  test('takes every strategy unless told', () => {
    expect(readNativeOptions(KNOWN, [])?.strategies).toEqual([null, ...STRATEGIES]);
    expect(readNativeOptions(KNOWN, args('--strategy wide --models small'))).toMatchObject({ strategies: ['wide'] });
  });

  test('has no engines to choose from', () => {
    expect(() => readNativeOptions(KNOWN, args('--only heed'))).toThrow(UsageError);
  });
});

describe('help', () => {
  test('names every flag, model, engine and strategy', () => {
    expect(read('--help')).toBeUndefined();
    expect(readNativeOptions(KNOWN, ['--help'])).toBeUndefined();
    const all = [...MODELS, ...ENGINES].map(({ name }) => name);
    for (const word of ['--models', '--only', '--rounds', '--quick', '--strategy', '--scaling', '--json', ...all])
      expect(formatHelp(KNOWN)).toContain(word);
    for (const word of ['--strategy', ...STRATEGIES]) expect(formatNativeHelp(KNOWN)).toContain(word);
  });
});
