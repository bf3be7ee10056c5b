/** Moments of a run of any length in a budget of memory: when it is full, every second one goes and the stride doubles. */

import type { DecodingMode, Translation } from '../training/protocol.ts';
import { sentenceKey } from './frame-store.ts';
import { hasSentence, type Meters, type Moment, packMoment, unpackMoment, WordingTable } from './timeline-codec.ts';

/** Bytes that the moments of a run may take, with their words and the objects around them. */
export const TIMELINE_BUDGET_BYTES = 24e6;
/** Moments that a visitor may keep. */
export const MAX_KEPT = 24;
/** Share of the budget to thin to, so that thinning is seldom. */
const AFTER_THINNING = 0.75;
/** Share of the budget that kept moments may take, so that the rest of the run has room. */
const KEPT_SHARE = 0.5;

/**
 * Moments in the order of their steps, at least a stride apart but for the first, the newest and those that stay. A budget
 * of eight moments or more is never exceeded.
 */
export class TimelineRecord {
  readonly #table = new WordingTable();
  #moments: Moment[] = [];
  /** Steps of moments that thinning leaves alone. */
  readonly #kept = new Set<number>();
  #momentBytes = 0;
  #stride = 1;
  #followedKey: string | null = null;
  /** Those that have the sentence that is followed. */
  #followed: Moment[] = [];

  constructor(readonly budgetBytes = TIMELINE_BUDGET_BYTES) {}

  /** Oldest first; each step once. */
  get moments(): readonly Moment[] {
    return this.#moments;
  }
  /** Least distance of moments, in steps. */
  get stride(): number {
    return this.#stride;
  }
  get bytes(): number {
    return this.#momentBytes + this.#table.bytes;
  }

  /** The moments that have a sentence, oldest first: those from when it was pinned, as long as it was. */
  follow(key: string | null): readonly Moment[] {
    if (key !== this.#followedKey) {
      this.#followedKey = key;
      this.#findFollowed();
    }
    return this.#followed;
  }

  /**
   * Takes what a frame brought. The newest moment always stays; it gives way to the next one where it is nearer than a
   * stride to the one before it. A step earlier than the newest is left out; the same step again replaces the moment, but
   * for translations of sentences that are pinned no more.
   */
  add(step: number, mode: DecodingMode, translations: readonly Translation[], meters: Meters): void {
    const last = this.#moments.at(-1);
    if (last && step < last.step) return;
    const all =
      last?.step === step && last.mode === mode ? [...translations, ...others(last, translations)] : translations;
    const next = packMoment(this.#table, step, mode, all, meters, last);
    const before = this.#moments.at(-2);
    const isReplaced =
      last && (last.step === step || (before && last.step - before.step < this.#stride && !this.#kept.has(last.step)));
    if (isReplaced) {
      this.#moments.pop();
      this.#momentBytes -= last.bytes;
      if (this.#followed.at(-1) === last) this.#followed.pop();
    }
    this.#moments.push(next);
    if (this.#isFollowed(next)) this.#followed.push(next);
    this.#momentBytes += next.bytes;
    if (this.bytes > this.budgetBytes) this.#thin();
  }

  /** The newest moment at a step or before it; the first one where all are later. */
  at(step: number): Moment | undefined {
    return this.#moments[Math.max(0, lastUpTo(this.#moments, step))];
  }

  /** Lets a moment stay for good. False where the kept ones would take too much. */
  keep(step: number): boolean {
    const moment = this.at(step);
    if (moment?.step !== step || this.#kept.has(step)) return moment?.step === step;
    const bytes = this.#moments.reduce((sum, one) => (this.#kept.has(one.step) ? sum + one.bytes : sum), moment.bytes);
    if (this.#kept.size >= MAX_KEPT || bytes > this.budgetBytes * KEPT_SHARE) return false;
    this.#kept.add(step);
    return true;
  }

  release(step: number): void {
    this.#kept.delete(step);
  }

  /** Lets go of the moments after a step, which the run takes again. */
  cut(step: number): void {
    if ((this.#moments.at(-1)?.step ?? 0) <= step) return;
    this.#moments = this.#moments.filter((moment) => moment.step <= step);
    for (const kept of [...this.#kept]) if (kept > step) this.#kept.delete(kept);
    this.#sweep();
    this.#findFollowed();
  }

  clear(): void {
    this.#moments = [];
    this.#followed = [];
    this.#kept.clear();
    this.#table.clear();
    this.#momentBytes = 0;
    this.#stride = 1;
  }

  /** Lets go of what no moment has any more, and counts anew. */
  #sweep(): void {
    this.#momentBytes = 0;
    for (const moment of this.#moments) this.#momentBytes += moment.bytes;
    this.#table.sweep(this.#moments);
  }

  #isFollowed(moment: Moment): boolean {
    return this.#followedKey !== null && hasSentence(moment, this.#followedKey);
  }

  #findFollowed(): void {
    this.#followed = this.#moments.filter((moment) => this.#isFollowed(moment));
  }

  #thin(): void {
    const newest = this.#moments[this.#moments.length - 1];
    const span = newest.step - this.#moments[0].step;
    this.#sweep();
    // A stride below the distance that the moments have anyway would thin nothing.
    while (2 * this.#stride * this.#moments.length <= span) this.#stride *= 2;
    while (this.bytes > this.budgetBytes * AFTER_THINNING && this.#stride <= span) {
      this.#stride *= 2;
      let lastStep = Number.NEGATIVE_INFINITY;
      this.#moments = this.#moments.filter(({ step }) => {
        const isLeft = step - lastStep >= this.#stride || step === newest.step || this.#kept.has(step);
        if (isLeft) lastStep = step;
        return isLeft;
      });
      this.#sweep();
    }
    this.#findFollowed();
  }
}

/** What a moment has of other sentences. */
function others(moment: Moment, translations: readonly Translation[]): Translation[] {
  const keys = new Set(translations.map(({ source }) => sentenceKey(source)));
  return [...unpackMoment(moment).values()].flatMap(({ key, translation }) => (keys.has(key) ? [] : [translation]));
}

/** Index of the last moment at a step or before it; -1 where all are later. */
export function lastUpTo(moments: readonly { readonly step: number }[], step: number): number {
  let low = 0;
  let high = moments.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (moments[middle].step <= step) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}
