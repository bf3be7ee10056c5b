/**
 * Finds a Chromium-family browser, installs one where there is none, and probes that it yields a WebGPU adapter.
 * As a program it does all three and prints what it found. The configurations import the finder.
 *
 * `CHROME_PATH` names the browser to use, `CHROME_SHELL_PATH` the headless shell that goes with it; `GPU=real` asks for the
 * machine's own graphics hardware instead of the software adapter.
 */

import { spawnSync } from 'node:child_process';
import { existsSync, realpathSync } from 'node:fs';
import { createServer } from 'node:http';
import { createRequire } from 'node:module';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { chromium } from 'playwright';

/** Arguments for WebGPU without graphics hardware: the same adapter on every machine. */
export const SOFTWARE_ARGS = ['--enable-unsafe-webgpu', '--use-webgpu-adapter=swiftshader'];

/** Linux keeps WebGPU behind a flag for most hardware; Windows and macOS have it on. */
const HARDWARE_ARGS =
  process.platform === 'linux'
    ? ['--enable-unsafe-webgpu', '--enable-features=Vulkan', '--use-angle=vulkan', '--disable-vulkan-surface']
    : [];

/** A launch may wait for a slow disk and a busy core; a hung one must still end. */
const LAUNCH_TIMEOUT_MS = 120_000;
const INSTALL_TIMEOUT_MS = 900_000;

const WHAT_TO_TYPE = `Any one of these gives the tests a browser:
  npx playwright install chromium          Playwright's own Chromium
  sudo apt-get install chromium            on Debian (any installed Chrome, Chromium or Edge is found)
  CHROME_PATH=/path/to/chrome npm test     a browser kept elsewhere`;

/** No usable browser; the message says what to type. */
export class BrowserError extends Error {
  /** @override */
  name = 'BrowserError';
}

/** Where this system's Chrome, Chromium and Edge live. */
function systemPaths() {
  if (process.platform === 'darwin')
    return ['Google Chrome', 'Chromium', 'Microsoft Edge'].flatMap((name) => [
      `/Applications/${name}.app/Contents/MacOS/${name}`,
      path.join(process.env.HOME ?? '', `Applications/${name}.app/Contents/MacOS/${name}`),
    ]);
  if (process.platform === 'win32')
    return [process.env.PROGRAMFILES, process.env['PROGRAMFILES(X86)'], process.env.LOCALAPPDATA]
      .filter((folder) => folder !== undefined)
      .flatMap((folder) => [
        path.join(folder, 'Google\\Chrome\\Application\\chrome.exe'),
        path.join(folder, 'Chromium\\Application\\chrome.exe'),
        path.join(folder, 'Microsoft\\Edge\\Application\\msedge.exe'),
      ]);
  return [
    '/usr/bin/google-chrome-stable',
    '/usr/bin/google-chrome',
    '/opt/google/chrome/chrome',
    '/usr/bin/chromium',
    '/usr/bin/chromium-browser',
    '/snap/bin/chromium',
    '/usr/bin/microsoft-edge',
  ];
}

/**
 * Every installed browser in the order of preference; only `CHROME_PATH` where that is set.
 * @returns {string[]}
 * @throws {BrowserError} when `CHROME_PATH` names no file
 */
export function listBrowsers() {
  const chosen = process.env.CHROME_PATH;
  if (chosen) {
    if (!existsSync(chosen)) throw new BrowserError(`CHROME_PATH: expected a browser, found no file at ${chosen}`);
    return [chosen];
  }
  return [chromium.executablePath(), ...systemPaths()].filter((file) => file !== '' && existsSync(file));
}

/**
 * The preferred installed browser, or undefined.
 * @throws {BrowserError} when `CHROME_PATH` names no file
 */
export const findBrowser = () => listBrowsers()[0];

/** Where Debian has the same browser without windows, toolbars and extensions, which cost time of their own in a short test. */
const SHELL = '/usr/bin/chromium-headless-shell';

/**
 * What runs pages in tests: a headless shell where there is one, else the whole browser. Only the software adapter is the same in both.
 * @throws {BrowserError} when `CHROME_PATH` names no file
 */
export function findPageRunner() {
  const { CHROME_PATH, CHROME_SHELL_PATH, GPU } = process.env;
  const shell = CHROME_SHELL_PATH ?? (CHROME_PATH ? '' : SHELL);
  return GPU !== 'real' && existsSync(shell) ? shell : findBrowser();
}

/**
 * What Playwright needs to launch `browser` headless with WebGPU.
 * @param {string | undefined} browser
 */
export const launchOptions = (browser) => ({
  ...(browser === undefined ? {} : { executablePath: browser }),
  args: process.env.GPU === 'real' ? HARDWARE_ARGS : SOFTWARE_ARGS,
  timeout: LAUNCH_TIMEOUT_MS,
});

/** Pages that compile kernels on a CPU give memory back and ask for it again a thousand times a second; this keeps more of it. */
const KEEPS_MEMORY = '--enable-features=PartitionAllocLargeEmptySlotSpanRing';

/**
 * As `launchOptions`, for tests: what they compute is the same, in a fifth less of a processor's time where kernels are compiled.
 * @param {string | undefined} browser
 */
export function testLaunchOptions(browser) {
  const options = launchOptions(browser);
  return { ...options, args: process.env.GPU === 'real' ? options.args : [...options.args, KEEPS_MEMORY] };
}

/**
 * Runs an installer on this terminal.
 * @param {string} command
 * @param {string[]} args
 * @param {string} [shown] what a person would type for it
 */
function attempt(command, args, shown = [command, ...args].join(' ')) {
  console.log(`  ${shown}`);
  const { status } = spawnSync(command, args, { stdio: ['ignore', 'inherit', 'inherit'], timeout: INSTALL_TIMEOUT_MS });
  return status === 0;
}

const isRootOnLinux = () => process.platform === 'linux' && process.getuid?.() === 0;

/** The distribution's browser, with its headless shell where it has one. */
function installPackages() {
  const install = ['install', '-y', '--no-install-recommends', 'chromium'];
  return (
    attempt('apt-get', ['update']) &&
    (attempt('apt-get', [...install, path.basename(SHELL)]) || attempt('apt-get', install))
  );
}

/** @param {string[]} args */
function playwright(args) {
  const program = path.join(path.dirname(createRequire(import.meta.url).resolve('playwright/package.json')), 'cli.js');
  return attempt(process.execPath, [program, ...args], ['npx', 'playwright', ...args].join(' '));
}

/**
 * Installs Playwright's Chromium, or the distribution's on Debian and Ubuntu as root.
 * @param {readonly string[]} [unusable] installed browsers that are not wanted
 * @returns {string} the new browser's path
 * @throws {BrowserError} saying what to type when neither worked
 */
export function installBrowser(unusable = []) {
  const findNew = () => listBrowsers().find((browser) => !unusable.includes(browser));
  console.log(
    unusable.length > 0 ? 'Installing another browser.' : 'No Chromium-family browser found; installing one.',
  );
  if (!unusable.includes(chromium.executablePath())) playwright(['install', '--no-shell', 'chromium']);
  if (!findNew() && isRootOnLinux() && existsSync('/usr/bin/apt-get')) installPackages();
  const browser = findNew();
  if (!browser) throw new BrowserError(`No Chromium-family browser could be installed.\n${WHAT_TO_TYPE}`);
  return browser;
}

/**
 * Launches a browser on a local page and asks it for a WebGPU device.
 * @param {string} browser
 * @returns {Promise<{ version: string, adapter: string }>}
 * @throws {Error} when it does not start or gives no device
 */
export async function probeBrowser(browser) {
  const server = createServer((_, response) => response.setHeader('content-type', 'text/html').end('<!doctype html>'));
  await new Promise((resolve) => server.listen(0, '127.0.0.1', () => resolve(undefined)));
  const { port } = /** @type {import('node:net').AddressInfo} */ (server.address());
  try {
    const instance = await chromium.launch(launchOptions(browser));
    try {
      const page = await instance.newPage();
      await page.goto(`http://127.0.0.1:${port}/`);
      const adapter = await page.evaluate(async (isHardwareWanted) => {
        if (!navigator.gpu) throw new Error('the browser has no WebGPU');
        const found = await navigator.gpu.requestAdapter();
        if (!found) throw new Error('the browser gives no WebGPU adapter');
        if (isHardwareWanted && found.info.isFallbackAdapter) throw new Error('the browser gives the software adapter');
        const device = await found.requestDevice();
        device.destroy();
        return [found.info.vendor, found.info.architecture].filter(Boolean).join(' / ') || 'unnamed';
      }, process.env.GPU === 'real');
      return { version: instance.version(), adapter };
    } finally {
      await instance.close();
    }
  } finally {
    server.close();
  }
}

/**
 * What a failed launch or probe comes down to, in one line.
 * @param {unknown} error
 */
function summarize(error) {
  if (!(error instanceof Error)) return String(error);
  const [first, ...rest] = error.message.split('\n');
  const cause = rest.find((line) => /shared libraries|No such file|usable sandbox/i.test(line));
  return [first.replace(/^page\.evaluate: (Error: )?/, ''), ...(cause ? [cause.trim()] : [])].join(' ');
}

/**
 * The first browser that yields a WebGPU adapter, installing one where none does.
 * @returns {Promise<{ path: string, version: string, adapter: string }>}
 * @throws {BrowserError} with the reason of each browser tried and what to type
 */
export async function ensureBrowser() {
  /** @type {string[]} */
  const reasons = [];
  /** @param {string} browser */
  const tryBrowser = async (browser) => {
    try {
      return { path: browser, ...(await probeBrowser(browser)) };
    } catch (error) {
      reasons.push(`${browser}: ${summarize(error)}`);
      return undefined;
    }
  };
  const own = chromium.executablePath();
  // A bare system lacks the libraries that Playwright's browser links with.
  const tryWithLibraries = async () =>
    isRootOnLinux() && existsSync(own) && playwright(['install-deps', 'chromium']) ? tryBrowser(own) : undefined;

  const installed = listBrowsers();
  for (const browser of installed) {
    const found = await tryBrowser(browser);
    if (found) return found;
  }
  if (process.env.GPU === 'real' && installed.length > 0)
    throw new BrowserError(
      `GPU=real: no browser yields the graphics hardware:\n  ${reasons.join('\n  ')}\nWithout GPU=real the software adapter is taken.`,
    );
  if (!process.env.CHROME_PATH) {
    for (const reason of reasons) console.log(reason);
    try {
      let found = await tryWithLibraries();
      if (found) return found;
      const browser = installBrowser(installed);
      found = (await tryBrowser(browser)) ?? (browser === own ? await tryWithLibraries() : undefined);
      if (found) return found;
    } catch (error) {
      if (!(error instanceof BrowserError) || reasons.length === 0) throw error;
    }
  }
  throw new BrowserError(`No browser yields a WebGPU adapter:\n  ${reasons.join('\n  ')}\n${WHAT_TO_TYPE}`);
}

/**
 * True for the module that node was started with.
 * @param {string} moduleUrl
 */
export const isMain = (moduleUrl) =>
  process.argv[1] !== undefined && realpathSync(process.argv[1]) === realpathSync(fileURLToPath(moduleUrl));

if (isMain(import.meta.url)) {
  try {
    const { path: browser, version, adapter } = await ensureBrowser();
    console.log(`${browser}, version ${version}, WebGPU adapter ${adapter}`);
  } catch (error) {
    console.error(error instanceof BrowserError ? error.message : error);
    process.exitCode = 1;
  }
}
