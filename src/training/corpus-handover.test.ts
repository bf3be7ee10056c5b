import { afterEach, describe, expect, it, vi } from 'vitest';
import type { Corpus } from '../data/corpus.ts';
import { type PackedCorpus, packingCorpus } from '../data/packed-corpus.ts';
import { loadCorpus } from '../data/tasks.ts';
import { atOnce } from '../lib/slices.ts';
import { tinyConfig } from '../testing/open-run.ts';
import { CorpusHandover } from './corpus-handover.ts';
import type { Event } from './protocol.ts';
import { Session } from './session.ts';

const ofType = <T extends Event['type']>(events: readonly Event[], type: T) =>
  events.filter((event): event is Extract<Event, { type: T }> => event.type === type);

describe('a session', () => {
  let session: Session;
  afterEach(() => session.dispose());

  it('hands over the pairs of its task once, when there is a state to go on from', async () => {
    const events: Event[] = [];
    session = new Session((event) => events.push(event));
    session.handle({ type: 'open', request: 1, config: tinyConfig({ task: 'blocks' }), executor: 'cpu' });
    await vi.waitFor(() => expect(ofType(events, 'opened')).toHaveLength(1), { timeout: 30_000 });
    expect(ofType(events, 'corpus')).toEqual([]);
    session.handle({ type: 'train' });
    await vi.waitFor(() => expect(ofType(events, 'snapshot').length).toBeGreaterThan(1), { timeout: 30_000 });
    session.handle({ type: 'pause' });
    const [{ corpus }, ...others] = ofType(events, 'corpus');
    const made = await loadCorpus({ task: 'blocks', seed: 0 });
    expect(corpus.counts).toEqual([made.train.length, made.validation.length, made.test.length, made.probes.length]);
    expect(others).toEqual([]);
  });

  it('trains on the pairs that the worker before has left, makes none, and hands over a copy', async () => {
    const left = atOnce(packingCorpus(await fewPairs())) as PackedCorpus;
    const events: Event[] = [];
    session = new Session((event) => events.push(event));
    session.handle({
      type: 'open',
      request: 1,
      config: tinyConfig({ task: 'long-dates' }),
      executor: 'cpu',
      succession: { corpus: left, hadGpu: false, reasons: [] },
    });
    await vi.waitFor(() => expect(ofType(events, 'opened')).toHaveLength(1), { timeout: 30_000 });
    expect(ofType(events, 'opened')[0].run).toMatchObject({ trainPairs: 40, validationPairs: 8, testPairs: 8 });
    session.handle({ type: 'train' });
    await vi.waitFor(() => expect(ofType(events, 'snapshot').length).toBeGreaterThan(1), { timeout: 30_000 });
    session.handle({ type: 'pause' });
    expect(ofType(events, 'corpus').map(({ corpus }) => corpus)).toEqual([left]);
  });

  /** A few pairs that pass for those of a task that nothing else here has made. */
  async function fewPairs(): Promise<Corpus> {
    const corpus = await loadCorpus({ task: 'long-dates-fr', seed: 0 });
    const first = (count: number) => Array.from({ length: count }, (_, index) => corpus.train.at(index) as never);
    return { ...corpus, task: 'long-dates', train: first(40), validation: first(8), test: first(8) };
  }
});

describe('a handover', () => {
  it('begins again for another task, and gives nothing of one that was left meanwhile', async () => {
    const given: string[] = [];
    const handover = new CorpusHandover((event) => {
      if (event.type === 'corpus') given.push(event.corpus.task);
    });
    const [blocks, dates] = await Promise.all([
      loadCorpus({ task: 'blocks', seed: 0 }),
      loadCorpus({ task: 'long-dates-fr', seed: 0 }),
    ]);
    await Promise.all([handover.offer(blocks), handover.offer(dates)]);
    expect(given).toEqual(['long-dates-fr']);
    await handover.offer(dates);
    await handover.offer(blocks);
    expect(given).toEqual(['long-dates-fr', 'blocks']);
  });
});
