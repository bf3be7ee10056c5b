import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { blankCell, cellBits } from '../../lib/picture-cells.ts';
import { openCpu, openRun, sharpen, tinyConfig } from '../../testing/open-run.ts';
import { plainScene } from '../questions.ts';
import type { Run } from '../run.ts';

/** What may be asked of words, asked of a picture. */
describe('a reader', () => {
  let run: Run;
  let source: readonly string[];
  beforeAll(async () => {
    run = await openRun(await openCpu(), tinyConfig({ task: 'plates', bidirectional: false }));
    await sharpen(run);
    source = run.corpus.probes[0]?.source as readonly string[];
  });
  afterAll(() => run.dispose());

  const ask = (question: Parameters<Run['explorer']['answer']>[0]) => run.explorer.answer(question);

  it('is traced with an annotation for each cell, and weights over them that sum to 1', async () => {
    const trace = await ask({ kind: 'trace', scene: plainScene(source), parameters: ['attention.W.weight'] });
    if (!('tensors' in trace) || !('score' in trace)) throw new Error('no trace');
    expect(trace.tensors['encoder.h.l0']).toMatchObject({ rows: 66, columns: 4 });
    expect(trace.tensors['attention.weights']?.columns).toBe(64);
    const weights = trace.tensors['attention.weights']?.data as Float32Array;
    for (let t = 0; t * 64 < weights.length; t++)
      expect(weights.subarray(64 * t, 64 * t + 64).reduce((sum, weight) => sum + weight, 0)).toBeCloseTo(1, 5);
    expect(trace.tensors['encoder.gates.l0']).toBeUndefined();
  });

  it('reads something else where cells are covered', async () => {
    const covered = source.map((token, i) => (i % 3 === 0 ? blankCell(token) : token));
    const answer = await ask({ kind: 'explore', scenes: [plainScene(source), plainScene(covered)] });
    if (!('scenes' in answer)) throw new Error('no scenes');
    const [whole, part] = answer.scenes.map(({ translation }) => [...translation.weights]);
    expect(part).not.toEqual(whole);
  });

  it('owes nothing to paper: gradient × input and covering are 0 there, and not everywhere', async () => {
    const answer = await ask({ kind: 'attributions', source, target: ['1', '2'] });
    if (!('erasure' in answer)) throw new Error('no attributions');
    const { gradientInput, erasure } = answer;
    expect([gradientInput.columns, erasure.columns]).toEqual([64, 64]);
    source.forEach((token, j) => {
      if (cellBits(token) !== 0) return;
      for (let t = 0; t < gradientInput.rows; t++) {
        expect(gradientInput.data[t * 64 + j]).toBeCloseTo(0, 10);
        expect(erasure.data[t * 64 + j]).toBeCloseTo(0, 6);
      }
    });
    expect(Math.max(...gradientInput.data.map(Math.abs))).toBeGreaterThan(1e-4);
    expect(Math.max(...erasure.data.map(Math.abs))).toBeGreaterThan(1e-4);
  });

  it('has backward tensors, and is searched with a beam', async () => {
    const backward = await ask({ kind: 'backward', source, target: ['1', '2'] });
    if (!('gradients' in backward)) throw new Error('no backward');
    expect(backward.tensors['encoder.dH.l0']).toMatchObject({ rows: 66, columns: 4 });
    const beam = await ask({ kind: 'beam', source, width: 2 });
    if (!('hypotheses' in beam)) throw new Error('no beam');
    expect(beam.hypotheses.length).toBeGreaterThan(0);
  });

  it('reads a picture that is written for typed digits, and none that has another size', async () => {
    const translation = await run.translate(run.corpus.tokenizeSource('4821'));
    expect(translation.source).toHaveLength(64);
    expect(run.corpus.tokenizeSource('AAAA')).toEqual([]);
  });
});
