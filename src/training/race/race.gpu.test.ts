import { describe, expect, it } from 'vitest';
import { type Config, defaultConfig } from '../../model/config.ts';
import { laneConfig } from '../../store/race-plan.ts';
import type { Event, ExecutorPreference, RaceNews } from '../protocol.ts';
import { Session } from '../session.ts';

const tiny: Config = {
  ...defaultConfig('numbers'),
  embedding: 8,
  hidden: 8,
  decoderHidden: 8,
  attention: 8,
  readout: 8,
  batch: 8,
};
const lanes = (['none', 'dot', 'additive'] as const).map((score) => laneConfig(tiny, { score }));

/** Losses of every lane of a race in a session, put aside after the fourth step and taken up again. */
async function losses(executor: ExecutorPreference): Promise<number[][]> {
  const events: Event[] = [];
  let look = () => {};
  const session = new Session((event) => {
    events.push(event);
    look();
  });
  const until = <T>(find: () => T | undefined): Promise<T> =>
    new Promise((resolve, reject) => {
      look = () => {
        const bad = events.find(({ type }) => type === 'failed' || type === 'refused' || type === 'rejected');
        if (bad) reject(new Error(JSON.stringify(bad)));
        const found = find();
        if (found !== undefined) resolve(found);
      };
      look();
    });
  const news = (): RaceNews[] => events.flatMap((event) => (event.type === 'race' ? [event.news] : []));
  const answered = (request: number) =>
    until(() => events.find((event) => event.type === 'raced' && event.request === request));
  session.handle({ type: 'open', request: 1, config: tiny, executor });
  await until(() => events.find(({ type }) => type === 'opened'));
  const setup = { lanes, sentence: '21', measure: 'overall', sentencesPerLength: 8 } as const;
  session.handle({ type: 'race', request: 2, action: { kind: 'open', setup } });
  await answered(2);
  session.handle({ type: 'race', request: 3, action: { kind: 'go', until: 4 } });
  await until(() => news().find(({ phase, step }) => phase === 'finished' && step === 4));
  session.handle({ type: 'race', request: 4, action: { kind: 'park' } });
  await answered(4);
  session.handle({ type: 'race', request: 5, action: { kind: 'go', until: 8 } });
  const end = await until(() => news().find(({ phase, step }) => phase === 'finished' && step === 8));
  expect(end.lanes.map(({ evaluation }) => evaluation?.step)).toEqual([8, 8, 8]);
  expect(end.lanes.map(({ probe }) => (probe?.weights.length ?? 0) > 0)).toEqual([false, true, true]);
  await session.dispose();
  return lanes.map((_, i) => news().flatMap(({ lanes: told }) => [...(told[i]?.columns?.loss ?? [])]));
}

describe('a race on WebGPU', () => {
  it('takes the steps that it takes on the CPU, also when it was put aside meanwhile', async () => {
    const want = await losses('cpu');
    const got = await losses('webgpu');
    got.forEach((lane, i) => {
      expect(lane).toHaveLength(8);
      lane.forEach((loss, step) => {
        const expected = want[i]?.[step] as number;
        expect(Math.abs(loss - expected)).toBeLessThan(1e-4 + 1e-3 * expected);
      });
    });
  });
});
