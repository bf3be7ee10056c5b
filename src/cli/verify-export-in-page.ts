/** What `npm run verify:export` runs inside the headless page: trains briefly with the page's own worker, and takes the model away. */

import { type Config, defaultConfig, resolveConfig } from '../model/config.ts';
import { startTrainingWorker } from '../training/client.ts';
import { toBase64, trainTo } from './train-in-page.ts';

export interface ExportRequest {
  readonly task: Config['task'];
  readonly changes: Partial<Config>;
  readonly steps: number;
}

export interface ExportedArchives {
  /** Archives in base64. */
  readonly pytorch: string;
  readonly onnx: string | null;
}

const IGNORED = { opened: () => {}, progressed: () => {} };

/** @throws RequestError when the settings can't be used; Error when the run fails */
export async function exportTrained({ task, changes, steps }: ExportRequest): Promise<ExportedArchives> {
  const client = startTrainingWorker();
  try {
    await client.open(resolveConfig({ ...defaultConfig(task), ...changes }), 'cpu');
    await trainTo(client, steps, IGNORED);
    const base64 = async (wanted: 'pytorch' | 'onnx'): Promise<string | null> => {
      const { files } = await client.ask('take-away', { wanted, sentences: [] });
      const [file] = files;
      return file?.bytes ? toBase64(file.bytes) : null;
    };
    return { pytorch: (await base64('pytorch')) ?? '', onnx: await base64('onnx') };
  } finally {
    client.dispose();
  }
}
