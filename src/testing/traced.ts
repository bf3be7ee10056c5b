/** Traces of small models, computed by the float64 reference: what a worker answers, without a worker. */

import { ReferenceExecutor } from '../engine/reference-executor.ts';
import { annotationSizeOf, type ModelShape, ParameterLayout } from '../model/parameters.ts';
import { decodingProgram } from '../model/translator.ts';
import { COUNTERS_LENGTH, VALUES_LENGTH } from '../ops/step-data.ts';
import { pickParameters } from '../training/explore/parameters.ts';
import type { Matrices, Trace } from '../training/questions.ts';
import { tinyParameters } from './tiny-models.ts';

/** Decodes one sentence of S words, T steps free-running; weights are `scale` times their initial size. */
export async function tracedModel(shape: ModelShape, S: number, T: number, scale = 1): Promise<Trace> {
  const layout = new ParameterLayout(shape);
  const executor = new ReferenceExecutor();
  const flat = tinyParameters(layout, scale);
  const plan = await executor.prepare(decodingProgram(layout, { batch: 1, sourceLength: S, targetLength: T }));
  executor.write('parameters', flat);
  plan.write('values', new Float64Array(VALUES_LENGTH));
  plan.write('counters', new Uint32Array(COUNTERS_LENGTH));
  plan.write(
    'source',
    Uint32Array.from({ length: S }, (_, j) => 4 + ((j * 3) % (shape.sourceVocabulary - 4))),
  );
  plan.write('sourceLengths', Uint32Array.of(S));
  plan.write('targetIn', new Uint32Array(T).fill(1));
  plan.write('targetOut', new Uint32Array(T).fill(5));
  plan.run();
  const floats = [...plan.program.tensors.values()].filter(({ type, role }) => type === 'f32' && role === 'local');
  const read = await plan.read(...floats.map(({ name }) => name));
  const tensors: Matrices = Object.fromEntries(
    floats.map(({ name, rows, columns }) => [name, { rows, columns, data: Float32Array.from(read[name] ?? []) }]),
  );
  const token = (text: string) => ({ text, isUnknown: false });
  executor.dispose();
  return {
    step: 0,
    score: shape.score,
    placement: shape.placement,
    directions: annotationSizeOf(shape) / shape.hidden,
    layers: shape.layers,
    tensors,
    candidates: Array.from({ length: T }, () => []),
    entropies: new Array(T).fill(0),
    translation: {
      source: Array.from({ length: S }, (_, j) => token(`source${j}`)),
      target: Array.from({ length: T }, (_, t) => token(`target${t}`)),
      targetText: '',
      probabilities: new Float32Array(T),
      weights: tensors['attention.weights']?.data ?? new Float32Array(0),
      isComplete: true,
    },
    parameters: pickParameters(
      layout,
      layout.specs.map(({ name }) => name),
      flat,
    ),
  };
}
