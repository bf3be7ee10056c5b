/**
 * `npm run train`: trains headless in a browser with the page's own code and writes the checkpoint, a heatmap and the
 * figures. `--help` lists the flags; every setting of `src/model/config.ts` is one.
 *
 * Ends with 0, with 1 when the run failed, with 2 for a flag or file that can't be used.
 */

import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { runnerImport } from 'vite';
import { UsageError } from './arguments.mjs';
import { openHarness } from './harness.mjs';
import { createProgressBar, formatPercent } from './progress-bar.mjs';
import { PROJECT_ROOT } from './site.mjs';
import { formatHelp, readOptions } from './train-options.mjs';

/** @typedef {import('./train-in-page.ts').TrainRequest} TrainRequest */
/** @typedef {import('./train-in-page.ts').TrainResult} TrainResult */
/** @typedef {import('./train-in-page.ts').TrainProgress} TrainProgress */
/** @typedef {import('../training/protocol.ts').RunDescription} RunDescription */
/** @typedef {import('./train-options.mjs').Options} Options */

const TRAIN_MODULE = 'src/cli/train-in-page.ts';

/** @param {RunDescription} run */
function describeRun({ config, executor, ...run }) {
  const where =
    executor.kind === 'cpu'
      ? executor.threads > 0
        ? `the CPU (SIMD, ${executor.threads} thread${executor.threads > 1 ? 's' : ''})`
        : 'the CPU (float64 reference)'
      : `${executor.adapter}${executor.isSoftware ? ' (software)' : ''}`;
  const reasons = executor.reasons.map((reason) =>
    reason.kind === 'no-webgpu' ? ` (${reason.message})` : reason.kind === 'no-simd' ? ' (no WebAssembly SIMD)' : '',
  );
  const count = (/** @type {number} */ number) => number.toLocaleString('en');
  return `${config.task}, seed ${config.seed}, ${config.score} attention, on ${where}${reasons.join('')}
${count(run.parameterCount)} parameters, ${run.dispatchesPerStep} dispatches a step; ${count(run.trainPairs)} training, ${count(run.validationPairs)} validation and ${count(run.testPairs)} test pairs`;
}

/**
 * Trains in a headless page.
 * @param {TrainRequest} request
 * @returns {Promise<TrainResult>}
 */
async function trainHeadless(request) {
  const { page, failure, close } = await openHarness([TRAIN_MODULE, 'src/training/worker.ts']);
  const bar = createProgressBar(request.steps);
  try {
    await page.exposeFunction('heedOpened', (/** @type {RunDescription} */ run) => console.log(describeRun(run)));
    await page.exposeFunction('heedProgressed', (/** @type {TrainProgress} */ progress) => bar.show(progress));
    const outcome = await Promise.race([
      failure,
      page.evaluate(
        async ({ module, request }) => {
          /** @type {typeof import('./train-in-page.ts')} */
          const { train } = await import(module);
          const exposed = /** @type {any} */ (globalThis);
          try {
            return {
              result: await train(request, {
                // Columns of samples and typed arrays stay behind: only what is printed crosses.
                opened: (run) => exposed.heedOpened({ ...run, samples: [] }),
                progressed: (progress) => exposed.heedProgressed(progress),
              }),
            };
          } catch (error) {
            return { problem: error instanceof Error ? error.message : String(error) };
          }
        },
        { module: `/${TRAIN_MODULE}`, request },
      ),
    ]);
    bar.end();
    if ('problem' in outcome) throw new Error(outcome.problem);
    return outcome.result;
  } finally {
    bar.end();
    await close();
  }
}

/**
 * @param {TrainRequest} request
 * @param {TrainResult} result
 */
function toMetrics({ config, steps }, { run, evaluation, trainingSeconds }) {
  const { exactMatch, tokenAccuracy, loss, bleu, alignmentError, decidingWord } = evaluation;
  return {
    task: config.task,
    seed: config.seed,
    steps,
    exactMatch,
    tokenAccuracy,
    loss,
    bleu,
    alignmentError,
    decidingWord,
    stepsPerSecond: steps / trainingSeconds,
    dispatchesPerStep: run.dispatchesPerStep,
    seconds: trainingSeconds,
    adapter: run.executor.kind === 'cpu' ? 'cpu' : run.executor.adapter,
  };
}

/** @param {ReturnType<typeof toMetrics>} metrics */
const formatAlignment = ({ alignmentError, decidingWord }) =>
  decidingWord === null
    ? `alignment error   ${alignmentError === null ? 'unknown' : formatPercent(alignmentError)}`
    : `deciding word     ${formatPercent(decidingWord)} of the sentences are looked at most where they are decided`;

/**
 * @param {ReturnType<typeof toMetrics>} metrics
 * @param {number} pairs
 */
const formatMetrics = (metrics, pairs) => `
held-out loss     ${metrics.loss.toFixed(4)} nats a token
exact match       ${formatPercent(metrics.exactMatch)} of ${pairs.toLocaleString('en')} held-out pairs
token accuracy    ${formatPercent(metrics.tokenAccuracy)}
BLEU              ${(100 * metrics.bleu).toFixed(1)}
${formatAlignment(metrics)}
speed             ${metrics.stepsPerSecond.toFixed(2)} steps/s, ${metrics.seconds.toFixed(0)} s
`;

/**
 * @param {Options} options
 * @param {TrainResult} result
 * @param {ReturnType<typeof toMetrics>} metrics
 */
async function writeResult({ request, outDir, jsonFile }, result, metrics) {
  await mkdir(outDir, { recursive: true });
  const json = `${JSON.stringify(metrics, null, 2)}\n`;
  /** @type {[string, string | Buffer][]} */
  const files = [
    [path.join(outDir, `${request.config.task}.safetensors`), Buffer.from(result.checkpoint, 'base64')],
    [path.join(outDir, 'metrics.json'), json],
  ];
  if (result.heatmap !== null) files.push([path.join(outDir, 'heatmap.svg'), result.heatmap]);
  if (jsonFile !== undefined) {
    await mkdir(path.dirname(jsonFile), { recursive: true });
    files.push([jsonFile, json]);
  }
  for (const [file, content] of files) {
    await writeFile(file, content);
    console.log(`wrote ${file}`);
  }
}

async function main() {
  // Node cannot import TypeScript, so Vite does.
  /** @type {{ module: typeof import('../model/config.ts') }} */
  const { module: schema } = await runnerImport(path.join(PROJECT_ROOT, 'src/model/config.ts'), {
    configFile: false,
    root: PROJECT_ROOT,
    logLevel: 'error',
  });
  const options = await readOptions(schema, process.argv.slice(2));
  if (!options) {
    console.log(formatHelp(schema));
    return;
  }
  const result = await trainHeadless(options.request);
  const metrics = toMetrics(options.request, result);
  console.log(formatMetrics(metrics, result.evaluation.pairs));
  await writeResult(options, result, metrics);
}

main().catch((error) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = error instanceof UsageError ? 2 : 1;
});
