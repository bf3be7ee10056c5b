import { describe, expect, it } from 'vitest';
import { sigmoid } from '../../lib/activations.ts';
import { SCORES } from '../../model/config.ts';
import { USED_PLACEMENTS } from '../../testing/model-matrix.ts';
import {
  oneHot,
  openCpu,
  openRun,
  sceneOf,
  scenesOf,
  sharpen,
  sourceOf,
  tinyConfig,
  without,
} from '../../testing/open-run.ts';
import type { Answer, Explored, Matrices, Matrix, Scene, Trace } from '../questions.ts';
import type { Run } from '../run.ts';

const trace = (run: Run, scene: Scene, parameters: readonly string[] = []) =>
  run.explorer.answer({ kind: 'trace', scene, parameters }) as Promise<Trace>;

async function parametersOf(run: Run, ...names: string[]): Promise<Matrices> {
  const answer = await run.explorer.answer({ kind: 'parameters', names });
  return (answer as Answer<'parameters'>).parameters;
}

async function openSharp(changes: Parameters<typeof tinyConfig>[0] = {}): Promise<Run> {
  const run = await openRun(await openCpu(), tinyConfig(changes));
  await sharpen(run, 2);
  return run;
}

const rowOf = ({ data, columns }: Matrix, r: number): number[] =>
  Array.from(data.subarray(r * columns, (r + 1) * columns));

function expectClose(got: readonly number[], want: readonly number[], who: string): void {
  expect(got, who).toHaveLength(want.length);
  got.forEach((value, i) => {
    expect(Math.abs(value - (want[i] as number)), `${who} ${i}`).toBeLessThan(2e-5 * (1 + Math.abs(want[i] as number)));
  });
}

/** Steps of an LSTM in the order they are taken: h and c follow from the gates i f g o and the state before. */
function expectSteps(gates: Matrix, h: Matrix, c: Matrix, first: number, isReversed: boolean, who: string): void {
  const hidden = gates.columns / 4;
  for (let t = 0; t < gates.rows; t++) {
    const [i, f, g, o] = [0, 1, 2, 3].map((k) => rowOf(gates, t).slice(k * hidden, (k + 1) * hidden)) as number[][];
    const own = (matrix: Matrix, row: number) => rowOf(matrix, row).slice(first, first + hidden);
    const before = own(c, isReversed ? t + 2 : t);
    const cell = before.map((c0, u) => (f?.[u] as number) * c0 + (i?.[u] as number) * (g?.[u] as number));
    expectClose(own(c, t + 1), cell, `${who} c of ${t}`);
    const hiddenState = cell.map((value, u) => (o?.[u] as number) * Math.tanh(value));
    expectClose(own(h, t + 1), hiddenState, `${who} h of ${t}`);
  }
}

const times = ({ rows, columns, data }: Matrix, x: readonly number[], from = 0): number[] =>
  Array.from({ length: rows }, (_, r) =>
    x.reduce((sum, value, k) => sum + value * (data[r * columns + from + k] as number), 0),
  );

const plus = (...terms: readonly (readonly number[])[]): number[] =>
  (terms[0] ?? []).map((_, i) => terms.reduce((sum, term) => sum + (term[i] as number), 0));

describe('a trace', () => {
  const models = SCORES.flatMap((score, i) =>
    USED_PLACEMENTS.map((placement, j) => ({
      score,
      placement,
      bidirectional: (i + j) % 3 > 0,
      layers: 1 + ((i + j) % 2),
    })),
  );
  it.each(models)(
    'follows from itself by the formulas of the model: $score $placement, bidirectional $bidirectional, layers $layers',
    async (model) => {
      const run = await openSharp(model);
      const { length: S } = sourceOf(run);
      const temperature = 0.5;
      const scene = sceneOf(run, { temperature, attention: [null, oneHot(S, 2)] });
      const { tensors, candidates, translation, parameters, ...facts } = await trace(
        run,
        scene,
        run.trainer.layout.specs.map(({ name }) => name),
      );
      const { bidirectional, ...said } = model;
      expect(facts).toMatchObject({ step: 0, directions: bidirectional ? 2 : 1, ...said });
      const T = candidates.length;
      const { layout } = run.trainer;
      const { embedding: E, hidden: H, decoderHidden: Hd, attention: A, outputs: V } = layout.shape;
      const De = bidirectional ? 2 * H : H;
      const shapeOf = Object.fromEntries(Object.entries(tensors).map(([name, m]) => [name, [m.rows, m.columns]]));
      const isQueried = model.score === 'additive' || model.score === 'linear-concat';
      const size = model.score === 'additive' ? A : model.score === 'general' ? Hd : 1;
      const layers = Array.from({ length: model.layers }, (_, n) => [
        [`encoder.gates.l${n}`, [S, 4 * H]],
        ...(bidirectional ? [[`encoder.gates.l${n}_reverse`, [S, 4 * H]]] : []),
        [`encoder.h.l${n}`, [S + 2, De]],
        [`encoder.c.l${n}`, [S + 2, De]],
      ]);
      expect(shapeOf).toEqual({
        'encoder.embedded': [S, E],
        ...Object.fromEntries(layers.flat()),
        ...(isQueried || model.score === 'general' ? { 'attention.keys': [S, size] } : {}),
        ...(isQueried ? { 'attention.queries': [T, size] } : {}),
        ...(model.score === 'none' ? {} : { 'attention.scores': [T, S], 'attention.weights': [T, S] }),
        'decoder.embedded': [T, E],
        'decoder.gates': [T, 4 * Hd],
        'decoder.h': [T + 1, Hd],
        'decoder.c': [T + 1, Hd],
        'decoder.contexts': [T + 1, De],
        'readout.logits': [T, V],
      });
      const all = tensors as Record<string, Matrix>;
      const at = (name: string) => all[name] as Matrix;

      for (let n = 0; n < model.layers; n++)
        for (const [d, suffix] of (bidirectional ? ['', '_reverse'] : ['']).entries())
          expectSteps(
            at(`encoder.gates.l${n}${suffix}`),
            at(`encoder.h.l${n}`),
            at(`encoder.c.l${n}`),
            d * H,
            d > 0,
            `layer ${n}${suffix}`,
          );
      expectSteps(at('decoder.gates'), at('decoder.h'), at('decoder.c'), 0, false, 'decoder');

      const parameter = (name: string) => parameters[name] as Matrix;
      const annotations = at(`encoder.h.l${model.layers - 1}`);
      const readout = parameter('readout.weight');
      for (let t = 0; t < T; t++) {
        const before = rowOf(at('decoder.h'), t);
        const after = rowOf(at('decoder.h'), t + 1);
        const context = rowOf(at('decoder.contexts'), t + 1);
        const y = rowOf(at('decoder.embedded'), t);
        // The decoder's gates from word, context and state.
        const fed = model.placement === 'before' ? context : rowOf(at('decoder.contexts'), t);
        const input = parameter('decoder.lstm.weight_ih_l0');
        const z = plus(
          times(input, y),
          times(input, fed, E),
          times(parameter('decoder.lstm.weight_hh_l0'), before),
          rowOf(parameter('decoder.lstm.bias_ih_l0'), 0),
        );
        const gates = z.map((value, k) => (k >= 2 * Hd && k < 3 * Hd ? Math.tanh(value) : sigmoid(value)));
        expectClose(rowOf(at('decoder.gates'), t), gates, `gates of ${t}`);
        // Logits from state, context and word.
        const hidden = plus(
          times(readout, after),
          times(readout, context, Hd),
          times(readout, y, Hd + De),
          rowOf(parameter('readout.bias'), 0),
        );
        const logits = plus(
          times(parameter('output.weight'), hidden.map(Math.tanh)),
          rowOf(parameter('output.bias'), 0),
        );
        expectClose(rowOf(at('readout.logits'), t), logits, `logits of ${t}`);
        if (model.score === 'none') continue;
        // Scores, weights, context.
        const s = model.placement === 'before' ? before : after;
        if (isQueried)
          expectClose(rowOf(at('attention.queries'), t), times(parameter('attention.U.weight'), s), `query ${t}`);
        const scores = Array.from({ length: S }, (_, j) => {
          const h = rowOf(annotations, j + 1);
          const dot = (a: readonly number[], b: readonly number[]) =>
            a.reduce((sum, value, k) => sum + value * (b[k] as number), 0);
          if (model.score === 'uniform') return 0;
          if (model.score === 'dot') return dot(h, s);
          if (model.score === 'scaled-dot') return dot(h, s) / Math.sqrt(De);
          const key = rowOf(at('attention.keys'), j);
          if (model.score === 'general') return dot(key, s);
          const sum = plus(key, rowOf(at('attention.queries'), t));
          return model.score === 'additive'
            ? dot(sum.map(Math.tanh), rowOf(parameter('attention.v'), 0))
            : (sum[0] as number);
        });
        expectClose(rowOf(at('attention.scores'), t), scores, `scores of ${t}`);
        const exps = scores.map((score) => Math.exp(score / temperature));
        const total = exps.reduce((sum, e) => sum + e);
        const weights = t === 1 ? oneHot(S, 2) : exps.map((e) => e / total);
        expectClose(rowOf(at('attention.weights'), t), weights, `weights of ${t}`);
        const mixed = weights.map((weight, j) => rowOf(annotations, j + 1).map((value) => weight * value));
        expectClose(context, plus(...mixed), `context of ${t}`);
      }
      expect(translation.weights).toEqual(
        at('attention.weights')?.data.slice(0, translation.weights.length) ?? new Float32Array(0),
      );
      run.dispose();
    },
  );

  it('says what `explore` says of the same scene', async () => {
    const run = await openSharp();
    for (const scene of Object.values(scenesOf(run))) {
      const traced = await trace(run, scene);
      const answer = await run.explorer.answer({ kind: 'explore', scenes: [scene] });
      expect(traced).toMatchObject((answer as Answer<'explore'>).scenes[0] as Explored);
    }
    run.dispose();
  });
});

describe('a part that is switched off', () => {
  const isZero = (values: readonly number[]) => values.every((value) => value === 0);

  it.each(USED_PLACEMENTS)('gives zeros, and leaves what comes before it as it is: %s', async (placement) => {
    const run = await openSharp({ placement, layers: 2 });
    const { hidden: H } = run.trainer.layout.shape;
    const plain = await trace(run, sceneOf(run));
    const at = (from: Trace, name: string) => from.tensors[name] as Matrix;
    const rows = (from: Trace, name: string) =>
      Array.from({ length: at(from, name).rows }, (_, r) => rowOf(at(from, name), r));
    const changed = (from: Trace, name: string, r: number) =>
      expect(rowOf(at(from, name), r), `${name} ${r}`).not.toEqual(rowOf(at(plain, name), r));
    const kept = (from: Trace, name: string, r: number) =>
      expect(rowOf(at(from, name), r), `${name} ${r}`).toEqual(rowOf(at(plain, name), r));

    const unattended = await trace(run, sceneOf(run, { off: without('attention') }));
    expect(rows(unattended, 'decoder.contexts').every(isZero)).toBe(true);
    for (const name of ['encoder.h.l0', 'encoder.h.l1', 'attention.keys'])
      expect(at(unattended, name)).toEqual(at(plain, name));
    kept(unattended, 'decoder.h', 0);
    if (placement === 'before') kept(unattended, 'attention.weights', 0);
    else kept(unattended, 'decoder.h', 1);
    changed(unattended, 'readout.logits', 0);

    for (const [direction, part] of (['forward', 'backward'] as const).entries()) {
      const blind = await trace(run, sceneOf(run, { off: without(part) }));
      for (const name of ['encoder.h.l0', 'encoder.c.l0', 'encoder.h.l1', 'encoder.c.l1'])
        expect(
          rows(blind, name).every((row) => isZero(row.slice(direction * H, (direction + 1) * H))),
          name,
        ).toBe(true);
      const other = (from: Trace) =>
        rows(from, 'encoder.h.l0').map((row) => row.slice((1 - direction) * H, (2 - direction) * H));
      expect(other(blind)).toEqual(other(plain));
      expect(at(blind, 'encoder.embedded')).toEqual(at(plain, 'encoder.embedded'));
      changed(blind, 'decoder.h', 0);
      changed(blind, 'readout.logits', 0);
    }

    const unfed = await trace(run, sceneOf(run, { off: without('inputFeeding') }));
    expect(at(unfed, 'encoder.h.l1')).toEqual(at(plain, 'encoder.h.l1'));
    kept(unfed, 'decoder.h', 0);
    if (placement === 'before') {
      kept(unfed, 'decoder.contexts', 1);
      changed(unfed, 'decoder.gates', 0);
    } else {
      // The first step is fed zeros anyway.
      kept(unfed, 'readout.logits', 0);
      changed(unfed, 'decoder.gates', 1);
    }
    expect(rows(unfed, 'decoder.contexts').slice(1).some(isZero)).toBe(false);
    run.dispose();
  });

  it('changes nothing where the model does not have it', async () => {
    const run = await openSharp({ bidirectional: false });
    expect(await trace(run, sceneOf(run, { off: without('backward') }))).toEqual(await trace(run, sceneOf(run)));
    run.dispose();
  });
});

describe('parameters', () => {
  it('come by name as they are, vectors as one row, what is not trained as zeros', async () => {
    const run = await openSharp();
    const { layout } = run.trainer;
    const all = layout.unpack(await run.executor.read('parameters'));
    const names = layout.specs.map(({ name }) => name);
    const parameters = await parametersOf(run, ...names);
    expect(Object.keys(parameters)).toEqual(names);
    for (const { name, shape } of layout.specs) {
      const { rows, columns, data } = parameters[name] as Matrix;
      expect([rows, columns]).toEqual(shape.length === 1 ? [1, shape[0]] : shape);
      expect(Array.from(data), name).toEqual(Array.from(all[name] as Float64Array));
    }
    expect((parameters['decoder.lstm.bias_hh_l0'] as Matrix).data.every((value) => value === 0)).toBe(true);
    await expect(parametersOf(run, 'output.bias', 'output.biases')).rejects.toMatchObject({
      name: 'ShapeError',
      message: 'output.biases: no such parameter',
    });
    run.dispose();
  });
});

describe('asking', () => {
  it('leaves the training bit for bit as it is, and tells the step that it looked at', async () => {
    const train = async (isAsked: boolean) => {
      const run = await openRun(await openCpu(), tinyConfig({ dropout: 0.1, teacherForcing: 0.7 }));
      const answers: Promise<unknown>[] = [];
      for (let step = 0; step < 20; step++) {
        await run.executor.ready();
        run.trainer.submitStep();
        if (!isAsked) continue;
        const scenes = Object.values(scenesOf(run)).slice(step % 5, (step % 5) + 3);
        answers.push(
          run.explorer.answer({ kind: 'explore', scenes }),
          run.explorer.answer({ kind: 'trace', scene: sceneOf(run) }),
          run.explorer.answer({ kind: 'parameters', names: ['output.bias'] }),
        );
        if (step % 4 === 3) {
          const quiet = await run.explorer.answer({ kind: 'explore', scenes });
          expect(quiet).toMatchObject({ step: step + 1 });
        }
      }
      await Promise.all(answers);
      const { loss } = await run.trainer.readProgress();
      const parameters = await run.executor.read('parameters');
      run.dispose();
      return { loss, parameters };
    };
    expect(await train(true)).toEqual(await train(false));
  });
});
