/** The flags of `npm run train`, checked with the one schema of every setting. */

import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { readFlags, toFlag, UsageError } from './arguments.mjs';

/** @typedef {typeof import('../model/config.ts')} ConfigModule */
/** @typedef {import('./train-in-page.ts').TrainRequest} TrainRequest */
/** @typedef {{ request: TrainRequest, outDir: string, jsonFile: string | undefined }} Options */

const PARTS = /** @type {const} */ (['test', 'validation']);
const EXECUTORS = /** @type {const} */ (['auto', 'webgpu', 'cpu']);
/** Most held-out pairs that the final figures are taken over. */
const EVALUATION_LIMIT = 4000;
const MAX_STEPS = 1_000_000;

/** @param {ConfigModule} schema */
export function formatHelp({ FIELDS, FIELD_NAMES }) {
  const settings = FIELD_NAMES.map((name) => {
    /** @type {import('../model/config.ts').FieldSpec} */
    const spec = FIELDS[name];
    const takes =
      spec.kind === 'boolean'
        ? 'true or false'
        : spec.kind === 'choice'
          ? spec.options.join(', ')
          : `${spec.kind === 'integer' ? 'whole ' : ''}number from ${spec.min} to ${spec.max}`;
    return `  ${toFlag(name).padEnd(20)} ${takes} (${spec.default})`;
  });
  return `npm run train -- --task TASK [flags]

Trains headless in a browser with the page's own code.

  --data FILE.tsv      train on the pairs of a file, source and target separated by a tab
  --steps N            training steps (the setting decay-steps)
  --executor KIND      ${EXECUTORS.join(', ')} (auto: WebGPU, or the CPU where there is no adapter)
  --out DIR            where the checkpoint, the heatmap and the figures go (runs/TASK-seedN)
  --part PART          held-out part of the final figures: test, or validation (test)
  --json FILE          writes the figures there too
  --help               this text

Settings, with the schema's defaults; a task may have its own:

${settings.join('\n')}`;
}

/** @param {string} file */
async function readData(file) {
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(await readFile(file));
    return { fileName: path.basename(file), text };
  } catch (error) {
    throw new UsageError(`--data: ${error instanceof Error ? error.message : error}`);
  }
}

/**
 * Reads a setting; a message of the schema names the flag in place of the field.
 * @template T
 * @param {string} flag
 * @param {() => T} read
 * @returns {T}
 */
function readSetting(flag, read) {
  try {
    return read();
  } catch (error) {
    throw new UsageError(`${flag}: ${error instanceof Error ? error.message.replace(/^\w+: /, '') : error}`);
  }
}

/**
 * The settings that the flags ask for.
 * @param {ConfigModule} schema
 * @param {Record<string, string>} values flags as text, by camelCase name
 * @throws {UsageError}
 */
export function readConfig(schema, values) {
  const isOwn = values.data !== undefined;
  if (values.task === undefined && !isOwn) throw new UsageError('--task: expected the name of a task; see --help');
  const task = readSetting('--task', () => schema.parseField('task', values.task ?? 'own'));
  if (task === 'own' && !isOwn) throw new UsageError('--task: own needs the pairs of a file, --data FILE.tsv');
  const given = Object.fromEntries(
    schema.FIELD_NAMES.filter((name) => values[name] !== undefined).map((name) => [
      name,
      readSetting(toFlag(name), () => schema.parseField(name, values[name])),
    ]),
  );
  // With a file of pairs the task still says which defaults to start from.
  const defaults = { ...schema.defaultConfig(task), ...given, task: isOwn ? /** @type {const} */ ('own') : task };
  const config = schema.resolveConfig(defaults);
  if (given.decoderHidden !== undefined && given.decoderHidden !== config.decoderHidden)
    throw new UsageError(
      `--decoder-hidden: the ${config.score} score needs the annotation size ${config.decoderHidden}, got ${given.decoderHidden}`,
    );
  readSetting('settings', () => schema.checkConfig(config));
  return config;
}

/**
 * Everything that a command line asks for.
 * @param {ConfigModule} schema
 * @param {readonly string[]} args
 * @returns {Promise<Options | undefined>} undefined where the help is asked for
 * @throws {UsageError} naming the flag, what it takes and what came
 */
export async function readOptions(schema, args) {
  /** @type {Record<string, import('./arguments.mjs').FlagKind>} */
  const kinds = {
    data: 'value',
    steps: 'value',
    executor: 'value',
    out: 'value',
    json: 'value',
    part: 'value',
    help: 'flag',
  };
  for (const name of schema.FIELD_NAMES) kinds[name] = schema.FIELDS[name].kind === 'boolean' ? 'boolean' : 'value';
  const { values, positionals } = readFlags(args, kinds);
  if (values.help) return undefined;
  if (positionals.length > 0) throw new UsageError(`Expected flags only, got '${positionals[0]}'; see --help`);

  const config = readConfig(schema, values);
  const steps = values.steps === undefined ? config.decaySteps : Number(values.steps);
  if (!Number.isInteger(steps) || steps < 1 || steps > MAX_STEPS)
    throw new UsageError(`--steps: expected a whole number from 1 to ${MAX_STEPS}, got '${values.steps}'`);
  const executor = EXECUTORS.find((kind) => kind === (values.executor ?? 'auto'));
  if (!executor) throw new UsageError(`--executor: expected one of ${EXECUTORS.join(', ')}, got '${values.executor}'`);
  const part = PARTS.find((name) => name === (values.part ?? 'test'));
  if (!part) throw new UsageError(`--part: expected one of ${PARTS.join(', ')}, got '${values.part}'`);
  const data = values.data === undefined ? undefined : await readData(values.data);
  return {
    request: {
      config,
      executor,
      steps,
      part,
      evaluationLimit: EVALUATION_LIMIT,
      ...(data && { data: { kind: /** @type {const} */ ('text'), ...data } }),
    },
    outDir: values.out ?? path.join('runs', `${config.task}-seed${config.seed}`),
    jsonFile: values.json,
  };
}
