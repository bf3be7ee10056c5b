/** From settings to Programs: the model and the optimizer that a configuration describes, and the steps that it needs. */

import { type Corpus, outputTokens } from '../data/corpus.ts';
import type { Program } from '../engine/program.ts';
import { type Config, familyOf, type LiveSettings } from '../model/config.ts';
import type { OptimizerOptions } from '../model/optimizer.ts';
import { type ModelShape, ParameterLayout } from '../model/parameters.ts';
import { decodingProgram, trainingProgram } from '../model/translator.ts';

/** The model that a configuration describes for a corpus. */
export const modelShape = (config: Config, corpus: Corpus): ModelShape => ({
  kind: familyOf(config.task),
  sourceVocabulary: corpus.sourceVocabulary.size,
  outputs: outputTokens(corpus).length,
  embedding: config.embedding,
  hidden: config.hidden,
  layers: config.layers,
  bidirectional: config.bidirectional,
  decoderHidden: config.decoderHidden,
  attention: config.attention,
  readout: config.readout,
  score: config.score,
  placement: config.placement,
  ...(corpus.picture ? { picture: corpus.picture } : {}),
});

/** The optimizer that a configuration describes; β₁, β₂ and ε are those of Kingma & Ba 2015. */
export const optimizerOptions = (config: Config): OptimizerOptions => ({
  kind: config.optimizer,
  beta1: 0.9,
  beta2: 0.999,
  epsilon: 1e-8,
  weightDecay: config.weightDecay,
  momentum: config.momentum,
  maxNorm: config.clip,
});

/** Which ops a training step has to contain; a change of it means other plans, everything else is data. */
export interface Variant {
  readonly hasDropout: boolean;
  readonly isSampled: boolean;
}

export const variantOf = ({ dropout, teacherForcing }: LiveSettings): Variant => ({
  hasDropout: dropout > 0,
  isSampled: teacherForcing < 1,
});

/** A picture of one cell. */
const SMALLEST_PICTURE = { picture: { height: 4, width: 4 } };

/** Programs of the smallest shapes that use every kernel that a run with these settings needs. */
export function smallestPrograms(config: Config): Program[] {
  const kind = familyOf(config.task);
  const { layers, bidirectional, score, placement } = config;
  const layout = new ParameterLayout({
    kind,
    sourceVocabulary: 4,
    outputs: 4,
    embedding: 2,
    hidden: 2,
    attention: 2,
    readout: 2,
    decoderHidden: bidirectional ? 4 : 2,
    ...(kind === 'reader' ? SMALLEST_PICTURE : {}),
    layers,
    bidirectional,
    score,
    placement,
  });
  const size = { batch: 1, sourceLength: 1, targetLength: 1 };
  const optimizer = optimizerOptions(config);
  return [trainingProgram(layout, size, { ...variantOf(config), optimizer }), decodingProgram(layout, size)];
}
