import { readFileSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { type Config, defaultConfig, type TaskId } from '../../model/config.ts';
import type { Command, Event, Translation } from '../protocol.ts';
import { plainScene, type Trace } from '../questions.ts';
import { Session } from '../session.ts';
import MODELS from './models.json';

const FOLDER = new URL('../../../public/models/', import.meta.url);
const config = defaultConfig('numbers');
const STEPS = config.decaySteps;

/** A session, and its events from wherever one has looked up to. */
function start() {
  const events: Event[] = [];
  let look = () => {};
  const session = new Session((event) => {
    events.push(event);
    look();
  });
  let seen = 0;
  const next = <T extends Event['type']>(
    type: T,
    accept: (event: Extract<Event, { type: T }>) => boolean = () => true,
  ): Promise<Extract<Event, { type: T }>> =>
    new Promise((resolve) => {
      look = () => {
        for (; seen < events.length; seen++) {
          const event = events[seen] as Extract<Event, { type: T }>;
          if (event.type !== type || !accept(event)) continue;
          seen++;
          look = () => {};
          resolve(event);
          return;
        }
      };
      look();
    });
  const open = (changes: Partial<Config> = {}) =>
    session.handle({
      type: 'open',
      request: 1,
      config: { ...config, ...changes },
      executor: 'cpu',
      models: 'https://example.org/models/',
    });
  return { session, events, next, open, send: (command: Command) => session.handle(command) };
}

describe('a model on show', () => {
  let current: ReturnType<typeof start>;
  beforeEach(() => {
    vi.stubGlobal('fetch', async (url: URL) => {
      const name = url.pathname.split('/').at(-1) as string;
      return new Response(new Uint8Array(readFileSync(new URL(name, FOLDER))));
    });
    current = start();
  });
  afterEach(async () => {
    vi.unstubAllGlobals();
    await current.session.dispose();
  });

  it('is told as one that ships, with its figures and curves, translates, and has attention that has learned something', async () => {
    current.open();
    const { resumed, run } = await current.next('opened');
    expect(resumed).toMatchObject({ step: STEPS, origin: { kind: 'shipped' } });
    expect(resumed?.evaluation?.exactMatch).toBeGreaterThan(0.9);
    expect(resumed?.curves.series['training.loss']?.x.length).toBeGreaterThan(10);
    expect(run.executor).toMatchObject({ kind: 'cpu', threads: 1 });
    expect(run.trainPairs).toBe(7000);
    const { probes, step } = await current.next('frame');
    expect(step).toBe(STEPS);
    expect(probes[0]?.targetText).toBe(probes[0]?.reference?.text);
    current.send({ type: 'translate', request: 2, text: '97' });
    expect((await current.next('translated')).translation.targetText).toBe('quatre-vingt-dix-sept');
    expect(current.events.some(({ type }) => type === 'moved')).toBe(false);
  });

  it.each(Object.keys(MODELS) as TaskId[])('is there for %s, and answers without its pairs', async (task) => {
    const settings = defaultConfig(task);
    current.open(settings);
    const { resumed } = await current.next('opened');
    expect(resumed).toMatchObject({ step: settings.decaySteps, origin: { kind: 'shipped' } });
    const { probes } = await current.next('frame');
    expect(probes).toHaveLength(4);
    // As a visitor types it; lists are tested with longer ones than were trained.
    const { source, target, reference } = probes[1] as Translation;
    expect(target.map(({ text }) => text)).toEqual(reference?.target);
    const scene = plainScene(source.map(({ text }) => text));
    current.send({ type: 'ask', request: 2, question: { kind: 'trace', scene } });
    const { answer } = await current.next('answered');
    expect((answer as Trace).translation.target).toEqual(target);
    expect(current.events.some(({ type }) => type === 'moved')).toBe(false);
  });

  it('becomes a whole run when somebody gets ready, and stays what it is', async () => {
    current.open();
    await current.next('frame');
    current.send({ type: 'get-ready' });
    const { request, run } = await current.next('moved');
    expect(request).toBe(0);
    expect(run.dispatchesPerStep).toBeGreaterThan(0);
    expect((await current.next('frame')).step).toBe(STEPS);
    current.send({ type: 'evaluate', request: 3, split: 'test', limit: 64 });
    expect((await current.next('evaluated')).evaluation.exactMatch).toBeGreaterThan(0.9);
  });

  it('is left for the initial weights, as if it had never been there', async () => {
    current.open();
    await current.next('opened');
    current.send({ type: 'step', count: 2, isFromStart: true });
    await current.next('status', ({ status, step }) => status === 'paused' && step === 2);
    const losses = current.events.flatMap((event) => (event.type === 'progress' ? [...event.columns.loss] : []));
    const alone = start();
    alone.session.handle({ type: 'open', request: 1, config, executor: 'cpu' });
    await alone.next('opened');
    alone.send({ type: 'step', count: 2 });
    await alone.next('status', ({ status, step }) => status === 'paused' && step === 2);
    expect(losses).toEqual(alone.events.flatMap((event) => (event.type === 'progress' ? [...event.columns.loss] : [])));
    await alone.session.dispose();
  });

  it('goes on from where it is where it is asked to, and not where a pause came first', async () => {
    current.open();
    await current.next('opened');
    current.send({ type: 'train', isFromStart: true });
    current.send({ type: 'pause' });
    await current.next('status', ({ step }) => step === 0);
    current.open();
    await current.next('opened', ({ resumed }) => resumed?.step === STEPS);
    current.send({ type: 'step', count: 1 });
    const { step } = await current.next('status', (event) => event.status === 'paused' && event.step > STEPS);
    expect(step).toBe(STEPS + 1);
    expect(current.events.at(-1)).not.toMatchObject({ type: 'failed' });
  });

  it('is not there with other settings', async () => {
    current.open({ seed: 3, batch: 8 });
    expect((await current.next('opened')).resumed).toBeUndefined();
  });
});
