import { describe, expect, it } from 'vitest';
import { type Config, defaultConfig } from '../model/config.ts';
import type { Event, ExecutorPreference, StrategyPreference } from './protocol.ts';
import { Session } from './session.ts';

const tiny: Config = {
  ...defaultConfig('numbers'),
  embedding: 8,
  hidden: 8,
  decoderHidden: 8,
  attention: 8,
  readout: 8,
  batch: 8,
};
type Place = readonly [ExecutorPreference, StrategyPreference];

/** Losses of a run that takes four steps at each place. */
async function losses(places: readonly Place[]): Promise<number[]> {
  const events: Event[] = [];
  let look = () => {};
  const session = new Session((event) => {
    events.push(event);
    look();
  });
  const until = (accept: (event: Event) => boolean) =>
    new Promise<void>((resolve, reject) => {
      look = () => {
        const bad = events.find(({ type }) => type === 'failed' || type === 'refused');
        if (bad) reject(new Error(JSON.stringify(bad)));
        if (events.some(accept)) resolve();
      };
      look();
    });
  for (const [i, [executor, strategy]] of places.entries()) {
    if (i === 0) session.handle({ type: 'open', request: 1, config: tiny, executor, strategy });
    else session.handle({ type: 'move', request: i + 1, executor, strategy });
    await until((event) => (event.type === 'opened' || event.type === 'moved') && event.request === i + 1);
    session.handle({ type: 'step', count: 4 });
    await until((event) => event.type === 'status' && event.status === 'paused' && event.step === 4 * (i + 1));
  }
  await session.dispose();
  return events.flatMap((event) => (event.type === 'progress' ? [...event.columns.loss] : []));
}

describe('a run that goes from the CPU to WebGPU, to other launches, and back', () => {
  it('takes the steps that it would have taken', async () => {
    const want = await losses(Array.from({ length: 4 }, () => ['cpu', 'auto'] as const));
    const got = await losses([
      ['cpu', 'auto'],
      ['webgpu', 'persistent'],
      ['webgpu', 'separate'],
      ['cpu', 'auto'],
    ]);
    expect(got).toHaveLength(16);
    got.forEach((loss, i) => {
      const expected = want[i] as number;
      expect(Math.abs(loss - expected)).toBeLessThan(1e-4 + 1e-3 * expected);
    });
  });
});
