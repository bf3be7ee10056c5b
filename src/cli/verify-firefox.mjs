/**
 * `npm run verify:firefox`: every kernel and the golden cases in Firefox, whose WebGPU (wgpu, naga) is not
 * Chromium's (Dawn, Tint). Optional: it needs an installed Firefox and the package puppeteer-core, and says so.
 *
 *   npm run verify:firefox -- [FILE.json …]
 *
 * Ends with 0 when all agree, 1 when something does not, 2 where Firefox or the package is missing.
 */

import { existsSync, readdirSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { createServer } from 'vite';
import { readFlags } from './arguments.mjs';
import { blankPage } from './harness.mjs';
import { PROJECT_ROOT } from './site.mjs';

const HELP = `npm run verify:firefox -- [FILE.json …]

Runs every kernel in Firefox beside its float64 reference, and the cases of src/testing/golden under every strategy; where files
are named, those alone. It needs

  Firefox              apt-get install firefox-esr; FIREFOX_PATH names one that is kept elsewhere
  puppeteer-core       npm install --no-save puppeteer-core@24

On Linux without graphics hardware Firefox takes Mesa's software driver (apt-get install mesa-vulkan-drivers), or the one of
Chromium: VK_DRIVER_FILES=/usr/lib/chromium/vk_swiftshader_icd.json npm run verify:firefox`;

const MODULE = 'src/testing/portability.ts';
const GOLDEN = path.join(PROJECT_ROOT, 'src/testing/golden');
const PATHS = [
  '/usr/bin/firefox-esr',
  '/usr/bin/firefox',
  '/snap/bin/firefox',
  '/Applications/Firefox.app/Contents/MacOS/firefox',
  'C:\\Program Files\\Mozilla Firefox\\firefox.exe',
];

/** Both are needed where WebGPU is not on by default. */
const PREFERENCES = { 'dom.webgpu.enabled': true, 'gfx.webgpu.ignore-blocklist': true };

/** Something is not installed; the message says what to type. */
class MissingError extends Error {}

function findFirefox() {
  const chosen = process.env.FIREFOX_PATH;
  const found = chosen ? [chosen].find(existsSync) : PATHS.find(existsSync);
  if (!found)
    throw new MissingError(`${chosen ? `FIREFOX_PATH: no file at ${chosen}` : 'No Firefox found.'}\n\n${HELP}`);
  return found;
}

/** Puppeteer speaks WebDriver BiDi with any Firefox; Playwright only with its own. */
async function loadPuppeteer() {
  // Not written out, so that neither the type check nor a bundler looks for what need not be there.
  const name = 'puppeteer-core';
  try {
    return (await import(name)).default;
  } catch {
    throw new MissingError(`The package puppeteer-core is not there.\n\n${HELP}`);
  }
}

/**
 * @param {readonly string[]} files
 * @param {boolean} hasOps with every kernel on its own
 */
async function verifyAll(files, hasOps) {
  const puppeteer = await loadPuppeteer();
  const executablePath = findFirefox();
  const server = await createServer({
    root: PROJECT_ROOT,
    appType: 'custom',
    logLevel: 'error',
    cacheDir: 'node_modules/.vite-firefox',
    optimizeDeps: { entries: [MODULE] },
    plugins: [blankPage],
    server: { host: '127.0.0.1', port: 0, hmr: false, ws: false, watch: null },
  });
  let browser;
  let failed = 0;
  try {
    await server.listen();
    browser = await puppeteer.launch({
      browser: 'firefox',
      executablePath,
      headless: true,
      extraPrefsFirefox: PREFERENCES,
      protocolTimeout: 600_000,
    });
    const page = await browser.newPage();
    await page.goto(new URL('/blank', server.resolvedUrls?.local[0]).href);
    /**
     * A function of the module; what it throws is a failure like any other.
     * @param {'describeDevice' | 'verifyOp' | 'verifyStrategies'} name
     * @param {unknown} [argument]
     */
    const call = (name, argument) =>
      page.evaluate(
        async (/** @type {{ module: string, name: string, argument: unknown }} */ asked) => {
          try {
            return await (await import(asked.module))[asked.name](asked.argument);
          } catch (error) {
            return [error instanceof Error ? `${error.name}: ${error.message}` : String(error)];
          }
        },
        { module: `/${MODULE}`, name, argument },
      );
    const adapter = await call('describeDevice');
    const version = await browser.version();
    if (typeof adapter !== 'string') throw new Error(`${version} gives no WebGPU device: ${adapter}`);
    console.log(`${version}, WebGPU adapter ${adapter}\n`);
    /** @param {string} name @param {string[]} failures */
    const report = (name, failures) => {
      console.log(`${failures.length === 0 ? 'ok    ' : 'FAILED'}  ${name}`);
      for (const failure of failures) console.log(`  ${failure}`);
      failed += Number(failures.length > 0);
    };
    const ops = await page.evaluate(
      async (/** @type {string} */ module) => (await import(module)).OP_NAMES,
      `/${MODULE}`,
    );
    if (hasOps) for (const op of ops) report(op, await call('verifyOp', op));
    for (const file of files)
      report(path.basename(file), await call('verifyStrategies', JSON.parse(await readFile(file, 'utf8'))));
  } finally {
    await browser?.close();
    await server.close();
  }
  console.log(failed === 0 ? '\nall agree' : `\n${failed} failed`);
  return failed === 0 ? 0 : 1;
}

async function main() {
  const { values, positionals } = readFlags(process.argv.slice(2), { help: 'flag' });
  if (values.help) {
    console.log(HELP);
    return 0;
  }
  const golden = readdirSync(GOLDEN)
    .filter((name) => name.endsWith('.json'))
    .map((name) => path.join(GOLDEN, name));
  return positionals.length > 0 ? verifyAll(positionals, false) : verifyAll(golden, true);
}

main().then(
  (code) => {
    process.exitCode = code;
  },
  (error) => {
    console.error(error instanceof Error ? error.message : error);
    process.exitCode = error instanceof MissingError ? 2 : 1;
  },
);
