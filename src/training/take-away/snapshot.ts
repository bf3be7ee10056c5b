/** The model at one moment: its weights, and what it makes of a few sentences with exactly these weights. */

import { describeScene, EXPLORED_TENSORS } from '../explore/explore.ts';
import type { Explored as ExploredRun } from '../explore/explorer.ts';
import { SceneDecoder } from '../explore/scene-decoder.ts';
import { plainScene } from '../questions.ts';
import type { SavedTensor } from '../safetensors.ts';

/** Sentences that come with a model, as examples and for its check. */
const MOST_SENTENCES = 8;

/** A sentence, and the greedy translation of it. */
export interface ExpectedSentence {
  readonly source: readonly string[];
  readonly target: readonly string[];
  /** p of each target token. */
  readonly probabilities: readonly number[];
  /** α [T][S]; null without attention. */
  readonly weights: readonly (readonly number[])[] | null;
}

export interface ModelSnapshot {
  readonly step: number;
  /** By PyTorch name, `bias_hh` as zeros. */
  readonly weights: Readonly<Record<string, SavedTensor<Float32Array<ArrayBuffer>>>>;
  readonly sentences: readonly ExpectedSentence[];
}

/**
 * Decodes sentences, the task's own where none fits, and reads the weights in the same run: training goes on meanwhile.
 * Sentences that are empty or too long are left out.
 */
export async function takeSnapshot(
  run: ExploredRun,
  sentences: readonly (readonly string[])[],
): Promise<ModelSnapshot> {
  const { layout } = run.trainer;
  const fits = (source: readonly string[]) => source.length > 0 && source.length <= run.sourceLength;
  const wanted = [...sentences, ...run.corpus.probes.map(({ source }) => source)].filter(fits);
  const different = [...new Map(wanted.map((source) => [source.join('\u001f'), source])).values()];
  const scenes = different.slice(0, MOST_SENTENCES).map(plainScene);
  const decoder = new SceneDecoder(run, scenes.length);
  try {
    const decoded = await decoder.decode(scenes, [...EXPLORED_TENSORS, 'parameters']);
    const [first] = decoded;
    if (!first) throw new Error('the task has no sentence to check a model with');
    const flat = layout.unpack(first.at('parameters', 0));
    return {
      step: first.step,
      weights: Object.fromEntries(
        layout.specs.map(({ name, shape }) => [name, { shape, data: Float32Array.from(flat[name] ?? []) }]),
      ),
      sentences: decoded.map((own, i) => {
        const { translation } = describeScene(decoder, own, plainScene(different[i] ?? []));
        const { weights } = translation;
        const columns = translation.source.length;
        return {
          source: translation.source.map(({ text }) => text),
          target: translation.target.map(({ text }) => text),
          probabilities: [...translation.probabilities],
          weights: own.has('attention.weights')
            ? translation.target.map((_, t) => [...weights.subarray(t * columns, (t + 1) * columns)])
            : null,
        };
      }),
    };
  } finally {
    await decoder.dispose();
  }
}
