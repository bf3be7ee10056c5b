/** One tab a run: the browser's locks, which end with the tab that has them. */

export interface Hold {
  release(): void;
}

/** A page that is being loaded again still has its run for a moment. */
const PATIENCE_MS = 400;

/** Takes a run for this tab; null where another one has it. Without locks, as on an insecure page, every tab may. */
export function holdRun(id: string): Promise<Hold | null> {
  if (typeof navigator === 'undefined' || !navigator.locks) return Promise.resolve({ release: () => {} });
  return new Promise((resolve) => {
    navigator.locks
      .request(
        `heed-run-${id}`,
        { signal: AbortSignal.timeout(PATIENCE_MS) },
        () => new Promise<void>((release) => resolve({ release })),
      )
      .catch(() => resolve(null));
  });
}
