/** A Vite plugin that compiles `src/simd`, the CPU kernels in AssemblyScript, wherever they are imported with `?compiled`. */

import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';

/** Module id of an entry that is asked for in binary form. */
const COMPILED = /^(.*\.ts)\?compiled$/;

/**
 * The two builds of the same sources: WebAssembly SIMD as every current browser has it, and relaxed SIMD, whose multiply-add
 * rounds once and takes one instruction in place of two.
 */
const BUILDS = { plain: ['simd'], relaxed: ['simd', 'relaxed-simd'] };

const OPTIONS = [
  '-O3',
  '--noAssert',
  '--runtime',
  'stub',
  '--use',
  'abort=',
  '--importMemory',
  '--zeroFilledMemory',
  // v128 values never leave the module.
  '--disableWarning',
  '112',
];

/**
 * Every source below a folder, in a fixed order.
 * @param {string} folder
 * @returns {string[]}
 */
function sourcesIn(folder) {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith('.ts'))
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();
}

/**
 * Compiles an AssemblyScript entry.
 * @param {string} entry absolute path
 * @param {readonly string[]} features
 * @returns {Promise<Uint8Array>}
 * @throws {Error} with the compiler's messages
 */
async function compile(entry, features) {
  const { main } = await import('assemblyscript/asc');
  const folder = dirname(entry);
  /** @type {Uint8Array | undefined} */
  let binary;
  const { error, stderr } = await main(
    [relative(folder, entry), '--outFile', 'out.wasm', ...OPTIONS, ...features.flatMap((name) => ['--enable', name])],
    {
      readFile(name) {
        try {
          return readFileSync(join(folder, name), 'utf8');
        } catch {
          return null;
        }
      },
      writeFile(name, contents) {
        if (name.endsWith('.wasm')) binary = /** @type {Uint8Array} */ (contents);
      },
      listFiles: () => [],
    },
  );
  if (error || !binary) throw new Error(`${entry}: ${stderr}`);
  return binary;
}

/**
 * Compiles an entry, or takes what an earlier run compiled from the same sources with the same compiler.
 * @param {string} entry absolute path
 * @param {readonly string[]} sources
 * @param {'plain' | 'relaxed'} build
 * @param {string} cacheFolder
 */
async function compileOnce(entry, sources, build, cacheFolder) {
  const { version } = await import('assemblyscript/asc');
  const hash = createHash('sha256').update(JSON.stringify([version, OPTIONS, BUILDS[build]]));
  for (const file of sources) hash.update(`${relative(dirname(entry), file)}\0`).update(readFileSync(file));
  const cached = join(cacheFolder, `${build}-${hash.digest('hex').slice(0, 16)}.wasm`);
  try {
    return readFileSync(cached);
  } catch {
    const binary = await compile(entry, BUILDS[build]);
    mkdirSync(cacheFolder, { recursive: true });
    // Renamed when it is whole, since another process may be looking for it.
    const partial = `${cached}.${process.pid}`;
    writeFileSync(partial, binary);
    renameSync(partial, cached);
    return Buffer.from(binary);
  }
}

/**
 * `import { plain, relaxed } from './entry.ts?compiled'` gives both builds in base64. So they travel inside of the script that needs
 * them, and Node, the development server, a worker and the built page all find them the same way.
 * @returns {import('vite').Plugin}
 */
export function compileSimd() {
  let cacheFolder = '';
  return {
    name: 'simd',
    enforce: 'pre',
    configResolved({ root }) {
      cacheFolder = join(root, 'node_modules/.cache/heed-simd');
    },
    async load(id) {
      const entry = COMPILED.exec(id)?.[1];
      if (!entry) return;
      const sources = sourcesIn(dirname(entry));
      for (const file of sources) this.addWatchFile(file);
      const builds = /** @type {('plain' | 'relaxed')[]} */ (Object.keys(BUILDS));
      const lines = [];
      for (const build of builds) {
        const binary = await compileOnce(entry, sources, build, cacheFolder);
        lines.push(`export const ${build} = '${binary.toString('base64')}';`);
      }
      return { code: lines.join('\n'), map: null, moduleType: 'js' };
    },
  };
}
