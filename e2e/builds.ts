/** Builds of the page in a folder of their own, and a plain static server for them, as any web host is one. */

import { createReadStream, existsSync, statSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { build } from 'vite';
import { PROJECT_ROOT } from '../src/cli/site.mjs';

const TYPES: Readonly<Record<string, string>> = {
  html: 'text/html',
  js: 'text/javascript',
  css: 'text/css',
  svg: 'image/svg+xml',
  txt: 'text/plain',
};

/** Builds the page as `npm run build` does; `version` can be read from the attribute data-version of its root element. */
export async function buildVersion(outDir: string, version: string): Promise<void> {
  process.env.NODE_ENV = 'production';
  await build({
    root: PROJECT_ROOT,
    logLevel: 'error',
    build: { outDir, emptyOutDir: true },
    plugins: [
      {
        name: 'version',
        transform: (code, id) =>
          id.endsWith('/src/main.tsx') ? `${code}\ndocument.documentElement.dataset.version = '${version}';` : null,
      },
    ],
  });
}

export interface StaticHost {
  /** Where the page is, with a path. */
  readonly url: string;
  /** The folder that is served from now on. */
  serve(folder: string): void;
  /** Answers everything with an error of the server, or answers again. */
  fail(isFailing: boolean): void;
  close(): Promise<void>;
}

/** Serves folders under `/some/path/`, and lets browsers keep files as long as they like, as many hosts do. */
export async function startHost(folder: string, prefix = '/some/path/'): Promise<StaticHost> {
  let [root, isFailing] = [folder, false];
  const server: Server = createServer((request, response) => {
    const { pathname } = new URL(request.url ?? '/', 'http://host');
    const name = pathname.startsWith(prefix) ? pathname.slice(prefix.length) || 'index.html' : null;
    const file = name === null ? null : path.join(root, path.normalize(name));
    if (isFailing || !file?.startsWith(root) || !existsSync(file) || !statSync(file).isFile()) {
      response.writeHead(isFailing ? 503 : 404).end();
      return;
    }
    response.writeHead(200, {
      'content-type': TYPES[path.extname(file).slice(1)] ?? 'application/octet-stream',
      'cache-control': 'max-age=3600',
    });
    createReadStream(file).pipe(response);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://localhost:${port}${prefix}`,
    serve: (next) => {
      root = next;
    },
    fail: (next) => {
      isFailing = next;
    },
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
