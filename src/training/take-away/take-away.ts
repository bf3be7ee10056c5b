/** Answers `take-away`: the model as files for other programs. */

import type { Family } from '../../model/config.ts';
import type { Explored as ExploredRun } from '../explore/explorer.ts';
import type { Answer, ModelFile, Question } from '../questions.ts';
import { modelFile } from './bundles.ts';
import { takeSnapshot } from './snapshot.ts';

/** What each family can be had as. */
const FILES: Readonly<Record<Family, readonly ModelFile[]>> = {
  translator: ['weights', 'pytorch', 'onnx'],
  classifier: ['weights', 'pytorch'],
  reader: ['weights', 'pytorch'],
};

/** All files with their sizes; the bytes of the one that is wanted. */
export async function takeAway(
  run: ExploredRun,
  { wanted, sentences }: Question<'take-away'>,
): Promise<Answer<'take-away'>> {
  const snapshot = await takeSnapshot(run, sentences);
  const possible = FILES[run.trainer.layout.shape.kind];
  const kinds = wanted === null ? possible : possible.filter((kind) => kind === wanted);
  const files = kinds.map((kind) => {
    const { fileName, bytes } = modelFile(kind, run, snapshot);
    return { kind, fileName, size: bytes.length, bytes: wanted === null ? null : bytes };
  });
  return { step: snapshot.step, files };
}
