import { describe, expect, test } from 'vitest';
import * as schema from '../model/config.ts';
import { UsageError } from './arguments.mjs';
import { formatHelp, readOptions } from './train-options.mjs';

const read = (line: string) => readOptions(schema, line.split(' ').filter(Boolean));
const readConfig = async (line: string) => (await read(line))?.request.config;

describe('readOptions', () => {
  test("starts from the task's defaults and lays the flags over them", async () => {
    expect(await readConfig('--task dates')).toEqual(schema.defaultConfig('dates'));
    expect(await readConfig('--task dates --hidden 96 --learning-rate=0.002 --no-bidirectional --seed 7')).toEqual({
      ...schema.defaultConfig('dates'),
      hidden: 96,
      learningRate: 0.002,
      bidirectional: false,
      seed: 7,
    });
  });

  test('trains for as many steps as the learning rate decays over, unless told', async () => {
    expect((await read('--task numbers --decay-steps 300'))?.request.steps).toBe(300);
    expect((await read('--task numbers --decay-steps 300 --steps 40'))?.request.steps).toBe(40);
  });

  test('names the folder after the task and the seed', async () => {
    expect((await read('--task phrases --seed 3'))?.outDir).toMatch(/^runs.phrases-seed3$/);
  });

  test('gives the decoder the annotation size for a dot score, and refuses another one', async () => {
    expect((await readConfig('--task phrases --score dot --hidden 32'))?.decoderHidden).toBe(64);
    await expect(read('--task phrases --score dot --hidden 32 --decoder-hidden 48')).rejects.toThrow(
      new UsageError('--decoder-hidden: the dot score needs the annotation size 64, got 48'),
    );
  });

  test.each([
    ['', '--task: expected the name of a task'],
    ['--task poems', '--task: expected one of phrases, '],
    ['--task own', '--task: own needs the pairs of a file'],
    ['--task dates --hidden 7000', '--hidden: expected a whole number from 2 to 256, got 7000'],
    ['--task dates --bidirectional=maybe', '--bidirectional: '],
    ['--task dates --steps 0', "--steps: expected a whole number from 1 to 1000000, got '0'"],
    ['--task dates --steps many', "--steps: expected a whole number from 1 to 1000000, got 'many'"],
    ['--task dates --executor tpu', "--executor: expected one of auto, webgpu, cpu, got 'tpu'"],
    ['--task dates --hiden 9', '--hiden: unknown flag; did you mean --hidden?'],
    ['dates', "Expected flags only, got 'dates'"],
    ['--data nowhere.tsv', '--data: '],
  ])('refuses %j', async (line, message) => {
    const problem = await read(line).then(
      () => undefined,
      (error: unknown) => error,
    );
    expect(problem).toBeInstanceOf(UsageError);
    expect((problem as Error).message).toContain(message);
  });
});

describe('formatHelp', () => {
  test('lists every setting as a flag', async () => {
    expect(await read('--help')).toBeUndefined();
    for (const flag of ['--learning-rate', '--bidirectional', '--decoder-hidden', '--score', '--steps', '--json'])
      expect(formatHelp(schema)).toContain(`  ${flag} `);
  });
});
