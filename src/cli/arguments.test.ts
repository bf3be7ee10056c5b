import { describe, expect, test } from 'vitest';
import { readFlags, toFlag, UsageError } from './arguments.mjs';

const KINDS = { learningRate: 'value', hidden: 'value', bidirectional: 'boolean', help: 'flag' } as const;
const read = (line: string) => readFlags(line.split(' ').filter(Boolean), KINDS);

describe('readFlags', () => {
  test('names a flag after its setting, in kebab-case', () => {
    expect(toFlag('learningRate')).toBe('--learning-rate');
    expect(toFlag('hidden')).toBe('--hidden');
  });

  test('reads a value after a space or an equals sign, and keeps the last one given', () => {
    expect(read('--hidden 96 --learning-rate=0.002').values).toEqual({ hidden: '96', learningRate: '0.002' });
    expect(read('--hidden 96 --hidden 32').values).toEqual({ hidden: '32' });
    expect(read('--learning-rate -1').values).toEqual({ learningRate: '-1' });
  });

  test('reads a boolean alone, with its value, and negated', () => {
    expect(read('--bidirectional').values).toEqual({ bidirectional: 'true' });
    expect(read('--bidirectional false --hidden 8').values).toEqual({ bidirectional: 'false', hidden: '8' });
    expect(read('--bidirectional=false').values).toEqual({ bidirectional: 'false' });
    expect(read('--no-bidirectional').values).toEqual({ bidirectional: 'false' });
  });

  test('leaves a file after a lone boolean or flag to the positionals', () => {
    expect(read('--bidirectional a.json --help b.json')).toEqual({
      values: { bidirectional: 'true', help: 'true' },
      positionals: ['a.json', 'b.json'],
    });
  });

  test('names an unknown flag and the nearest known one', () => {
    expect(() => read('--hiden 96')).toThrow(new UsageError('--hiden: unknown flag; did you mean --hidden?'));
    expect(() => read('--wavelength 3')).toThrow(new UsageError('--wavelength: unknown flag; see --help'));
    expect(() => read('--no-hidden')).toThrow('--no-hidden: unknown flag');
  });

  test('says which flag misses its value or takes none', () => {
    expect(() => read('--hidden')).toThrow(new UsageError('--hidden: expected a value, got nothing'));
    expect(() => read('--hidden --help')).toThrow(new UsageError("--hidden: expected a value, got '--help'"));
    expect(() => read('--help=yes')).toThrow(new UsageError("--help: takes no value, got 'yes'"));
  });
});
