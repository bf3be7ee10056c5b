/** From settings to Programs: the model and the optimizer that a configuration describes, and the steps that it needs. */

import { type Corpus, outputTokens } from '../data/corpus.ts';
import type { Program } from '../engine/program.ts';
import { type Config, familyOf, type LiveSettings } from '../model/config.ts';
import type { OptimizerOptions } from '../model/optimizer.ts';
import { type ModelShape, ParameterLayout } from '../model/parameters.ts';
import { decodingProgram, trainingProgram } from '../model/translator.ts';
import { EVALUATION_BATCH } from './evaluate.ts';

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

/** Of short sentences in few words, and of a small picture. */
const OUTLINE = {
  vocabulary: { sourceVocabulary: 4, outputs: 4 },
  sourceLength: 3,
  targetLength: 3,
  picture: { height: 4, width: 12 },
};

/** Programs that need no corpus, with the kernels that a run with these settings will need: its training step, and decoding of one sentence and of many. */
export function outlinePrograms(config: Config): Program[] {
  const kind = familyOf(config.task);
  const { embedding, hidden, layers, bidirectional, decoderHidden, attention, readout, score, placement } = config;
  const layout = new ParameterLayout({
    kind,
    ...OUTLINE.vocabulary,
    ...(kind === 'reader' && { picture: OUTLINE.picture }),
    ...{ embedding, hidden, layers, bidirectional, decoderHidden, attention, readout, score, placement },
  });
  const { sourceLength, targetLength } = OUTLINE;
  const sized = (batch: number) => ({ batch, sourceLength, targetLength: kind === 'classifier' ? 1 : targetLength });
  const optimizer = optimizerOptions(config);
  return [
    trainingProgram(layout, sized(config.batch), { ...variantOf(config), optimizer }),
    decodingProgram(layout, sized(1)),
    decodingProgram(layout, sized(EVALUATION_BATCH)),
  ];
}
