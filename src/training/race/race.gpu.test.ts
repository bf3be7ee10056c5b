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
const lanes = (['none', 'dot'] as const).map((score) => laneConfig(tiny, { score }));

/** Losses of every lane of a race in a session, put aside after the third step and taken up again. */
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
  const setup = { lanes, sentence: '21', measure: 'lengths', sentencesPerLength: 1 } as const;
  session.handle({ type: 'race', request: 2, action: { kind: 'open', setup } });
  await answered(2);
  session.handle({ type: 'race', request: 3, action: { kind: 'go', until: 3 } });
  await until(() => news().find(({ phase, step }) => phase === 'finished' && step === 3));
  session.handle({ type: 'race', request: 4, action: { kind: 'park' } });
  await answered(4);
  session.handle({ type: 'race', request: 5, action: { kind: 'go', until: 6 } });
  const end = await until(() => news().find(({ phase, step }) => phase === 'finished' && step === 6));
  expect(end.lanes.map(({ lengths }) => lengths?.step)).toEqual([6, 6]);
  expect(end.lanes.map(({ probe }) => (probe?.weights.length ?? 0) > 0)).toEqual([false, true]);
  await session.dispose();
  return lanes.map((_, i) => news().flatMap(({ lanes: told }) => [...(told[i]?.columns?.loss ?? [])]));
}

describe('a race on WebGPU', () => {
  it('takes the steps that it takes on the CPU, also when it was put aside meanwhile', async () => {
    const want = await losses('cpu');
    const got = await losses('webgpu');
    got.forEach((lane, i) => {
      expect(lane).toHaveLength(6);
      lane.forEach((loss, step) => {
        const expected = want[i]?.[step] as number;
        expect(Math.abs(loss - expected)).toBeLessThan(1e-4 + 1e-3 * expected);
      });
    });
  });
});
