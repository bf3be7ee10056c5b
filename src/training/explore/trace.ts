/** Answers `trace`: everything that one decoding computed, from the executor's own tensors. */

import { directionsOf, type ModelShape } from '../../model/parameters.ts';
import type { Answer, Matrix, Question } from '../questions.ts';
import { describeScene, EXPLORED_TENSORS } from './explore.ts';
import { checkNames, pickParameters } from './parameters.ts';
import type { DecodedScene, SceneDecoder } from './scene-decoder.ts';

/** Source positions S, target positions T, or slots around them, that a tensor has rows for. */
interface Extent {
  readonly name: string;
  /** As the Program calls it, where that is shorter. */
  readonly tensor?: string;
  readonly rows: (S: number, T: number) => number;
  /** One column a source position, of which only the sentence's count. */
  readonly isPerWord?: boolean;
}

const source = (S: number): number => S;
const target = (_: number, T: number): number => T;
const states = (_: number, T: number): number => T + 1;
const encoderStates = (S: number): number => S + 2;

const extents = (shape: ModelShape): readonly Extent[] => [
  { name: 'encoder.embedded', rows: source },
  ...Array.from({ length: shape.layers }, (_, layer) => [
    ...directionsOf(shape).map((suffix) => ({ name: `encoder.gates.l${layer}${suffix}`, rows: source })),
    { name: `encoder.h.l${layer}`, rows: encoderStates },
    { name: `encoder.c.l${layer}`, rows: encoderStates },
  ]).flat(),
  { name: 'attention.keys', rows: source },
  { name: 'attention.queries', rows: target },
  { name: 'attention.scores', rows: target, isPerWord: true },
  { name: 'attention.weights', rows: target, isPerWord: true },
  { name: 'query', rows: target },
  { name: 'context', rows: target },
  { name: 'decoder.embedded', rows: target },
  { name: 'decoder.gates', rows: target },
  { name: 'decoder.h', rows: states },
  { name: 'decoder.c', rows: states },
  { name: 'decoder.contexts', rows: states },
  { name: 'decoder.lateContexts', rows: target },
  { name: 'readout.logits', tensor: 'logits', rows: target },
];

/** @throws as `checkScene`; ShapeError for a parameter that the model does not have */
export async function trace(
  decoder: SceneDecoder,
  { scene, parameters = [] }: Question<'trace'>,
): Promise<Answer<'trace'>> {
  const { layout } = decoder.run.trainer;
  const { shape } = layout;
  checkNames(layout, parameters);
  const wanted = extents(shape);
  const names = new Set([...EXPLORED_TENSORS, ...wanted.map(({ name, tensor = name }) => tensor)]);
  // Read with the tensors: training goes on meanwhile, and the weights have to be those that made them.
  if (parameters.length > 0) names.add('parameters');
  const [decoded] = (await decoder.decode([scene], [...names])) as [DecodedScene];
  const explored = describeScene(decoder, decoded, scene);
  const [S, T] = [scene.source.length, explored.candidates.length];
  const tensors: Record<string, Matrix> = {};
  for (const { name, tensor = name, rows, isPerWord } of wanted) {
    if (!decoded.has(tensor)) continue;
    const matrix = decoded.matrix(tensor, rows(S, T), isPerWord ? S : undefined);
    // A plan for longer sentences carries the last forward state on over the padding.
    if (rows === encoderStates) matrix.data.fill(0, (S + 1) * matrix.columns);
    tensors[name] = matrix;
  }
  return {
    ...explored,
    step: decoded.step,
    score: shape.score,
    placement: shape.placement,
    directions: directionsOf(shape).length,
    layers: shape.layers,
    tensors,
    parameters: parameters.length > 0 ? pickParameters(layout, parameters, decoded.at('parameters', 0)) : {},
  };
}
