/** Command-line flags read against a table, with messages that name the flag, what it takes and what came. */

/** Flags or files that can't be used; the command ends with 2. */
export class UsageError extends Error {
  /** @override */
  name = 'UsageError';
}

/**
 * `flag` takes no value; `boolean` takes true or false, or stands alone, or is negated by `--no-`; `value` takes one.
 * @typedef {'flag' | 'boolean' | 'value'} FlagKind
 */

/** @param {string} name a camelCase name, as `learningRate` */
export const toFlag = (name) => `--${name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;

/**
 * Insertions, deletions and replacements between two words.
 * @param {string} a
 * @param {string} b
 */
function editDistance(a, b) {
  let row = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++)
      next.push(Math.min(next[j - 1] + 1, row[j] + 1, row[j - 1] + (a[i - 1] === b[j - 1] ? 0 : 1)));
    row = next;
  }
  return row[b.length];
}

/**
 * @param {string} flag
 * @param {readonly string[]} known
 */
function unknownFlag(flag, known) {
  const [nearest] = [...known].sort((a, b) => editDistance(flag, a) - editDistance(flag, b));
  const hint =
    nearest !== undefined && editDistance(flag, nearest) <= 3 ? `; did you mean ${nearest}?` : '; see --help';
  return new UsageError(`${flag}: unknown flag${hint}`);
}

/**
 * Reads `--flag value`, `--flag=value`, `--flag` and `--no-flag`. A flag given twice keeps its last value.
 * @param {readonly string[]} args
 * @param {Readonly<Record<string, FlagKind>>} kinds by camelCase name
 * @returns {{ values: Record<string, string>, positionals: string[] }} values as text, by camelCase name
 * @throws {UsageError} for an unknown flag or a missing value
 */
export function readFlags(args, kinds) {
  const names = new Map(Object.keys(kinds).map((name) => [toFlag(name), name]));
  /** @type {Record<string, string>} */
  const values = {};
  /** @type {string[]} */
  const positionals = [];
  for (let i = 0; i < args.length; i++) {
    const arg = args[i];
    if (!arg.startsWith('--')) {
      positionals.push(arg);
      continue;
    }
    const [flag, inline] = arg.includes('=')
      ? [arg.slice(0, arg.indexOf('=')), arg.slice(arg.indexOf('=') + 1)]
      : [arg];
    const negated = names.get(flag.replace(/^--no-/, '--'));
    const name = names.get(flag);
    if (name === undefined) {
      if (negated === undefined || kinds[negated] !== 'boolean') throw unknownFlag(flag, [...names.keys()]);
      if (inline !== undefined) throw new UsageError(`${flag}: takes no value, got '${inline}'`);
      values[negated] = 'false';
      continue;
    }
    const next = args[i + 1];
    const hasNext = next !== undefined && !next.startsWith('--');
    if (kinds[name] === 'flag') {
      if (inline !== undefined) throw new UsageError(`${flag}: takes no value, got '${inline}'`);
      values[name] = 'true';
    } else if (inline !== undefined) values[name] = inline;
    else if (kinds[name] === 'boolean') values[name] = next === 'true' || next === 'false' ? args[++i] : 'true';
    else if (hasNext) values[name] = args[++i];
    else throw new UsageError(`${flag}: expected a value, got ${next === undefined ? 'nothing' : `'${next}'`}`);
  }
  return { values, positionals };
}
