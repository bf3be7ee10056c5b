/** A Vite plugin that puts the licences of the bundled packages and tables beside the page, as most of them ask for. */

import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** A table with somebody's texts, whose licence lies beside it. */
const TABLE = /^(.*\/src\/data\/tables\/[^/]+)\.json$/;
const PACKAGE_FOLDER = /^(.*\/node_modules\/(?:@[^/]+\/)?[^/]+)\//;

/**
 * Name, version and licence text of a package.
 * @param {string} folder
 */
function licenceOf(folder) {
  const { name, version, license } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  const file = readdirSync(folder).find((entry) => /^licen[cs]e/i.test(entry));
  const text = file ? readFileSync(join(folder, file), 'utf8').trim() : '';
  return `${name} ${version} (${license})\n\n${text}`;
}

/**
 * Writes `licences.txt` from the modules of the page's and the worker's bundle.
 * @returns {{ page: import('vite').Plugin, worker: () => import('vite').Plugin[] }}
 */
export function collectLicences() {
  /** @type {Set<string>} */
  const folders = new Set();
  /** @type {Set<string>} */
  const tables = new Set();
  /** @param {import('rolldown').OutputBundle} bundle */
  const collect = (bundle) => {
    for (const chunk of Object.values(bundle))
      if (chunk.type === 'chunk')
        for (const id of chunk.moduleIds) {
          const folder = PACKAGE_FOLDER.exec(id)?.[1];
          if (folder && !folder.startsWith('\0')) folders.add(folder);
          const table = TABLE.exec(id)?.[1];
          if (table) tables.add(table);
        }
  };
  return {
    page: {
      name: 'licences',
      apply: 'build',
      generateBundle(_, bundle) {
        collect(/** @type {import('rolldown').OutputBundle} */ (bundle));
        const packages = [...folders].sort().map(licenceOf);
        const texts = [...tables].sort().map((table) => readFileSync(`${table}.licence.txt`, 'utf8').trim());
        const source = [...packages, ...texts].join(`\n\n${'-'.repeat(80)}\n\n`);
        this.emitFile({ type: 'asset', fileName: 'licences.txt', source: `${source}\n` });
      },
    },
    worker: () => [
      {
        name: 'worker-licences',
        apply: 'build',
        generateBundle(_, bundle) {
          collect(/** @type {import('rolldown').OutputBundle} */ (bundle));
        },
      },
    ],
  };
}
