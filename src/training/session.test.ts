import { afterEach, describe, expect, it } from 'vitest';
import { type Config, defaultConfig } from '../model/config.ts';
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

/** A session on the CPU executor whose events can be waited for. */
function start() {
  const events: Event[] = [];
  const listeners = new Set<() => void>();
  const session = new Session((event) => {
    events.push(event);
    for (const listener of listeners) listener();
  });
  const until = <T extends Event['type']>(
    type: T,
    accept: (event: Extract<Event, { type: T }>) => boolean = () => true,
    from = 0,
  ): Promise<Extract<Event, { type: T }>> =>
    new Promise((resolve) => {
      const look = () => {
        const found = events
          .slice(from)
          .find((event) => event.type === type && accept(event as Extract<Event, { type: T }>));
        if (!found) return;
        listeners.delete(look);
        resolve(found as Extract<Event, { type: T }>);
      };
      listeners.add(look);
      look();
    });
  const open = (config: Config = tiny, request = 1) => {
    session.handle({ type: 'open', request, config, executor: 'cpu' });
    return until('opened', (event) => event.request === request);
  };
  const trained = (events_: readonly Event[]) =>
    events_.flatMap((event) => (event.type === 'progress' ? [...event.columns.loss] : []));
  return { session, events, until, open, send: (command: Command) => session.handle(command), trained };
}

describe('a session', () => {
  let current: ReturnType<typeof start>;
  afterEach(() => current.session.dispose());

  it('describes the run before its first step and shows untrained probes', async () => {
    current = start();
    const { run } = await current.open();
    expect(run.executor.kind).toBe('cpu');
    expect(run.parameterCount).toBeGreaterThan(100);
    expect(run.samples.length).toBeGreaterThanOrEqual(3);
    const frame = await current.until('frame');
    expect(frame.step).toBe(0);
    for (const { weights, source, target } of frame.probes) {
      expect(weights.length).toBe(source.length * target.length);
      for (let t = 0; t < target.length; t++) {
        const row = weights.subarray(t * source.length, (t + 1) * source.length);
        expect(row.reduce((sum, weight) => sum + weight, 0)).toBeCloseTo(1, 6);
      }
    }
  });

  it('tells the likeliest words with the first and the last frame, and between them at most once a second', async () => {
    current = start();
    await current.open();
    const started = performance.now();
    current.send({ type: 'step', count: 60 });
    await current.until('status', ({ status, step }) => status === 'paused' && step === 60);
    const seconds = (performance.now() - started) / 1000;
    const frames = current.events.filter((event) => event.type === 'frame');
    const known = frames.filter(({ probes }) => probes.every(({ candidates }) => candidates));
    expect(known).toContain(frames[0]);
    expect(known).toContain(frames.at(-1));
    expect(known.length).toBeLessThanOrEqual(3 + seconds);
    for (const { candidates, target, probabilities, isComplete } of known.flatMap(({ probes }) => probes)) {
      expect(candidates?.length).toBe(target.length + (isComplete ? 1 : 0));
      candidates?.forEach((list, position) => {
        expect(list).toHaveLength(3);
        expect(list.map(({ probability }) => -probability)).toEqual(
          list.map(({ probability }) => -probability).sort((a, b) => a - b),
        );
        // Greedy decoding takes the first.
        expect(list[0]?.token).toBe(target[position]?.text ?? '</s>');
        if (position < target.length) expect(list[0]?.probability).toBeCloseTo(probabilities[position] as number, 5);
      });
    }
  });

  it('takes n steps, reports every one of them once and pauses', async () => {
    current = start();
    await current.open();
    current.send({ type: 'step', count: 7 });
    await current.until('status', ({ status, step }) => status === 'paused' && step === 7);
    const steps = current.events.flatMap((event) => (event.type === 'progress' ? [...event.columns.step] : []));
    expect(steps).toEqual([1, 2, 3, 4, 5, 6, 7]);
  });

  it('repeats the same losses bit for bit after a reset and in another session', async () => {
    current = start();
    await current.open();
    current.send({ type: 'step', count: 5 });
    await current.until('status', ({ status, step }) => status === 'paused' && step === 5);
    const first = current.trained(current.events);
    const mark = current.events.length;
    current.send({ type: 'reset' });
    await current.until('status', ({ step }) => step === 0, mark);
    const afterReset = current.events.length;
    current.send({ type: 'step', count: 5 });
    await current.until('status', ({ status, step }) => status === 'paused' && step === 5, afterReset);
    expect(current.trained(current.events.slice(mark))).toEqual(first);
    expect(first).toHaveLength(5);

    await current.session.dispose();
    current = start();
    await current.open();
    current.send({ type: 'step', count: 5 });
    await current.until('status', ({ status, step }) => status === 'paused' && step === 5);
    expect(current.trained(current.events)).toEqual(first);
  });

  it('refuses a configuration that is out of range and keeps the run that is open', async () => {
    current = start();
    await current.open();
    current.send({ type: 'open', request: 2, config: { ...tiny, hidden: 1_000_000 }, executor: 'cpu' });
    const { error } = await current.until('refused');
    expect(error).toMatchObject({ name: 'ConfigError', details: { field: 'hidden' } });
    current.send({ type: 'step', count: 1 });
    await current.until('status', ({ status, step }) => status === 'paused' && step === 1);
  });

  it('refuses own data that is missing or broken with the line and the reason', async () => {
    current = start();
    const data = { kind: 'text', fileName: 'pairs.tsv', text: 'no tab here\n' } as const;
    current.send({ type: 'open', request: 3, config: { ...tiny, task: 'own' }, executor: 'cpu', data });
    const { error } = await current.until('refused');
    expect(error.name).toBe('CorpusFormatError');
    expect(error.details.line).toBe('1');
  });

  it('translates a typed sentence while it trains and marks unknown tokens', async () => {
    current = start();
    await current.open();
    current.send({ type: 'train' });
    current.send({ type: 'translate', request: 9, text: '12x' });
    const { translation } = await current.until('translated');
    expect(translation.source.map(({ text, isUnknown }) => [text, isUnknown])).toEqual([
      ['1', false],
      ['2', false],
      ['x', true],
    ]);
    current.send({ type: 'pause' });
    await current.until('status', ({ status }) => status === 'paused');
  });

  it.each([
    ['   ', 'empty'],
    ['1'.repeat(10_000), 'too-long'],
    ['1'.repeat(100), 'too-long'],
  ])('answers %j with a reason instead of a translation', async (text, reason) => {
    current = start();
    await current.open();
    current.send({ type: 'translate', request: 4, text });
    const { error } = await current.until('rejected');
    expect(error).toMatchObject({ name: 'SentenceError', details: { reason } });
  });

  it('takes over live settings between two steps, sampling and dropout included', async () => {
    current = start();
    await current.open();
    current.send({ type: 'step', count: 2 });
    current.send({ type: 'configure', live: { learningRate: 0.001, teacherForcing: 0.5, dropout: 0.3 } });
    current.send({ type: 'step', count: 4 });
    await current.until('status', ({ status, step }) => status === 'paused' && step >= 4);
    for (const loss of current.trained(current.events)) expect(loss).toBeGreaterThan(0);
  });

  it('goes through the stages of an update in order in slow motion, and finishes the step when paused', async () => {
    current = start();
    await current.open();
    current.send({ type: 'pace', pace: { kind: 'slow-motion' } });
    current.send({ type: 'train' });
    await current.until('stage', ({ report }) => report?.stage === 'encode');
    const stages = current.events.flatMap((event) => (event.type === 'stage' && event.report ? [event.report] : []));
    expect(stages.map(({ stage }) => stage).slice(0, 2)).toEqual(['embed', 'encode']);
    expect(stages.every(({ dispatches, step }) => dispatches > 0 && step === 1)).toBe(true);
    current.send({ type: 'pause' });
    await current.until('status', ({ status, step }) => status === 'paused' && step === 1);
    const last = current.events.filter(({ type }) => type === 'stage').at(-1);
    expect(last).toEqual({ type: 'stage', report: null });
  });

  it('evaluates on held-out pairs and writes a checkpoint with every parameter', async () => {
    current = start();
    await current.open();
    current.send({ type: 'evaluate', request: 5, split: 'test', limit: 10 });
    const { evaluation } = await current.until('evaluated');
    expect(evaluation.pairs).toBe(10);
    expect(evaluation.loss).toBeGreaterThan(0);
    expect(evaluation.attentionEntropy).toBeGreaterThan(0.5);
    current.send({ type: 'checkpoint', request: 6 });
    const { bytes, fileName } = await current.until('checkpointed');
    expect(fileName).toBe('heed-numbers-step0.safetensors');
    expect(new TextDecoder().decode(bytes.subarray(8, 2000))).toContain('encoder.lstm.bias_hh_l0');
  });
});
