/** Hands a file to the visitor. */

import type { RunsStore } from '../../store/runs-store.ts';

/** Time that a browser may take to begin with a download, ms. */
const RELEASE_MS = 60_000;

/** Downloads the run as it stands: a checkpoint with PyTorch's names, and everything that it takes to go on. */
export async function downloadRun(runs: Pick<RunsStore, 'checkpoint'>): Promise<void> {
  const checkpoint = await runs.checkpoint();
  if (!checkpoint) return;
  const address = URL.createObjectURL(new Blob([checkpoint.bytes], { type: 'application/octet-stream' }));
  const link = document.createElement('a');
  link.href = address;
  link.download = checkpoint.fileName;
  link.click();
  setTimeout(() => URL.revokeObjectURL(address), RELEASE_MS);
}
