/** Answers `take-away`: the model as files for other programs. */

import type { Explored as ExploredRun } from '../explore/explorer.ts';
import { type Answer, MODEL_FILES, type Question } from '../questions.ts';
import { modelFile } from './bundles.ts';
import { takeSnapshot } from './snapshot.ts';

/** All files with their sizes; the bytes of the one that is wanted. */
export async function takeAway(
  run: ExploredRun,
  { wanted, sentences }: Question<'take-away'>,
): Promise<Answer<'take-away'>> {
  const snapshot = await takeSnapshot(run, sentences);
  const kinds = wanted === null ? MODEL_FILES : [wanted];
  const files = kinds.map((kind) => {
    const { fileName, bytes } = modelFile(kind, run, snapshot);
    return { kind, fileName, size: bytes.length, bytes: wanted === null ? null : bytes };
  });
  return { step: snapshot.step, files };
}
