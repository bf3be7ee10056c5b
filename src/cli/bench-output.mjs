/** What both benchmarks write: a line of progress, and a file of rows. */

import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';

/** What is going on, on a line that the next one replaces; nothing where there is no terminal. @param {string} text */
export function report(text) {
  if (process.stderr.isTTY) process.stderr.write(`\r\u001b[2K${text}`);
}

/**
 * @param {string} file
 * @param {readonly unknown[]} rows
 */
export async function writeRows(file, rows) {
  await mkdir(path.dirname(path.resolve(file)), { recursive: true });
  await writeFile(file, `${JSON.stringify(rows, null, 2)}\n`);
  console.log(`\nwrote ${file}`);
}
