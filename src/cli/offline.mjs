/** A Vite plugin that writes the service worker of a build, with the list of the build's files and their hashes. */

import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';

const SOURCE = new URL('../offline/service-worker.js', import.meta.url);
const FILE_NAME = 'service-worker.js';
const FIRST_MODEL = 'models/phrases.safetensors';

/** @param {string | Buffer} content */
const hashOf = (content) => createHash('sha256').update(content).digest('base64');

/**
 * The service worker of a folder: the files in it, the page by its folder's address.
 * @param {string} folder
 */
function serviceWorkerOf(folder) {
  /** @type {Record<string, string>} */
  const files = {};
  const names = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => path.relative(folder, path.join(parentPath, name)).replaceAll(path.sep, '/'))
    .sort();
  for (const name of names) {
    // A host's own settings are not served.
    if (name === FILE_NAME || name.startsWith('_') || name.startsWith('.')) continue;
    // Some megabytes in all: the one that the page opens on is kept with it, the others once they have been looked at.
    if (name.startsWith('models/') && name !== FIRST_MODEL) continue;
    const address = name === 'index.html' ? './' : name;
    files[address] = `sha256-${hashOf(readFileSync(path.join(folder, name)))}`;
  }
  const list = JSON.stringify(files);
  return readFileSync(SOURCE, 'utf8')
    .replace('/** @type {any} */ (self).__FILES__', () => list)
    .replace('/** @type {any} */ (self).__VERSION__', () => JSON.stringify(hashOf(list)));
}

/**
 * Runs last, when also the public files lie in the folder.
 * @returns {import('vite').Plugin}
 */
export function writeServiceWorker() {
  let folder = '';
  let isBroken = false;
  return {
    name: 'service-worker',
    apply: 'build',
    enforce: 'post',
    configResolved({ root, build }) {
      folder = path.resolve(root, build.outDir);
    },
    buildEnd(error) {
      isBroken = error !== undefined;
    },
    closeBundle: {
      order: 'post',
      sequential: true,
      handler() {
        if (!isBroken) writeFileSync(path.join(folder, FILE_NAME), serviceWorkerOf(folder));
      },
    },
  };
}
