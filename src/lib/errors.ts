/** The typed errors that cross layers. Across the worker they travel as `ReportedError`. */

/** An error as it crosses the worker boundary, where structured clone would drop the class. */
export interface ReportedError {
  readonly name: string;
  readonly message: string;
  readonly details: Readonly<Record<string, string>>;
}

abstract class HeedError extends Error {
  /** What a listener on the other side of a worker needs beyond the message. */
  readonly details: Readonly<Record<string, string>> = {};
  /** Written out, because a minified class name would be what the visitor reads. */
  abstract override readonly name: string;
}

/** Why there is no device: no WebGPU in this browser or context, no adapter, or an adapter that gives none. */
export type DeviceProblem = 'no-api' | 'no-adapter' | 'no-device';

/** Why there is no device where the browser knows no WebGPU. */
export const NO_WEBGPU = 'this browser has no WebGPU, or the page is not in a secure context';

/** No adapter or no device: the page goes on with the CPU. */
export class DeviceUnavailableError extends HeedError {
  override readonly name = 'DeviceUnavailableError';
  override readonly details: Readonly<Record<string, string>>;
  constructor(
    message: string,
    readonly problem: DeviceProblem = 'no-device',
  ) {
    super(message);
    this.details = { problem };
  }
}

/** What ended a device: it went away, it answers no more, or it reported an error that no scope caught. */
export type DeviceLoss = 'lost' | 'stuck' | 'error';

/** The device went away after it had worked. */
export class DeviceLostError extends HeedError {
  override readonly name = 'DeviceLostError';
  override readonly details: Readonly<Record<string, string>>;
  constructor(
    message: string,
    override readonly cause: DeviceLoss = 'lost',
  ) {
    super(message);
    this.details = { cause };
  }
}

/** The GPU refused a buffer, or something else that a run is made of. */
export class AllocationError extends HeedError {
  override readonly name = 'AllocationError';
}

/** The GPU was tried on a small step and computes something else. */
export class SelfTestError extends HeedError {
  override readonly name = 'SelfTestError';
}

/** WGSL did not compile; the message has line, column and the source around them. */
export class ShaderCompilationError extends HeedError {
  override readonly name = 'ShaderCompilationError';
}

/** Shapes that do not fit: who, what was expected, what came. */
export class ShapeError extends HeedError {
  override readonly name = 'ShapeError';
}

/** What is wrong with a file or text of sentence pairs, for the words of any language. */
export type CorpusProblem =
  | 'too-many-files'
  | 'no-file'
  | 'too-large'
  | 'not-text'
  | 'wrong-encoding'
  | 'empty'
  | 'no-pairs'
  | 'no-columns'
  | 'same-columns'
  | 'unequal-lines'
  | 'no-json'
  | 'no-array'
  | 'no-xml'
  | 'damaged'
  | 'anki-package'
  | 'no-text-inside'
  | 'too-few';

/** A file or text of sentence pairs that can't be used. */
export class CorpusFormatError extends HeedError {
  override readonly name = 'CorpusFormatError';
  /** The line; the problem where it has a name, and what its sentence names: a file, a count, the words of a parser. */
  override readonly details: Readonly<Record<string, string>>;
  constructor(
    readonly line: number,
    message: string,
    problem?: CorpusProblem,
    values: Readonly<Record<string, string | number>> = {},
  ) {
    super(message);
    const named = Object.entries(values).map(([name, value]) => [name, String(value)]);
    this.details = { ...Object.fromEntries(named), line: String(line), ...(problem && { problem }) };
  }
}

/** A checkpoint that can't be used. */
export class CheckpointFormatError extends HeedError {
  override readonly name = 'CheckpointFormatError';
}

/** A setting out of range. */
export class ConfigError extends HeedError {
  override readonly name = 'ConfigError';
  override readonly details: Readonly<Record<string, string>>;
  constructor(
    readonly field: string,
    message: string,
  ) {
    super(message);
    this.details = { field };
  }
}

/** A sentence that can't be translated as it is: empty, or too long. */
export class SentenceError extends HeedError {
  override readonly name = 'SentenceError';
  override readonly details: Readonly<Record<string, string>>;
  constructor(
    readonly reason: 'empty' | 'too-long',
    message: string,
  ) {
    super(message);
    this.details = { reason };
  }
}

/** Any thrown value in the form that crosses the worker boundary. */
export function reportError(error: unknown): ReportedError {
  if (error instanceof HeedError) return { name: error.name, message: error.message, details: error.details };
  if (error instanceof Error) return { name: error.name, message: error.message, details: {} };
  return { name: 'Error', message: String(error), details: {} };
}
