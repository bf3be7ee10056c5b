/**
 * `npm start`: builds the page, serves it on this computer and opens the browser where there is one.
 *
 *   npm start -- [--port N] [--no-open]
 */

import { spawn } from 'node:child_process';
import { parseArgs } from 'node:util';
import { buildSite, serveSite } from './site.mjs';

const DEFAULT_PORT = 4173;

/** A browser can open where somebody sits in front of a screen. */
function hasScreen() {
  if (process.env.CI || process.env.BROWSER === 'none' || process.env.SSH_CONNECTION) return false;
  return process.platform !== 'linux' || Boolean(process.env.DISPLAY || process.env.WAYLAND_DISPLAY);
}

/** @param {string} url */
function openBrowser(url) {
  const [command, args] =
    process.platform === 'darwin'
      ? ['open', [url]]
      : process.platform === 'win32'
        ? ['cmd', ['/c', 'start', '', url]]
        : ['xdg-open', [url]];
  // The address is on the screen, so a desktop without an opener is no failure.
  spawn(command, args, { stdio: 'ignore', detached: true })
    .on('error', () => {})
    .unref();
}

/** @returns {{ port: number, isPortFixed: boolean, isOpening: boolean }} */
function readOptions() {
  const { values } = parseArgs({
    options: { port: { type: 'string' }, open: { type: 'boolean', default: true } },
    allowNegative: true,
  });
  const port = values.port === undefined ? DEFAULT_PORT : Number(values.port);
  if (!Number.isInteger(port) || port < 1 || port > 65_535)
    throw new TypeError(`--port: expected a number from 1 to 65535, got '${values.port}'`);
  return { port, isPortFixed: values.port !== undefined, isOpening: values.open };
}

async function main() {
  const { port, isPortFixed, isOpening } = readOptions();
  console.log('Building the page …');
  await buildSite();
  const site = await serveSite({ port, isPortFixed });
  console.log(`Heed is at ${site.url}\nCtrl-C ends it.`);
  if (isOpening && hasScreen()) openBrowser(site.url);
  const end = async () => {
    await site.close();
    process.exit(0);
  };
  process.once('SIGINT', end);
  process.once('SIGTERM', end);
}

main().catch((error) => {
  console.error(error instanceof Error ? error.message : error);
  process.exit(error instanceof TypeError ? 2 : 1);
});
