/**
 * `npm run verify -- FILE.json …`: runs case files of the golden format through the float64 reference, the CPU's kernels
 * and WGSL in a headless browser, and prints the largest error of each tensor.
 *
 * Ends with 0 when all is within tolerance, 1 when something is not, 2 when a file can't be used.
 */

import { readFile } from 'node:fs/promises';
import { readFlags, UsageError } from './arguments.mjs';
import { openHarness } from './harness.mjs';

/** @typedef {Awaited<ReturnType<typeof import('../testing/verify.ts').verifyCase>>} VerifyReport */
/** @typedef {VerifyReport['rows'][number]} Row */
/** @typedef {{ report: VerifyReport } | { problem: string, isFormat: boolean }} Outcome */

const HELP = `npm run verify -- FILE.json …

Runs case files of the format of src/testing/golden through the float64 reference, the CPU's kernels and WGSL in a headless
browser. Prints the largest absolute and relative error of each tensor, and the largest share of its tolerance that an
element uses: up to 100 % passes.

Ends with 0 when all is within tolerance, 1 when something is not, 2 when a file can't be used.`;

const VERIFY_MODULE = 'src/testing/verify.ts';
const EXECUTORS = /** @type {const} */ (['reference', 'cpu', 'webgpu']);
const COLUMN_TITLES = EXECUTORS.map((name) => `${name.padStart(9)}: abs      rel  of tolerance`);

/** @param {number} value */
const formatError = (value) => (value === 0 ? '0' : value.toExponential(1)).padStart(8);

/** @param {Row | undefined} row */
function formatRow(row) {
  if (!row) return ''.padStart(COLUMN_TITLES[0].length);
  const share = `${row.isWithin ? ' ' : '!'} ${(100 * row.worst).toPrecision(3)} %`;
  return `       ${formatError(row.maxAbsError)} ${formatError(row.maxRelError)} ${share.padStart(13)}`;
}

/** @param {VerifyReport} report */
function printReport({ rows }) {
  const tensors = [...new Set(rows.map((row) => row.tensor))];
  const width = Math.max(...tensors.map((tensor) => tensor.length), 'tensor'.length);
  console.log(`  ${'tensor'.padEnd(width)}  ${'values'.padStart(8)}  ${COLUMN_TITLES.join('  ')}`);
  for (const tensor of tensors) {
    const found = EXECUTORS.map((executor) => rows.find((row) => row.tensor === tensor && row.executor === executor));
    const values = String((found[0] ?? found[1])?.values ?? 0).padStart(8);
    console.log(`  ${tensor.padEnd(width)}  ${values}  ${found.map(formatRow).join('  ')}`);
  }
}

/**
 * @param {import('playwright').Page} page
 * @param {string} file
 * @returns {Promise<Outcome>}
 */
async function verifyFile(page, file) {
  let text;
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(await readFile(file));
    JSON.parse(text);
  } catch (error) {
    return { problem: error instanceof Error ? error.message : String(error), isFormat: true };
  }
  return page.evaluate(
    async ({ module, text }) => {
      /** @type {typeof import('../testing/verify.ts')} */
      const { verifyCase } = await import(module);
      try {
        return { report: await verifyCase(JSON.parse(text)) };
      } catch (error) {
        if (!(error instanceof Error)) throw error;
        const isFormat = error.name === 'CaseFormatError';
        return { problem: isFormat ? error.message : `${error.name}: ${error.message}`, isFormat };
      }
    },
    { module: `/${VERIFY_MODULE}`, text },
  );
}

/**
 * @param {readonly string[]} files
 * @returns {Promise<0 | 1 | 2>} the exit code
 */
async function verifyFiles(files) {
  const { page, failure, close } = await openHarness([VERIFY_MODULE]);
  const counts = { within: 0, out: 0, unusable: 0 };
  try {
    for (const file of files) {
      const outcome = await Promise.race([failure, verifyFile(page, file)]);
      if ('problem' in outcome) {
        counts[outcome.isFormat ? 'unusable' : 'out']++;
        console.log(`${file}: ${outcome.isFormat ? 'not a usable case' : 'could not be run'}\n  ${outcome.problem}\n`);
        continue;
      }
      const isWithin = outcome.report.rows.every((row) => row.isWithin);
      counts[isWithin ? 'within' : 'out']++;
      console.log(`${file} (${outcome.report.name}): ${isWithin ? 'within tolerance' : 'OUT OF TOLERANCE'}`);
      printReport(outcome.report);
      console.log();
    }
  } finally {
    await close();
  }
  const unusable = counts.unusable > 0 ? `, ${counts.unusable} not usable` : '';
  console.log(`${counts.within} within tolerance, ${counts.out} out of tolerance${unusable}`);
  return counts.out > 0 ? 1 : counts.unusable > 0 ? 2 : 0;
}

async function main() {
  const { values, positionals } = readFlags(process.argv.slice(2), { help: 'flag' });
  if (values.help) {
    console.log(HELP);
    return 0;
  }
  if (positionals.length === 0)
    throw new UsageError('Expected the case files to verify: npm run verify -- FILE.json …');
  return verifyFiles(positionals);
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
