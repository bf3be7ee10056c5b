import { describe, expect, test } from 'vitest';
import { STRATEGIES } from '../engine/lowering.ts';
import { compareLosses } from './contest.ts';
import { openHeed } from './heed.ts';
import { type BenchModel, benchModel, benchTask } from './models.ts';
import { Seat } from './seat.ts';

const sizes = { batch: 5, source: 4, target: 3, embedding: 6, hidden: 7, sourceVocabulary: 11, targetVocabulary: 9 };
const open = async (model: BenchModel, ...engine: Parameters<typeof openHeed>) =>
  new Seat(await openHeed(...engine)(benchTask(model)), model);

describe('Heed as a contestant', () => {
  test.each([
    ['additive', benchModel('tiny', sizes)],
    ['dot', benchModel('tiny', sizes, 'dot')],
  ])('has equal losses from equal weights on every executor and strategy: %s', async (_, model) => {
    const reference = await open(model, 'reference', null);
    const expected = (await reference.turns(5)).map(({ loss }) => loss);
    reference.dispose();
    expect(expected[4]).toBeLessThan(0.95 * (expected[0] as number));
    for (const [backend, strategy] of [
      ['cpu', null],
      ...STRATEGIES.map((strategy) => ['webgpu', strategy] as const),
    ] as const) {
      const seat = await open(model, backend, strategy);
      const losses = (await seat.turns(5)).map(({ loss }) => loss);
      expect(compareLosses(losses, expected), `${backend} ${strategy}`).toBeNull();
      expect(seat.opened.strategy?.strategy ?? null).toBe(strategy);
      seat.dispose();
    }
  });

  test('makes nothing in a step: one submit, no buffer, bind group or pipeline', async () => {
    const seat = await open(benchModel('tiny', sizes), 'webgpu', null);
    await seat.turn(2);
    const calls = await seat.calls(3);
    expect(calls).toMatchObject({ submits: 1, buffers: 0, bindGroups: 0, pipelines: 0 });
    expect(calls?.dispatches).toBeGreaterThan(0);
    seat.dispose();
  });
});
