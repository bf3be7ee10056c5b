/**
 * `npm run verify:export`: trains small models of every score and placement with the page's own code, takes each away as the page
 * does, and runs what was taken away: the PyTorch program in Python, the ONNX models in onnxruntime. Prints the largest difference
 * from what the page computed.
 *
 * Ends with 0 when all is within 1e-4, 1 when something is not, 2 when a flag can't be used or there is no PyTorch.
 */

import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { unzipSync } from 'fflate';
import { runnerImport } from 'vite';
import { readFlags, UsageError } from './arguments.mjs';
import { openHarness } from './harness.mjs';
import { PROJECT_ROOT } from './site.mjs';

/** @typedef {import('./verify-export-in-page.ts').ExportRequest} ExportRequest */
/** @typedef {{ difference: number, isSame: boolean, isChecked: boolean }} Outcome */
/** @typedef {{ sentences: readonly import('../training/take-away/snapshot.ts').ExpectedSentence[] }} Expected */

const HELP = `npm run verify:export -- [--steps N] [--only TEXT] [--out DIR] [--python PROGRAM]

Trains small models for N steps (300), takes each away as the page does, and checks the files:

  PyTorch        translate.py --check, run by PROGRAM (python3), which needs torch
  onnxruntime    encoder and decoder step over whole greedy decodings, in WebAssembly; and translate.py --check of the ONNX
                 archive where PROGRAM has onnxruntime

--only takes the models whose name contains TEXT; --out keeps the files in DIR.
Ends with 0 when every translation is the same and every probability and weight within 1e-4.`;

const TOLERANCE = 1e-4;
const IN_PAGE = 'src/cli/verify-export-in-page.ts';
const SMALL = { embedding: 16, hidden: 16, decoderHidden: 20, attention: 12, readout: 18, batch: 32 };

/** @type {Record<string, ExportRequest['changes'] & { task?: ExportRequest['task'] }>} */
const MODELS = {
  'additive, before': {},
  'additive, after': { placement: 'after' },
  'linear-concat, before': { score: 'linear-concat' },
  'linear-concat, after': { score: 'linear-concat', placement: 'after' },
  'general, before': { score: 'general' },
  'general, after': { score: 'general', placement: 'after' },
  'dot, before': { score: 'dot' },
  'dot, after': { score: 'dot', placement: 'after' },
  'scaled-dot, before': { score: 'scaled-dot' },
  'scaled-dot, after': { score: 'scaled-dot', placement: 'after' },
  'uniform, before': { score: 'uniform' },
  'uniform, after': { score: 'uniform', placement: 'after' },
  'none, before': { score: 'none' },
  'none, after': { score: 'none', placement: 'after' },
  'additive, too late': { placement: 'too-late' },
  'one direction, two layers': { bidirectional: false, layers: 2, score: 'general', placement: 'after' },
  'two directions, three layers': { layers: 3 },
  'dates: no end symbol': { task: 'dates' },
  'negation: a class': { task: 'negation' },
  'actor: a class, one direction': { task: 'actor', score: 'general', bidirectional: false },
  'plates: pictures to digits': { task: 'plates', layers: 2 },
  'phrases: words to words': { task: 'phrases', score: 'general', placement: 'after' },
};

/**
 * Unpacks an archive into a folder.
 * @param {string} base64
 * @param {string} folder
 */
function unpack(base64, folder) {
  const files = unzipSync(Buffer.from(base64, 'base64'));
  mkdirSync(folder, { recursive: true });
  /** @type {Record<string, Uint8Array<ArrayBuffer>>} */
  const byName = {};
  for (const [name, bytes] of Object.entries(files)) {
    byName[path.basename(name)] = Uint8Array.from(bytes);
    writeFileSync(path.join(folder, path.basename(name)), bytes);
  }
  return byName;
}

/**
 * @param {string} python
 * @param {string} folder with a `translate.py` that checks itself
 * @returns {Outcome}
 */
function checkInPython(python, folder) {
  const { status, stdout, stderr } = spawnSync(python, [path.join(folder, 'translate.py'), '--check'], {
    encoding: 'utf8',
  });
  const difference = Number(/largest difference .* (\S+) \(/.exec(stdout)?.[1] ?? Number.NaN);
  if (status !== 0) console.error(stdout, stderr);
  return { difference, isSame: status === 0, isChecked: true };
}

/**
 * @param {string} python
 * @param {string} module
 */
const has = (python, module) => spawnSync(python, ['-c', `import ${module}`]).status === 0;

/**
 * Loads modules of the sources that Node can't import by itself.
 * @template Module
 * @param {string} file
 * @returns {Promise<Module>}
 */
async function load(file) {
  const options = {
    configFile: /** @type {const} */ (false),
    root: PROJECT_ROOT,
    logLevel: /** @type {const} */ ('error'),
  };
  const { module } = await runnerImport(path.join(PROJECT_ROOT, file), options);
  return /** @type {Module} */ (module);
}

/**
 * What the page computed for the sentences of an archive.
 * @param {Record<string, Uint8Array>} files
 * @returns {Expected}
 */
const expectedOf = (files) => JSON.parse(Buffer.from(files['expected.json']).toString());

/** Compares whole greedy decodings in onnxruntime with what is expected. */
async function openOnnxCheck() {
  /** @type {typeof import('../testing/onnx-decoding.ts')} */
  const { classifyWithOnnx, decodeWithOnnx } = await load('src/testing/onnx-decoding.ts');
  /** @type {typeof import('../training/checkpoint.ts')} */
  const { decodeCheckpoint } = await load('src/training/checkpoint.ts');
  /** @type {typeof import('../data/vocabulary.ts')} */
  const { createVocabulary } = await load('src/data/vocabulary.ts');
  /**
   * @param {Record<string, Uint8Array<ArrayBuffer>>} onnx
   * @param {Record<string, Uint8Array<ArrayBuffer>>} pytorch
   * @returns {Promise<Outcome>}
   */
  return async (onnx, pytorch) => {
    const { sentences } = expectedOf(onnx);
    const { sourceTokens, targetTokens, hasEndSymbol } = decodeCheckpoint(pytorch['model.safetensors']);
    const program = Buffer.from(onnx['translate.py']).toString();
    const sources = sentences.map(({ source }) => source);
    const vocabularies = {
      sourceVocabulary: createVocabulary(sourceTokens.slice(4)),
      targetVocabulary: createVocabulary(targetTokens.slice(4)),
    };
    const classifier = onnx['classifier.onnx'];
    const decoded = classifier
      ? await classifyWithOnnx(classifier, sources, vocabularies)
      : await decodeWithOnnx({ encoder: onnx['encoder.onnx'], decoder: onnx['decoder.onnx'] }, sources, {
          ...vocabularies,
          hasEndSymbol,
          length: Number(/MAX_TARGET = (\d+)/.exec(program)?.[1]),
        });
    let difference = 0;
    let isSame = true;
    sentences.forEach(({ target, probabilities, weights }, i) => {
      isSame &&= target.join(' ') === decoded.targets[i].join(' ');
      const got = [decoded.probabilities[i], ...(decoded.weights[i] ?? [])].flat();
      [probabilities, ...(weights ?? [])].flat().forEach((value, k) => {
        difference = Math.max(difference, Math.abs(value - got[k]));
      });
    });
    return { difference, isSame, isChecked: true };
  };
}

/** @type {(outcome: Outcome) => string} */
const format = ({ difference, isSame, isChecked }) =>
  (isChecked ? `${isSame ? '' : 'OTHER WORDS '}${difference.toExponential(1)}` : '–').padStart(14);

/** @type {(outcome: Outcome) => boolean} */
const isGood = ({ difference, isSame, isChecked }) => !isChecked || (isSame && difference <= TOLERANCE);

async function main() {
  const kinds = /** @type {const} */ ({ steps: 'value', only: 'value', out: 'value', python: 'value', help: 'flag' });
  const { values, positionals } = readFlags(process.argv.slice(2), kinds);
  if (values.help) {
    console.log(HELP);
    return 0;
  }
  if (positionals.length > 0) throw new UsageError(`Expected flags only, got '${positionals[0]}'; see --help`);
  const steps = Number(values.steps ?? 300);
  if (!Number.isInteger(steps) || steps < 1)
    throw new UsageError(`--steps: expected a whole number, got '${values.steps}'`);
  const python = values.python ?? 'python3';
  if (!has(python, 'torch'))
    throw new UsageError(
      `${python} has no torch; install it (Debian: apt-get install python3-torch) or name another Python with --python`,
    );
  const hasOnnx = has(python, 'onnxruntime');
  const names = Object.keys(MODELS).filter((name) => name.includes(values.only ?? ''));
  const checkOnnx = await openOnnxCheck();
  const folder = values.out ?? mkdtempSync(path.join(tmpdir(), 'heed-export-'));
  const { page, failure, close } = await openHarness([IN_PAGE]);
  let isAllGood = true;
  console.log(
    `${'model'.padEnd(30)} ${'PyTorch'.padStart(14)} ${'onnxruntime'.padStart(14)} ${'its program'.padStart(14)}`,
  );
  try {
    for (const name of names) {
      const { task = 'numbers', ...changes } = MODELS[name];
      const archives = await Promise.race([
        failure,
        page.evaluate(
          async ({ module, request }) => {
            /** @type {typeof import('./verify-export-in-page.ts')} */
            const { exportTrained } = await import(module);
            return exportTrained(request);
          },
          { module: `/${IN_PAGE}`, request: { task, changes: { ...SMALL, ...changes }, steps } },
        ),
      ]);
      const stem = path.join(folder, name.replace(/[^a-z]+/g, '-'));
      const pytorch = unpack(archives.pytorch, `${stem}-pytorch`);
      const outcomes = [checkInPython(python, `${stem}-pytorch`)];
      if (archives.onnx !== null) {
        outcomes.push(await checkOnnx(unpack(archives.onnx, `${stem}-onnx`), pytorch));
        if (hasOnnx) outcomes.push(checkInPython(python, `${stem}-onnx`));
      }
      while (outcomes.length < 3) outcomes.push({ difference: 0, isSame: true, isChecked: false });
      const { sentences } = expectedOf(pytorch);
      const tokens = sentences.reduce((sum, { target }) => sum + target.length, 0);
      isAllGood &&= outcomes.every(isGood) && tokens > 0;
      console.log(`${name.padEnd(30)} ${String(tokens).padStart(7)} ${outcomes.map(format).join(' ')}`);
    }
  } finally {
    await close();
    if (values.out === undefined) rmSync(folder, { recursive: true, force: true });
  }
  console.log(isAllGood ? 'all the same words, all within 1e-4' : 'NOT ALL WITHIN 1e-4');
  return isAllGood ? 0 : 1;
}

main().then(
  (code) => {
    process.exitCode = code;
  },
  (error) => {
    console.error(error instanceof Error ? error.message : error);
    process.exitCode = error instanceof UsageError ? 2 : 1;
  },
);
