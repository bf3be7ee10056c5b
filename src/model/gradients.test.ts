import { describe, expect, it } from 'vitest';
import type { Program } from '../engine/program.ts';
import { ReferenceExecutor } from '../engine/reference-executor.ts';
import { createRandom } from '../lib/random.ts';
import { METRICS } from '../ops/step-data.ts';
import { centralDifferences, compareGradients, sampleIndices } from '../testing/central-differences.ts';
import { MODELS } from '../testing/model-matrix.ts';
import {
  PLAIN_SGD,
  type StepSettings,
  TINY_SIZE,
  tinyBatch,
  tinyParameters,
  tinyShape,
  writeAll,
  writeStep,
} from '../testing/tiny-models.ts';
import { SCORES } from './config.ts';
import { type ModelShape, ParameterLayout } from './parameters.ts';
import { trainingProgram } from './translator.ts';

const ONE_TARGET = { ...TINY_SIZE, targetLength: 1 };
const SAMPLES = 20;

/** Under these scores no gradient reaches the parameter: the softmax undoes what it adds to all positions alike. */
const WITHOUT_EFFECT = ['attention.U.weight', 'attention.b'];

/** Compares the program's `gradients` with differences of its loss, for some elements of every parameter. */
async function checkGradients(
  shape: ModelShape,
  programOf: (layout: ParameterLayout) => Program,
  settings?: StepSettings,
) {
  const layout = new ParameterLayout(shape);
  const program = programOf(layout);
  const executor = new ReferenceExecutor();
  const plan = await executor.prepare(program);
  const parameters = tinyParameters(layout, 3);
  writeAll(plan, tinyBatch(shape, TINY_SIZE));
  writeStep(plan, PLAIN_SGD, 0, settings);
  executor.write('parameters', parameters);
  plan.run();
  const gradients = await executor.read('gradients');
  const forward = program.calls.findIndex(({ place }) => place.direction === 'backward');
  const loss = async () => {
    executor.write('parameters', parameters);
    plan.run(0, forward);
    return (await plan.read('metrics')).metrics[METRICS.loss];
  };
  const random = createRandom(1);
  for (const { name, isTrained } of layout.specs) {
    if (!isTrained) continue;
    const { offset, rows, columns } = layout.view('gradients', name);
    const indices = sampleIndices(random, rows * columns, SAMPLES).map((i) => offset + i);
    const got = indices.map((i) => gradients[i]);
    const want = await centralDifferences(loss, parameters, indices);
    const { relativeError, largest } = compareGradients(got, want);
    if (shape.placement === 'too-late' && name.startsWith('attention.')) {
      expect(got, name).toEqual(got.map(() => 0));
      expect(want, name).toEqual(got);
      continue;
    }
    if (shape.score === 'linear-concat' && WITHOUT_EFFECT.includes(name)) {
      expect(largest, `largest difference of ${name}`).toBeLessThan(1e-9);
      expect(got, name).toEqual(got.map(() => 0));
      continue;
    }
    expect(relativeError, `relative error of the gradient of ${name}`).toBeLessThanOrEqual(1e-6);
    expect(largest, `largest gradient of ${name}`).toBeGreaterThan(1e-3);
  }
}

const options = (hasDropout: boolean, isSampled: boolean) => ({ hasDropout, isSampled, optimizer: PLAIN_SGD });

describe('the gradients of a training program agree with central differences of its loss:', () => {
  it.each(MODELS)('translator, $score $placement', async ({ score, placement }) => {
    const shape = tinyShape({ score, placement });
    await checkGradients(shape, (layout) => trainingProgram(layout, TINY_SIZE, options(false, false)));
  });

  it.each(['before', 'after'] as const)('translator whose words are projected once, %s', async (placement) => {
    const projected = { ...options(false, false), projected: { source: true, target: true } };
    await checkGradients(tinyShape({ placement }), (layout) => trainingProgram(layout, TINY_SIZE, projected));
  });

  it.each([1, 3])('translator with %s layers in one direction', async (layers) => {
    const shape = tinyShape({ layers, bidirectional: false });
    await checkGradients(shape, (layout) => trainingProgram(layout, TINY_SIZE, options(false, false)));
  });

  // Every score once, with the placements in turn.
  const alternating = MODELS.filter((_, i) => i % 4 === 0 || i % 4 === 3);
  it.each(alternating)(
    'translator with dropout that reads its own words, $score $placement',
    async ({ score, placement }) => {
      const shape = tinyShape({ score, placement });
      await checkGradients(shape, (layout) => trainingProgram(layout, TINY_SIZE, options(true, true)), {
        dropout: 0.3,
        teacherForcing: 0.5,
      });
    },
  );

  it('translator with dropout under teacher forcing', async () => {
    const shape = tinyShape({ placement: 'after' });
    await checkGradients(shape, (layout) => trainingProgram(layout, TINY_SIZE, options(true, false)), { dropout: 0.3 });
  });

  it.each(SCORES)('classifier, %s', async (score) => {
    const shape = tinyShape({ kind: 'classifier', score });
    await checkGradients(shape, (layout) => trainingProgram(layout, ONE_TARGET, options(false, false)));
  });

  it.each([
    { score: 'additive', layers: 1, hasDropout: false },
    { score: 'none', layers: 2, hasDropout: false },
    { score: 'dot', layers: 1, hasDropout: true },
  ] as const)(
    'reader, $score, $layers layers over the cells, dropout $hasDropout',
    async ({ score, layers, hasDropout }) => {
      const picture = { height: 8, width: 8 };
      const shape = tinyShape({ kind: 'reader', score, layers, bidirectional: false, picture, hidden: 8 });
      await checkGradients(shape, (layout) => trainingProgram(layout, TINY_SIZE, options(hasDropout, false)), {
        dropout: 0.3,
      });
    },
  );

  it('classifier with dropout', async () => {
    const shape = tinyShape({ kind: 'classifier', score: 'general' });
    await checkGradients(shape, (layout) => trainingProgram(layout, ONE_TARGET, options(true, false)), {
      dropout: 0.3,
    });
  });
});
