/** Remembers what was measured, for this session, and beyond it where there is a place to keep it. */

import type { ExcludedChoice, StrategyChoice } from './executor.ts';
import { isSameChoice } from './strategy.ts';

/** Texts by key that outlive the session. It may fail at any time: what is forgotten is measured again. */
export interface TextStore {
  get(key: string): Promise<string | null>;
  set(key: string, text: string): Promise<void>;
}

/** A result of `autotune`, by name. */
export interface TuningRecord {
  readonly chosen: StrategyChoice;
  readonly rival: StrategyChoice | null;
  readonly gain: number;
  readonly measured: number;
  readonly excluded: readonly ExcludedChoice[];
}

const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null;

/** Reads what a store gives back, which another version may have written. */
function parseRecord(text: string, choices: readonly StrategyChoice[]): TuningRecord | null {
  const isChoice = (value: unknown): boolean =>
    isRecord(value) && choices.some((choice) => isSameChoice(choice, value as unknown as StrategyChoice));
  const isExcluded = (value: unknown): boolean =>
    isChoice(value) && ['fails', 'differs'].includes((value as ExcludedChoice).problem);
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return null;
  }
  if (!isRecord(value)) return null;
  const { chosen, rival, gain, measured, excluded } = value;
  const isValid =
    isChoice(chosen) &&
    (rival === null || isChoice(rival)) &&
    typeof gain === 'number' &&
    typeof measured === 'number' &&
    Array.isArray(excluded) &&
    excluded.every(isExcluded);
  return isValid ? (value as unknown as TuningRecord) : null;
}

export class TuningMemory {
  readonly #known = new Map<string, TuningRecord>();

  constructor(private readonly store: TextStore | null = null) {}

  /** What was measured under a key, if it is about the given choices. */
  async recall(key: string, choices: readonly StrategyChoice[]): Promise<TuningRecord | null> {
    const known = this.#known.get(key);
    if (known || !this.store) return known ?? null;
    try {
      const text = await this.store.get(key);
      const record = text === null ? null : parseRecord(text, choices);
      if (record) this.#known.set(key, record);
      return record;
    } catch {
      return null;
    }
  }

  remember(key: string, record: TuningRecord): void {
    this.#known.set(key, record);
    this.store?.set(key, JSON.stringify(record)).catch(() => {});
  }
}
