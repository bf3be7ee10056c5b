/** What `npm run train` runs inside the headless page: the page's own worker, followed from its first step to its last. */

import { pictureOf } from '../lib/picture-cells.ts';
import type { Config } from '../model/config.ts';
import { startTrainingWorker, type TrainingClient } from '../training/client.ts';
import type { Evaluation, ExecutorPreference, OwnData, RunDescription, Translation } from '../training/protocol.ts';
import { heatmapSvg } from '../viz/heatmap-svg.ts';
import { pictureSvg } from '../viz/picture-svg.ts';

export interface TrainRequest {
  readonly config: Config;
  readonly executor: ExecutorPreference;
  readonly steps: number;
  /** The held-out part that the final figures are taken over. */
  readonly part: 'test' | 'validation';
  /** Most held-out pairs that the final figures are taken over. */
  readonly evaluationLimit: number;
  readonly data?: OwnData;
}

/** The newest figures of a run under way. */
export interface TrainProgress {
  readonly step: number;
  /** Nats per target token, of the newest step. */
  readonly loss: number;
  /** Of the newest look at the validation part; null before the first. */
  readonly exactMatch: number | null;
  readonly stepsPerSecond: number;
}

export interface TrainResult {
  readonly run: RunDescription;
  readonly evaluation: Evaluation;
  /** Time from the first step to the last, validation included. */
  readonly trainingSeconds: number;
  /** The weights as safetensors, in base64. */
  readonly checkpoint: string;
  /** The first sample's attention as SVG; null where the model has none. */
  readonly heatmap: string | null;
}

/** Where the page reports to while `train` is under way. */
export interface TrainListener {
  opened(run: RunDescription): void;
  progressed(progress: TrainProgress): void;
}

const PROGRESS_INTERVAL_MS = 200;

export function toBase64(bytes: Uint8Array): string {
  let binary = '';
  // `fromCharCode` takes its codes as arguments, of which an engine allows some tens of thousands.
  for (let start = 0; start < bytes.length; start += 0x8000)
    binary += String.fromCharCode(...bytes.subarray(start, start + 0x8000));
  return btoa(binary);
}

/** Trains until the run has paused at `steps`. Rejects when the run fails. */
export function trainTo(client: TrainingClient, steps: number, listener: TrainListener): Promise<void> {
  return new Promise((resolve, reject) => {
    let exactMatch: number | null = null;
    let reportedAt = 0;
    const unsubscribe = client.subscribe((event) => {
      if (event.type === 'failed') {
        unsubscribe();
        reject(new Error(`${event.error.name}: ${event.error.message}`));
      } else if (event.type === 'evaluation') exactMatch = event.evaluation.exactMatch;
      else if (event.type === 'progress') {
        const { columns, stepsPerSecond } = event;
        const step = columns.step.at(-1);
        const loss = columns.loss.at(-1);
        if (step === undefined || loss === undefined) return;
        if (performance.now() - reportedAt < PROGRESS_INTERVAL_MS && step < steps) return;
        reportedAt = performance.now();
        listener.progressed({ step, loss, exactMatch, stepsPerSecond });
      } else if (event.type === 'status' && event.status === 'paused' && event.step >= steps) {
        unsubscribe();
        resolve();
      }
    });
    client.send({ type: 'step', count: steps });
  });
}

/**
 * Opens a run, trains it and takes its held-out figures, its weights and its first heatmap.
 * @throws RequestError when the settings or the data can't be used; Error when the run fails
 */
export async function train(request: TrainRequest, listener: TrainListener): Promise<TrainResult> {
  const client = startTrainingWorker();
  try {
    const run = await client.open(request.config, request.executor, request.data);
    listener.opened(run);
    const start = performance.now();
    await trainTo(client, request.steps, listener);
    const trainingSeconds = (performance.now() - start) / 1000;
    const evaluation = await client.evaluate(request.part, request.evaluationLimit);
    const { bytes } = await client.checkpoint();
    const sample = run.samples[0];
    const translation = sample && (await client.translate(sample.sourceText)).translation;
    const heatmap = translation && translation.weights.length > 0 ? attentionSvg(translation) : null;
    return { run, evaluation, trainingSeconds, checkpoint: toBase64(bytes), heatmap };
  } finally {
    client.dispose();
  }
}

/** The heatmap of a sentence, or the picture that was read with the attention over it. */
function attentionSvg(translation: Translation): string {
  const picture = pictureOf(translation.source.map(({ text }) => text));
  return picture ? pictureSvg(translation, picture) : heatmapSvg(translation);
}
