/** What the page and the worker say to each other about runs that are kept. */

import type { Config } from '../../model/config.ts';
import type { KeptRun } from './shelf.ts';

/** Where a run comes from that is not to begin with its initial weights. */
export type RunSource =
  /** The run that this browser saved last; with `wanted`, only one of these settings, live ones aside. */
  | { readonly kind: 'last'; readonly wanted: Config | null }
  | { readonly kind: 'saved'; readonly id: string }
  | { readonly kind: 'file'; readonly bytes: Uint8Array<ArrayBuffer> };

export type RunOrigin =
  | { readonly kind: 'last'; readonly savedAt: number }
  /** It is open in another tab, so that this one goes on with a copy of it. */
  | { readonly kind: 'copy'; readonly savedAt: number }
  | { readonly kind: 'saved'; readonly savedAt: number; readonly name: string | null }
  | { readonly kind: 'file' }
  /** It ships with the page. Until something needs more, it only has its weights: no pairs, no other place than the CPU. */
  | { readonly kind: 'shipped' };

/** What a visitor does with the runs that are kept; all of it is answered with `kept`. */
export type ShelfAction =
  | { readonly kind: 'list' }
  /** Keeps the run as it stands; one of the same name is replaced. */
  | { readonly kind: 'save'; readonly name: string }
  | { readonly kind: 'rename'; readonly id: string; readonly name: string }
  | { readonly kind: 'duplicate'; readonly id: string; readonly name: string }
  | { readonly kind: 'delete'; readonly id: string }
  /** Brings back what was deleted last. */
  | { readonly kind: 'undelete' };

/** The kept runs but for the one that is open. */
export interface ShelfState {
  /** False where the browser has no place for them. */
  readonly isAvailable: boolean;
  /** The newest first. */
  readonly runs: readonly KeptRun[];
  readonly usage: { readonly usedBytes: number; readonly quotaBytes: number } | null;
}

/** `full`: there is no room to save the run; `unavailable`: the browser has no place for it, or it fails. */
export type StorageProblem = 'full' | 'unavailable';
