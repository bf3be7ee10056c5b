/**
 * `npm test`: a browser with WebGPU, types, lint, unit tests, WGSL in the browser, and the built page end to end.
 *
 *   npm test -- [--only types,lint,unit,gpu,e2e]
 *
 * Every step runs, whatever the others say. The last line sums the tests up: `N passed, N failed, N skipped`. It ends
 * with 1 when something failed, and under CI also when something was skipped.
 */

import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { ensureBrowser, findPageRunner } from './browser.mjs';
import { buildSite, PROJECT_ROOT, serveSite } from './site.mjs';

/** @typedef {{ passed: number, failed: number, skipped: number }} Counts */
/** @typedef {{ isOk: boolean, counts?: Counts, note?: string }} Outcome */

/** A step that takes longer has hung: it is ended and counts as failed, so that the sum is always printed. */
const STEP_LIMIT_MINUTES = 35;

const scratch = mkdtempSync(path.join(tmpdir(), 'heed-test-'));

/**
 * Runs a program of a package to its end, on this terminal.
 * @param {string} packageName
 * @param {string} program as the package's `bin` names it
 * @param {string[]} args
 * @param {Record<string, string>} [env]
 * @param {string} [heading] what it prints is printed at its end, under this
 * @returns {Promise<boolean>} whether it ended with 0
 */
function runProgram(packageName, program, args, env = {}, heading = '') {
  const folder = path.join(PROJECT_ROOT, 'node_modules', packageName);
  const { bin } = JSON.parse(readFileSync(path.join(folder, 'package.json'), 'utf8'));
  const file = path.join(folder, typeof bin === 'string' ? bin : bin[program]);
  return new Promise((resolve, reject) => {
    // A group of its own, so that workers and browsers end with it.
    const child = spawn(process.execPath, [file, ...args], {
      cwd: PROJECT_ROOT,
      stdio: heading ? ['ignore', 'pipe', 'pipe'] : ['ignore', 'inherit', 'inherit'],
      env: { ...process.env, ...env },
      detached: process.platform !== 'win32',
    });
    /** @type {Buffer[]} */
    const printed = [];
    for (const stream of [child.stdout, child.stderr]) stream?.on('data', (chunk) => printed.push(chunk));
    const end = () => {
      if (process.platform === 'win32') child.kill('SIGKILL');
      else if (child.pid) process.kill(-child.pid, 'SIGKILL');
    };
    const limit = setTimeout(() => {
      console.error(`${program} has not ended within ${STEP_LIMIT_MINUTES} minutes.`);
      end();
    }, STEP_LIMIT_MINUTES * 60_000);
    const interrupt = () => {
      end();
      process.exit(130);
    };
    process.once('SIGINT', interrupt).once('SIGTERM', interrupt);
    const settle = () => {
      clearTimeout(limit);
      process.off('SIGINT', interrupt).off('SIGTERM', interrupt);
    };
    child
      .on('error', (error) => {
        settle();
        reject(error);
      })
      .on('close', (code) => {
        settle();
        if (heading) process.stdout.write(`${heading}\n${Buffer.concat(printed)}`);
        resolve(code === 0);
      });
  });
}

/**
 * The counts of a JSON report, or none where the runner ended before it wrote one.
 * @param {string} file
 * @param {(report: any) => Counts} count
 * @returns {Counts | undefined}
 */
function readCounts(file, count) {
  try {
    return count(JSON.parse(readFileSync(file, 'utf8')));
  } catch {
    return undefined;
  }
}

/**
 * @param {'unit' | 'gpu'} project
 * @param {string} [heading] as of `runProgram`
 * @returns {Promise<Outcome>}
 */
async function runVitest(project, heading) {
  const file = path.join(scratch, `${project}.json`);
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${file}`];
  const isOk = await runProgram('vitest', 'vitest', ['run', '--project', project, ...reporters], {}, heading);
  const counts = readCounts(file, (report) => ({
    passed: report.numPassedTests,
    failed: report.numFailedTests,
    skipped: report.numPendingTests + report.numTodoTests,
  }));
  return { isOk, ...(counts && { counts }) };
}

/** @returns {Promise<Outcome>} */
async function runEndToEnd() {
  // A folder of its own, so that a page being served from dist stays as it is.
  const outDir = path.join(scratch, 'dist');
  await buildSite(outDir);
  const site = await serveSite({ outDir, port: 4300 });
  const file = path.join(scratch, 'e2e.json');
  try {
    const isOk = await runProgram(
      'playwright',
      'playwright',
      ['test', '--config', 'e2e/playwright.config.ts', '--reporter=list,json'],
      { E2E_URL: site.url, PLAYWRIGHT_JSON_OUTPUT_FILE: file },
    );
    const counts = readCounts(file, ({ stats }) => ({
      passed: stats.expected + stats.flaky,
      failed: stats.unexpected,
      skipped: stats.skipped,
    }));
    return { isOk, ...(counts && { counts }) };
  } finally {
    await site.close();
  }
}

/**
 * Those beside go on while others keep browser and adapter busy; what they print comes at their end, under `heading`.
 * @type {Record<string, { title: string, needsBrowser?: boolean, isBeside?: boolean, run: (heading?: string) => Promise<Outcome> }>}
 */
const STEPS = {
  types: {
    title: 'types',
    isBeside: true,
    run: async (heading) => ({ isOk: await runProgram('typescript', 'tsc', ['--noEmit'], {}, heading) }),
  },
  lint: {
    title: 'lint',
    isBeside: true,
    run: async (heading) => ({
      isOk: await runProgram('@biomejs/biome', 'biome', ['check', '--error-on-warnings'], {}, heading),
    }),
  },
  unit: { title: 'unit tests', isBeside: true, run: (heading) => runVitest('unit', heading) },
  gpu: { title: 'WGSL in the browser', needsBrowser: true, run: () => runVitest('gpu') },
  e2e: { title: 'the built page, end to end', needsBrowser: true, run: runEndToEnd },
};

/**
 * Finds the browser that the other steps take, from here on named by `CHROME_PATH`, and what their pages run in.
 * @returns {Promise<Outcome>}
 */
async function prepareBrowser() {
  const { path: browser, version, adapter } = await ensureBrowser();
  const runner = findPageRunner() ?? browser;
  process.env.CHROME_PATH = browser;
  process.env.CHROME_SHELL_PATH = runner;
  const pages = runner === browser ? '' : `, pages in ${runner}`;
  return { isOk: true, note: `${browser}, version ${version}, WebGPU adapter ${adapter}${pages}` };
}

/** @returns {string[]} names of the chosen steps, in their order */
function chooseSteps() {
  const names = Object.keys(STEPS);
  const { values } = parseArgs({ options: { only: { type: 'string' } } });
  const only = values.only?.split(',').map((name) => name.trim()) ?? names;
  for (const name of only)
    if (!names.includes(name)) throw new TypeError(`--only: expected any of ${names.join(',')}, got '${name}'`);
  return names.filter((name) => only.includes(name));
}

/** @param {Counts} counts */
const formatCounts = ({ passed, failed, skipped }) => `${passed} passed, ${failed} failed, ${skipped} skipped`;

async function main() {
  const chosen = chooseSteps();
  /** @type {Counts} */
  const total = { passed: 0, failed: 0, skipped: 0 };
  /** @type {string[]} */
  const summary = [];

  /**
   * @param {string} title
   * @param {(heading?: string) => Promise<Outcome>} run
   */
  const runStep = async (title, run, isBeside = false) => {
    const heading = `\n── ${title}`;
    if (!isBeside) console.log(heading);
    const start = performance.now();
    /** @type {Outcome} */
    const outcome = await run(isBeside ? heading : undefined).catch((error) => {
      console.error(error instanceof Error ? error.message : error);
      return { isOk: false };
    });
    const counts = outcome.counts ?? { passed: 0, failed: 0, skipped: 0 };
    // A step can fail without a failed test: a type error, a file that does not load, a runner that crashed.
    const failed = outcome.isOk ? counts.failed : Math.max(counts.failed, 1);
    total.passed += counts.passed;
    total.failed += failed;
    total.skipped += counts.skipped;
    const seconds = `${((performance.now() - start) / 1000).toFixed(1)} s`;
    const note = outcome.note ?? (outcome.counts ? formatCounts({ ...counts, failed }) : '');
    summary.push(`${failed > 0 ? 'FAILED' : 'ok    '}  ${title.padEnd(28)} ${seconds.padStart(8)}  ${note}`.trimEnd());
    if (note) console.log(note);
    return failed === 0;
  };

  let hasBrowser = true;
  if (chosen.some((name) => STEPS[name]?.needsBrowser)) hasBrowser = await runStep('browser', prepareBrowser);
  const others = chosen.filter((name) => !STEPS[name]?.isBeside);
  const beside = (async () => {
    for (const name of chosen.filter((name) => STEPS[name]?.isBeside))
      await runStep(STEPS[name].title, STEPS[name].run, others.includes('gpu'));
  })();
  for (const name of others) {
    // The built page is tested alone: it answers a visitor, who would wait.
    if (name !== 'gpu') await beside;
    const { title, run } = STEPS[name];
    await runStep(title, hasBrowser ? run : () => Promise.reject(new Error('Not run: it needs the browser.')));
  }
  await beside;

  console.log(`\n${summary.join('\n')}\n\n${formatCounts(total)}`);
  if (total.failed > 0 || (process.env.CI && total.skipped > 0)) process.exitCode = 1;
}

main()
  .catch((error) => {
    console.error(error instanceof Error ? error.message : error);
    process.exitCode = 2;
  })
  .finally(() => rmSync(scratch, { recursive: true, force: true }));
