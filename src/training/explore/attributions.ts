/**
 * Answers `attributions`. One batch has all of it, so that all of it is of the same weights: a row for each target position whose
 * loss alone counts, which leaves the gradient of its own log p with respect to the words; and a row for each source word that is
 * left out.
 */

import { UNK } from '../../data/vocabulary.ts';
import type { TensorData } from '../../engine/executor.ts';
import { CELL_SIDE, type PictureSize } from '../../lib/picture-cells.ts';
import { PIXEL_CHANNELS } from '../../ops/pixels.ts';
import { METRICS } from '../../ops/step-data.ts';
import type { Attributions, Matrix, Question } from '../questions.ts';
import { encodePair, type GradientPlans, type GradientRow } from './gradient-plans.ts';
import { cutSentence } from './sentence-tensors.ts';

/** −log p of a target is the second of three numbers that the loss keeps of it. */
const LOSS_COLUMNS = 3;
const LOSS = 1;

/** The words without one; of a single word an unknown one is left. A cell of a picture is covered, so that the others stay in place. */
function without(source: readonly number[], word: number, isPicture: boolean): readonly number[] {
  if (isPicture) return source.map((bits, j) => (j === word ? 0 : bits));
  return source.length === 1 ? [UNK] : source.filter((_, j) => j !== word);
}

const matrix = (rows: number, columns: number, value: (t: number, j: number) => number): Matrix => ({
  rows,
  columns,
  data: Float32Array.from({ length: rows * columns }, (_, i) => value(Math.floor(i / columns), i % columns)),
});

/** The pixels of a cell. Of each only the grey is looked at: where it is does not change. */
function pixelsOf({ width }: PictureSize, cell: number): number[] {
  const columns = width / CELL_SIDE;
  const [top, left] = [Math.floor(cell / columns) * CELL_SIDE, (cell % columns) * CELL_SIDE];
  return Array.from(
    { length: CELL_SIDE ** 2 },
    (_, i) => (top + Math.floor(i / CELL_SIDE)) * width + left + (i % CELL_SIDE),
  );
}

/** @throws SentenceError for a pair that does not fit */
export async function answerAttributions(
  plans: GradientPlans,
  { source, target }: Question<'attributions'>,
): Promise<Attributions> {
  const { embedding: E, picture } = plans.explored.trainer.layout.shape;
  const pair = encodePair(plans.explored, source, target);
  const [S, T] = [pair.source.length, pair.target.length];
  const rows: GradientRow[] = [
    ...pair.target.map((_, t) => ({ ...pair, only: t })),
    ...pair.source.map((_, j) => ({ source: without(pair.source, j, picture !== undefined), target: pair.target })),
  ];
  const inputs = picture ? ['encoder.pixels', 'encoder.dPixels'] : ['encoder.embedded', 'encoder.dInput.l0'];
  const names = [...inputs, 'attention.weights', 'loss.rows', 'metrics'];
  const { step, size, data } = await plans.run(rows, names);
  const { batch, sourceLength } = size;
  const [x, dX, lossRows, metrics] = [...inputs, 'loss.rows', 'metrics'].map((name) => data[name] as TensorData) as [
    TensorData,
    TensorData,
    TensorData,
    TensorData,
  ];
  // The loss is the mean over all targets that count; each of them on its own is as many times as large.
  const count = metrics[METRICS.count] as number;
  /** Where the input of source position j lies in row 0 of the batch, and how far from there it is to the next row. */
  const elementsOf = (j: number) =>
    picture
      ? pixelsOf(picture, j).map((p) => ({ from: p * batch * PIXEL_CHANNELS, stride: PIXEL_CHANNELS }))
      : Array.from({ length: E }, (_, e) => ({ from: j * batch * E + e, stride: E }));
  const gradientInput = matrix(T, S, (t, j) => {
    let product = 0;
    for (const at of elementsOf(j))
      product += (x[at.from + t * at.stride] as number) * (dX[at.from + t * at.stride] as number);
    return -count * product;
  });
  const lossOf = (row: number, t: number) => lossRows[(t * batch + row) * LOSS_COLUMNS + LOSS] as number;
  const weights = data['attention.weights'];
  return {
    step,
    source,
    target: pair.targetTokens,
    attention: weights
      ? cutSentence(weights, { batch, row: 0, rows: T, stride: sourceLength, columns: S })
      : matrix(0, 0, () => 0),
    gradientInput,
    erasure: matrix(T, S, (t, j) => lossOf(T + j, t) - lossOf(t, t)),
  };
}
