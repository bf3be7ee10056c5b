/** Every parser of what comes from outside. A new one is a line of `TARGETS`, and its seeds. */

import { decodeText, ENCODINGS } from '../../data/import/encoding.ts';
import { decodeKeptPairs, encodeKeptPairs, type KeptPairs } from '../../data/import/kept-pairs.ts';
import { readParallel, readTable } from '../../data/import/read-table.ts';
import { likelyChoice, selectPairs } from '../../data/import/selection.ts';
import { finish, type ImportTable } from '../../data/import/table.ts';
import { unpack } from '../../data/import/zip.ts';
import { SPECIAL_TOKENS } from '../../data/vocabulary.ts';
import { TuningMemory } from '../../engine/tuning-memory.ts';
import { CheckpointFormatError, ConfigError, CorpusFormatError } from '../../lib/errors.ts';
import { checkConfig, defaultConfig } from '../../model/config.ts';
import { parseEdits, printEdits } from '../../store/edits-text.ts';
import { decodeLink, defaultLinkState, encodeLink } from '../../store/link.ts';
import { readPreferences } from '../../store/preferences.ts';
import { decodeCheckpoint, encodeCheckpoint } from '../../training/checkpoint.ts';
import { Importer } from '../../training/importer.ts';
import { decodeSafetensors, encodeSafetensors } from '../../training/safetensors.ts';
import { CaseFormatError, parseCase } from '../case-file.ts';
import goldenCase from '../golden/general-after-bi.json' with { type: 'json' };
import type { FuzzTarget } from './fuzz.ts';
import { ARCHIVES, bytesOf, EDIT_TEXTS, LINKS, TEXT_FILES } from './seeds.ts';

type Bytes = Uint8Array<ArrayBuffer>;

const textOf = (input: Bytes): string => new TextDecoder().decode(input);

function expect(isSo: boolean, what: string): void {
  if (!isSo) throw new Error(`expected that ${what}`);
}

function checkTable(table: ImportTable): void {
  const { rows, lines, columns, rejected } = table;
  expect(rows.length === lines.length, 'each row has a line');
  expect(rows.length > 0 && columns.length >= 2, 'a table has rows and two columns');
  expect(
    rejected.every(({ excerpt }) => excerpt.length <= 61),
    'excerpts are short',
  );
  const { bySource } = finish(selectPairs(table, likelyChoice(table)));
  for (const pairs of bySource.values()) expect(pairs.length > 0, 'each source has a translation');
}

const readAsFile = (input: Bytes): void => {
  const decoded = decodeText('fuzz.txt', input);
  if (decoded.kind === 'text') checkTable(finish(readTable('fuzz.txt', decoded.text)));
  else for (const { encoding } of decoded.candidates) expect(ENCODINGS.includes(encoding), 'it is an encoding');
};

const readAsParallel = (input: Bytes): void => {
  const half = textOf(input.subarray(0, input.length >> 1));
  checkTable(finish(readParallel(['a.en', 'a.fr'], [half, textOf(input.subarray(input.length >> 1))])));
};

/** What was imported before stays when a file is refused. */
function importerTarget(): Pick<FuzzTarget, 'parse' | 'prepare' | 'state'> {
  const importer = new Importer(() => {});
  const prepare = async (): Promise<void> => {
    const answer = await importer.read([new File([TEXT_FILES[0] as Bytes], 'good.tsv')]);
    if (answer?.kind === 'table') await importer.choose(answer.table.choice);
  };
  return {
    prepare,
    parse: async (input) => {
      const answer = await importer.read([new File([input], 'fuzz.txt')]);
      if (answer?.kind !== 'table') return;
      const preview = await importer.choose(answer.table.choice);
      expect(preview !== null, 'a choice that nobody stopped has a preview');
    },
    state: () => importer.corpus().notes,
  };
}

const readLink = (input: Bytes): void => {
  const { state, problems } = decodeLink(textOf(input));
  expect(problems.length <= input.length, 'each problem is about something');
  const again = decodeLink(encodeLink(state));
  expect(again.problems.length === 0, 'what a link brings can be put into a link');
  expect(JSON.stringify(again.state) === JSON.stringify(state), 'a link brings back what it was made of');
};

const readEdits = (input: Bytes): void => {
  const edits = parseEdits(textOf(input));
  if (!edits) return;
  for (const row of Object.values(edits.attention)) {
    const sum = row.reduce((total, weight) => total + weight, 0);
    expect(Math.abs(sum - 1) < 1e-9, 'a row of attention sums to 1');
  }
  expect(parseEdits(printEdits(edits)) !== null, 'edits can be written and read again');
};

const CHECKPOINT = encodeSafetensors({
  metadata: { format: 'pt', heed_step: '12', heed_config: JSON.stringify(defaultConfig('dates')) },
  tensors: {
    'encoder.embedding.weight': { shape: [2, 3], data: Float32Array.of(1, -2, 3.5, 0, -0.25, 1e-20) },
    'decoder.rnn.weight_ih_l0': { shape: [8, 4], data: new Float32Array(32).fill(0.125) },
    'output.bias': { shape: [1], data: Float32Array.of(7) },
  },
});

const readCheckpoint = (input: Bytes): void => {
  const { tensors, metadata } = decodeSafetensors(input);
  for (const { shape, data } of Object.values(tensors)) {
    expect(data.every(Number.isFinite), 'weights are finite');
    expect(data.length === shape.reduce((product, size) => product * size, 1), 'a tensor has the values of its shape');
  }
  for (const table of [tensors, metadata])
    expect([null, Object.prototype].includes(Object.getPrototypeOf(table)), 'names do not become prototypes');
};

const PAIRS = {
  fileName: 'deck.tsv',
  columns: ['en', 'fr'],
  rows: Array.from({ length: 12 }, (_, i) => [`We saw ${i} cats.`, `Nous avons vu ${i} chats.`] as const),
  choice: {},
} as unknown as KeptPairs;

const curve = () => ({
  bucketSize: 2,
  x: Float64Array.of(1, 3),
  sum: Float64Array.of(5, 2),
  min: Float64Array.of(2, 1),
  max: Float64Array.of(3, 1),
  count: Float64Array.of(2, 2),
});

/** A run as it is saved; what its weights and curves have to be for a model is checked where they meet one. */
const RUN = encodeCheckpoint({
  config: defaultConfig('dates'),
  step: 12,
  tokens: 3400,
  hasEndSymbol: true,
  sourceTokens: [...SPECIAL_TOKENS, 'a', 'b'],
  targetTokens: [...SPECIAL_TOKENS, 'c'],
  parameters: { 'output.bias': { shape: [2], data: Float32Array.of(7, -1) } },
  moment1: Float32Array.of(0.5, 0),
  moment2: Float32Array.of(0.25, 0),
  curves: { lastStep: 4, means: [1, 1, 1, 1, 1, 1], series: { 'training.loss': curve(), 'heldOut.bleu': curve() } },
  evaluation: null,
  pairs: PAIRS,
});
const { metadata: RUN_METADATA, tensors: RUN_TENSORS } = decodeSafetensors(RUN);

const readRun = (input: Bytes): void => {
  const { config, parameters, step } = decodeCheckpoint(input);
  checkConfig(config);
  expect(Number.isSafeInteger(step) && step >= 0, 'a step is a step');
  expect(
    Object.values(parameters).every(({ data }) => data.every(Number.isFinite)),
    'weights are finite',
  );
};

/** The metadata alone, a line each, so that the damage is in the values and not in the length of the header. */
const readRunMetadata = (input: Bytes): void => {
  const lines = textOf(input).split('\n');
  const metadata = Object.fromEntries(lines.map((line) => line.split(/=(.*)/su, 2) as [string, string?]));
  readRun(encodeSafetensors({ metadata: metadata as Record<string, string>, tensors: RUN_TENSORS }));
};
const METADATA = bytesOf(
  Object.entries(RUN_METADATA)
    .map(([name, value]) => `${name}=${value}`)
    .join('\n'),
);

const readConfig = (input: Bytes): void => {
  let value: unknown;
  try {
    value = JSON.parse(textOf(input));
  } catch {
    throw new ConfigError('', 'not JSON');
  }
  checkConfig({ ...defaultConfig('dates'), ...(value as object) });
};

const CHOICE = { strategy: 'persistent' } as never;
const TUNING = JSON.stringify({ chosen: CHOICE, rival: null, gain: 0.1, measured: 3, excluded: [] });

const readTuning = async (input: Bytes): Promise<void> => {
  const memory = new TuningMemory({ get: async () => textOf(input), set: async () => {} });
  await memory.recall('key', [CHOICE]);
};

const readStored = (input: Bytes): void => {
  const text = textOf(input);
  const preferences = readPreferences(() => ({ getItem: () => text, setItem: () => {}, removeItem: () => {} }));
  expect(['light', 'dark', undefined].includes(preferences.theme), 'a theme is a theme');
};

const readCase = (input: Bytes): void => {
  let json: unknown;
  try {
    json = JSON.parse(textOf(input));
  } catch {
    throw new CaseFormatError('not JSON');
  }
  parseCase(json);
};

const corpusErrors = [CorpusFormatError];

export const TARGETS: readonly FuzzTarget[] = [
  { name: 'file', seeds: TEXT_FILES, errors: corpusErrors, parse: readAsFile },
  { name: 'parallel', seeds: TEXT_FILES, errors: corpusErrors, parse: readAsParallel },
  { name: 'archive', seeds: ARCHIVES, errors: corpusErrors, parse: (input) => unpack('fuzz.zip', input) },
  { name: 'import', seeds: [...TEXT_FILES, ...ARCHIVES], errors: corpusErrors, ...importerTarget() },
  { name: 'link', seeds: LINKS, errors: [], parse: readLink, state: () => defaultLinkState() },
  { name: 'edits', seeds: EDIT_TEXTS, errors: [], parse: readEdits },
  { name: 'checkpoint', seeds: [CHECKPOINT], errors: [CheckpointFormatError], parse: readCheckpoint },
  { name: 'run', seeds: [RUN], errors: [CheckpointFormatError], parse: readRun },
  { name: 'run metadata', seeds: [METADATA], errors: [CheckpointFormatError], parse: readRunMetadata },
  {
    name: 'kept pairs',
    seeds: [encodeKeptPairs(PAIRS)],
    errors: corpusErrors,
    parse: (input) => decodeKeptPairs(input),
  },
  {
    name: 'config',
    seeds: [bytesOf(JSON.stringify(defaultConfig('dates')))],
    errors: [ConfigError],
    parse: readConfig,
  },
  { name: 'tuning', seeds: [bytesOf(TUNING)], errors: [], parse: readTuning },
  { name: 'preferences', seeds: [bytesOf('light'), bytesOf('off')], errors: [], parse: readStored },
  { name: 'case', seeds: [bytesOf(JSON.stringify(goldenCase))], errors: [CaseFormatError], parse: readCase },
];
