import { afterEach, describe, expect, it } from 'vitest';
import { ReferenceExecutor } from '../engine/reference-executor.ts';
import { DeviceUnavailableError } from '../lib/errors.ts';
import { type Config, defaultConfig } from '../model/config.ts';
import { ExecutorFactory, type Executors, type OpenedExecutor } from './executors.ts';
import type { Command, Event } from './protocol.ts';
import { Session } from './session.ts';

const tiny: Config = {
  ...defaultConfig('numbers'),
  embedding: 4,
  hidden: 4,
  decoderHidden: 4,
  attention: 4,
  readout: 4,
  batch: 4,
};
const STEPS = 24;

/** The reference, with readings that wait for a sign, and that fail once it is disposed. */
class Gated extends ReferenceExecutor {
  isDisposed = false;
  open: Promise<void> = Promise.resolve();

  override async read(tensor: string) {
    const data = await super.read(tensor);
    await this.open;
    if (this.isDisposed) throw new Error('read after dispose');
    return data;
  }

  override dispose(): void {
    this.isDisposed = true;
    super.dispose();
  }
}

/** `cpu` is the real one, `webgpu` the float64 reference, or none. */
class TwoExecutors extends ExecutorFactory {
  hasSecond = true;
  readonly opened: Gated[] = [];

  override async open(preference: 'auto' | 'webgpu' | 'cpu'): Promise<OpenedExecutor> {
    if (preference !== 'webgpu') return super.open('cpu', 'auto', tiny);
    if (!this.hasSecond) throw new DeviceUnavailableError('there is no adapter');
    const executor = new Gated();
    this.opened.push(executor);
    return {
      executor,
      description: { kind: 'webgpu', adapter: 'reference', isSoftware: true, threads: 0, reasons: [] },
      lost: new Promise<never>(() => {}),
      onDescription: () => {},
    };
  }
}

function start(executors: Executors = new TwoExecutors()) {
  const events: Event[] = [];
  const listeners = new Set<() => void>();
  const session = new Session((event) => {
    events.push(event);
    for (const listener of listeners) listener();
  }, executors);
  const until = <T extends Event['type']>(
    type: T,
    accept: (event: Extract<Event, { type: T }>) => boolean = () => true,
  ): Promise<Extract<Event, { type: T }>> =>
    new Promise((resolve) => {
      const look = () => {
        const found = events.find((event) => event.type === type && accept(event as Extract<Event, { type: T }>));
        if (!found) return;
        listeners.delete(look);
        resolve(found as Extract<Event, { type: T }>);
      };
      listeners.add(look);
      look();
    });
  const column = (name: 'step' | 'loss') =>
    events.flatMap((event) => (event.type === 'progress' ? [...event.columns[name]] : []));
  const send = (command: Command) => session.handle(command);
  const open = (executor: 'cpu' | 'webgpu' = 'cpu') => {
    send({ type: 'open', request: 1, config: tiny, executor });
    return until('opened');
  };
  const finished = () => until('status', ({ status, step }) => status === 'paused' && step === STEPS);
  return { session, events, until, column, send, open, finished };
}

describe('a run that goes on elsewhere', () => {
  const sessions: Session[] = [];
  const begin = (executors?: Executors) => {
    const started = start(executors);
    sessions.push(started.session);
    return started;
  };
  afterEach(async () => {
    for (const session of sessions.splice(0)) await session.dispose();
  });

  /** Losses of a run that stays where it is. */
  async function uninterrupted(): Promise<number[]> {
    const { open, send, finished, column } = begin();
    await open();
    send({ type: 'step', count: STEPS });
    await finished();
    return column('loss');
  }

  it('takes the steps that it would have taken, in the middle of a training, there and back', async () => {
    const want = await uninterrupted();
    const { open, send, until, finished, column, events } = begin();
    await open();
    send({ type: 'pace', pace: { kind: 'limited', stepsPerSecond: 100 } });
    send({ type: 'step', count: STEPS });
    await until('progress');
    send({ type: 'move', request: 2, executor: 'webgpu', strategy: 'auto' });
    const moved = await until('moved', ({ request }) => request === 2);
    expect(moved.run.executor).toMatchObject({ kind: 'webgpu', adapter: 'reference' });
    send({ type: 'move', request: 3, executor: 'cpu', strategy: 'auto' });
    await finished();
    await until('moved', ({ request }) => request === 3);
    expect(column('step')).toEqual(Array.from({ length: STEPS }, (_, i) => i + 1));
    column('loss').forEach((loss, i) => {
      expect(Math.abs(loss - (want[i] as number))).toBeLessThan(1e-5 + 1e-3 * (want[i] as number));
    });
    expect(events.filter(({ type }) => type === 'opened')).toHaveLength(1);
    expect(
      events.filter((event) => event.type === 'status' && event.step === 0 && event.status === 'paused'),
    ).toHaveLength(1);
  });

  it('stays paused where it was, with the settings and the sentence that it had', async () => {
    const { open, send, until, events } = begin();
    const { run } = await open();
    const source = run.samples[2]?.sourceText as string;
    send({ type: 'step', count: 3 });
    await until('status', ({ status, step }) => status === 'paused' && step === 3);
    send({ type: 'configure', live: { learningRate: 0.02, teacherForcing: 1, dropout: 0 } });
    send({ type: 'probes', sources: [source] });
    await until('frame', ({ probes }) => probes.length === 1);
    const before = events.length;
    send({ type: 'move', request: 2, executor: 'webgpu', strategy: 'auto' });
    const moved = await until('moved');
    expect(moved.run.config.learningRate).toBe(0.02);
    const frame = await until('frame', (event) => events.indexOf(event) > events.indexOf(moved));
    expect(frame).toMatchObject({ step: 3 });
    expect(frame.probes.map(({ source: tokens }) => tokens.length)).toEqual([run.samples[2]?.source.length]);
    expect(events.slice(before).some(({ type }) => type === 'status' || type === 'opened')).toBe(false);
  });

  it('trains on bit for bit where it can not', async () => {
    const want = await uninterrupted();
    const executors = new TwoExecutors();
    executors.hasSecond = false;
    const { open, send, until, finished, column } = begin(executors);
    await open();
    send({ type: 'step', count: STEPS });
    send({ type: 'move', request: 2, executor: 'webgpu', strategy: 'auto' });
    expect((await until('refused')).error.name).toBe('DeviceUnavailableError');
    await finished();
    expect(column('loss')).toEqual(want);
  });

  it('answers what was asked before on the executor that it left, and frees that then', async () => {
    const executors = new TwoExecutors();
    const { open, send, until, events } = begin(executors);
    await open('webgpu');
    const [first] = executors.opened as [Gated];
    let letGo = () => {};
    await until('frame');
    first.open = new Promise((resolve) => {
      letGo = resolve;
    });
    send({ type: 'ask', request: 6, question: { kind: 'parameters', names: ['attention.v'] } });
    await new Promise((resolve) => setTimeout(resolve));
    send({ type: 'move', request: 7, executor: 'cpu', strategy: 'auto' });
    await until('moved');
    expect(first.isDisposed).toBe(false);
    letGo();
    expect((await until('answered')).request).toBe(6);
    await expect.poll(() => first.isDisposed).toBe(true);
    expect(events.filter(({ type }) => type === 'rejected' || type === 'failed')).toEqual([]);
  });
});
