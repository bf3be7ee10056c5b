/** What it takes to go on with a training as if it had never stopped. */

import type { TensorData } from '../engine/executor.ts';
import type { Config } from '../model/config.ts';
import type { SavedHistory } from './metrics-history.ts';

/**
 * A training between two steps. Random draws and batches are functions of seed and step (`counters`, `batcher.batchAt`), so that
 * these two are the state of all generators. Gradients are not part of it: every step computes them anew.
 */
export interface TrainingState {
  /** Settings as they stand, live ones included. */
  readonly config: Config;
  /** Steps taken since the initial weights. */
  readonly step: number;
  /** Source and target tokens trained on since the initial weights. */
  readonly tokens: number;
  /** All weights, in the order of the model's `ParameterLayout`. */
  readonly parameters: TensorData;
  /** First moment of Adam, momentum of SGD; one element a weight. */
  readonly moment1: TensorData;
  /** Second moment of Adam; null for SGD. */
  readonly moment2: TensorData | null;
  /** Curves up to `step`. */
  readonly curves: SavedHistory;
}
