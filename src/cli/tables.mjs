/**
 * `node src/cli/tables.mjs dates|messages|blocks [FOLDER]`: writes a table of `src/data/tables` anew.
 *
 * - `dates`: names and order of the parts of a long date with its era, from this Node's Intl, checked against it on 2,000 days.
 * - `messages`: the compiler messages of typescript 5.9.3 in English, French and Japanese; FOLDER is the unpacked package.
 * - `blocks`: the block texts of scratch-l10n 4.0.31 in English, German and Japanese; FOLDER is the unpacked package.
 *
 * Packages come from `npm pack typescript@5.9.3` and `npm pack scratch-l10n@4.0.31`. The tables are committed, so that every
 * browser and every test sees the same pairs.
 */

import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { runnerImport } from 'vite';
import { UsageError } from './arguments.mjs';
import { PROJECT_ROOT } from './site.mjs';
import { blockTemplates } from './tables-blocks.mjs';
import { dateTable } from './tables-dates.mjs';
import { messageTemplates } from './tables-messages.mjs';

/** @typedef {typeof import('../data/running-text.ts')} RunningText */

const [kind, folder] = process.argv.slice(2);
const { module: text } = /** @type {{ module: RunningText }} */ (
  await runnerImport(path.join(PROJECT_ROOT, 'src/data/running-text.ts'))
);

/** @param {string} name */
const read = async (name) => {
  if (folder === undefined)
    throw new UsageError(`${kind}: expected the folder of the unpacked package; see the head of the file`);
  return readFile(path.join(folder, name), 'utf8');
};

const tables = {
  dates: async () => ({ file: 'long-dates.json', table: dateTable() }),
  messages: async () => ({ file: 'messages.json', table: await messageTemplates(read, text) }),
  blocks: async () => ({ file: 'blocks.json', table: await blockTemplates(read, text) }),
};
if (!(kind in tables)) throw new UsageError(`Expected one of ${Object.keys(tables).join(', ')}, got '${kind}'`);
const { file, table } = await tables[/** @type {keyof typeof tables} */ (kind)]();
await writeFile(path.join(PROJECT_ROOT, 'src/data/tables', file), `${JSON.stringify(table, null, 1)}\n`);
console.log(`wrote src/data/tables/${file}${Array.isArray(table) ? `, ${table.length} templates` : ''}`);
