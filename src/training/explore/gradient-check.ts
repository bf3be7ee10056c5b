/** Answers `gradient-check`: some gradients of the run's own backward pass beside central differences in float64. */

import type { TensorData } from '../../engine/executor.ts';
import { ReferenceExecutor } from '../../engine/reference-executor.ts';
import { createRandom } from '../../lib/random.ts';
import { gradientProgram } from '../../model/gradient-program.ts';
import type { ParameterLayout } from '../../model/parameters.ts';
import { METRICS } from '../../ops/step-data.ts';
import type { Answer, CheckedGradient, Question } from '../questions.ts';
import { encodePair, type GradientPlans, type GradientRow, writeRows } from './gradient-plans.ts';

/** Half the distance of the two losses: its square is the truncation error, 1e-16 over it the rounding error. */
const STEP = 1e-5;
const MAX_COUNT = 64;

type Drawn = Pick<CheckedGradient, 'parameter' | 'row' | 'column'> & { readonly index: number };

/** Different elements of the attention's parameters, from each of them in turn; where there are none, of what makes its query. */
function drawParameters(layout: ParameterLayout, count: number, seed: number): Drawn[] {
  const trained = layout.specs.filter(({ isTrained }) => isTrained).map(({ name }) => name);
  const own = trained.filter((name) => name.startsWith('attention.'));
  const names =
    own.length > 0
      ? own
      : trained.filter((name) => name.startsWith(layout.shape.kind === 'classifier' ? 'bridge.' : 'decoder.lstm.'));
  const views = names.map((parameter) => ({ parameter, ...layout.view('gradients', parameter) }));
  const random = createRandom(seed);
  const drawn = new Map<number, Drawn>();
  const most = Math.min(
    Math.max(0, Math.floor(count)),
    MAX_COUNT,
    views.reduce((total, { rows, columns }) => total + rows * columns, 0),
  );
  for (let turn = 0; drawn.size < most; turn++) {
    const view = views[turn % views.length] as (typeof views)[number];
    const [row, column] = [random.integer(view.rows), random.integer(view.columns)];
    const index = view.offset + row * view.columns + column;
    drawn.set(index, { parameter: view.parameter, row, column, index });
  }
  return [...drawn.values()].sort((a, b) => a.index - b.index);
}

/** (L(θ+ε) − L(θ−ε)) / 2ε of one row's loss at each of the places. */
async function differences(
  layout: ParameterLayout,
  weights: TensorData,
  row: GradientRow,
  indices: readonly number[],
): Promise<number[]> {
  const size = { batch: 1, sourceLength: row.source.length, targetLength: row.target.length };
  const program = gradientProgram(layout, size);
  const forward = program.calls.findIndex(({ place }) => place.direction === 'backward');
  const executor = new ReferenceExecutor();
  try {
    const plan = await executor.prepare(program);
    const parameters = Float64Array.from(weights);
    writeRows(plan, size, [row]);
    const loss = async (index: number, shift: number): Promise<number> => {
      const kept = parameters[index] as number;
      parameters[index] = kept + shift;
      executor.write('parameters', parameters);
      parameters[index] = kept;
      plan.run(0, forward);
      return (await plan.read('metrics')).metrics[METRICS.loss] as number;
    };
    const results: number[] = [];
    for (const index of indices) results.push(((await loss(index, STEP)) - (await loss(index, -STEP))) / (2 * STEP));
    return results;
  } finally {
    executor.dispose();
  }
}

/** @throws SentenceError for a pair that does not fit */
export async function answerGradientCheck(
  plans: GradientPlans,
  { source, target, count, seed }: Question<'gradient-check'>,
): Promise<Answer<'gradient-check'>> {
  const { layout } = plans.explored.trainer;
  const pair = encodePair(plans.explored, source, target);
  const drawn = drawParameters(layout, count, seed);
  const { step, data } = await plans.run([pair], ['gradients', 'parameters']);
  const indices = drawn.map(({ index }) => index);
  const numeric = await differences(layout, data.parameters as TensorData, pair, indices);
  const checked = drawn.map(({ index, ...place }, i) => ({
    ...place,
    analytic: data.gradients?.[index] as number,
    numeric: numeric[i] as number,
  }));
  return { step, checked };
}
