/** Builds the page and serves the build on this computer only. */

import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { build, preview } from 'vite';

export const PROJECT_ROOT = fileURLToPath(new URL('../..', import.meta.url));

/**
 * Builds the page.
 * @param {string} [outDir] folder that the build goes to, relative to the project
 */
export const buildSite = (outDir = 'dist') =>
  build({ root: PROJECT_ROOT, logLevel: 'warn', build: { outDir, emptyOutDir: true } });

/**
 * Serves a build on the loopback interface.
 * @param {{ outDir?: string, port: number, isPortFixed?: boolean }} options where the port is taken, the next free one
 *   serves, unless it is fixed
 * @returns {Promise<{ url: string, close: () => Promise<void> }>}
 */
export async function serveSite({ outDir = 'dist', port, isPortFixed = false }) {
  const server = await preview({
    root: PROJECT_ROOT,
    logLevel: 'error',
    build: { outDir: path.resolve(PROJECT_ROOT, outDir) },
    preview: { host: '127.0.0.1', port, strictPort: isPortFixed, open: false },
  });
  const address = /** @type {import('node:net').AddressInfo} */ (server.httpServer.address());
  return { url: `http://localhost:${address.port}/`, close: () => server.close() };
}
