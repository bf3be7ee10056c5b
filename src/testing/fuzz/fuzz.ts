/** Damaged inputs through every parser: each is taken or refused with a typed error, at once, and nothing else changes. */

import { createRandom } from '../../lib/random.ts';
import { mutate } from './mutations.ts';
import { TARGETS } from './targets.ts';

export { TARGETS };

const LIMIT_MS = 50;
const LIMIT_BYTES = 1 << 16;
/**
 * An input that took longer is read again, each time after a longer rest: a compiler or a garbage collector may have been at work, or
 * another program on the other half of this core.
 */
const TRIES = 10;
const REST_MS = 30;

export interface FuzzTarget {
  readonly name: string;
  readonly seeds: readonly Uint8Array<ArrayBuffer>[];
  /** Errors that say that an input can't be used. */
  readonly errors: readonly (abstract new (
    ...args: never[]
  ) => Error)[];
  /** Reads an input. What is wrong with what came of it is thrown as any other error. */
  readonly parse: (input: Uint8Array<ArrayBuffer>) => unknown;
  /** Puts in place what `state` tells of, before each input. */
  readonly prepare?: () => Promise<void>;
  /** What may not change when an input is refused. */
  readonly state?: () => unknown;
}

export interface Finding {
  readonly target: string;
  /** With the seed it gives the same input again. */
  readonly index: number;
  readonly problem: string;
  /** The beginning of the input, as text. */
  readonly input: string;
}

export interface FuzzReport {
  readonly inputs: number;
  readonly refused: number;
  /** Longest time that an input took, CPU ms. */
  readonly slowestMs: number;
  readonly findings: readonly Finding[];
}

export interface FuzzOptions {
  /** Inputs, spread over the targets. */
  readonly count: number;
  readonly seed: number;
  /** Name of the only target. */
  readonly only?: string;
  /** The only input. */
  readonly index?: number;
  readonly targets?: readonly FuzzTarget[];
  /** CPU time that an input of up to 64 KiB may take, ms, 50 by default; a larger one in proportion. */
  readonly limitMs?: number;
}

const cpuMs = (): number => {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
};

/** What every object inherits; an input that changes it has taken over the page. */
const inherited = (): string => JSON.stringify([Object.prototype, Array.prototype].map(Object.getOwnPropertyNames));

async function attempt(target: FuzzTarget, input: Uint8Array<ArrayBuffer>) {
  const started = cpuMs();
  let error: unknown = null;
  try {
    await target.parse(input);
  } catch (thrown) {
    error = thrown ?? 'nothing';
  }
  return { error, ms: cpuMs() - started };
}

/** Reads one input; null where all is well. */
async function check(target: FuzzTarget, input: Uint8Array<ArrayBuffer>, limitMs: number) {
  await target.prepare?.();
  const [before, inheritedBefore, bytesBefore] = [JSON.stringify(target.state?.()), inherited(), input.slice()];
  const { error, ms } = await attempt(target, input);
  const isRefused = error !== null;
  let problem: string | null = null;
  if (isRefused && !target.errors.some((type) => error instanceof type))
    problem = `an error without a type: ${error instanceof Error ? error.stack : String(error)}`;
  else if (isRefused && JSON.stringify(target.state?.()) !== before) problem = 'what was there before has changed';
  else if (inherited() !== inheritedBefore) problem = 'what every object inherits has changed';
  else if (input.some((byte, i) => byte !== bytesBefore[i])) problem = 'the input has changed';
  const limit = limitMs * Math.max(1, input.length / LIMIT_BYTES);
  let fastest = ms;
  for (let i = 1; i < TRIES && fastest > limit; i++) {
    await new Promise((resolve) => setTimeout(resolve, i * REST_MS));
    fastest = Math.min(fastest, (await attempt(target, input)).ms);
  }
  if (fastest > limit) problem ??= `${Math.round(fastest)} ms`;
  return { isRefused, problem, ms: fastest };
}

const hashOf = (name: string): number =>
  [...name].reduce((hash, character) => hash * 31 + character.charCodeAt(0), 7) | 0;

/** Runs every target; the inputs depend on seed, target and index alone. */
export async function fuzz({
  count,
  seed,
  only,
  index,
  targets = TARGETS,
  limitMs = LIMIT_MS,
}: FuzzOptions): Promise<FuzzReport> {
  const chosen = targets.filter(({ name }) => only === undefined || name === only);
  const each = Math.ceil(count / Math.max(1, chosen.length));
  const findings: Finding[] = [];
  let [inputs, refused, slowestMs] = [0, 0, 0];
  for (const target of chosen)
    for (let i = index ?? 0; i < (index === undefined ? each : index + 1); i++) {
      const input = mutate(target.seeds, createRandom(seed, hashOf(target.name), i));
      const { isRefused, problem, ms } = await check(target, input, limitMs);
      inputs++;
      refused += Number(isRefused);
      slowestMs = Math.max(slowestMs, ms);
      if (problem !== null) {
        const text = new TextDecoder().decode(input.subarray(0, 160));
        findings.push({
          target: target.name,
          index: i,
          problem,
          input: `${input.length} bytes: ${JSON.stringify(text)}`,
        });
      }
    }
  return { inputs, refused, slowestMs, findings };
}
