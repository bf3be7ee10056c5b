/** Downloads the run. */

import type { RunsStore } from '../../store/runs-store.ts';
import { downloadFile } from '../parts/download.ts';

/** The run as it stands: a checkpoint with PyTorch's names, and everything that it takes to go on. */
export async function downloadRun(runs: Pick<RunsStore, 'checkpoint'>): Promise<void> {
  const checkpoint = await runs.checkpoint();
  if (!checkpoint) return;
  downloadFile(checkpoint.fileName, new Blob([checkpoint.bytes], { type: 'application/octet-stream' }));
}
