import { readdirSync, readFileSync } from 'node:fs';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { loadOutlined, outlineOf } from '../../data/outline.ts';
import { loadCorpus } from '../../data/tasks.ts';
import { defaultConfig, goalOf, TASKS, type TaskId } from '../../model/config.ts';
import { TASK_CATALOGUE } from '../../model/tasks.ts';
import { loadShipped } from './library.ts';
import MODELS from './models.json';
import { decodeShipped, MAX_SHIPPED_BYTES } from './shipped-model.ts';

const FOLDER = new URL('../../../public/models/', import.meta.url);
const read = (task: string): Uint8Array => new Uint8Array(readFileSync(new URL(`${task}.safetensors`, FOLDER)));

/** Another task, or another version of one, asks for `npm run ship`. */
describe('the models that ship', () => {
  it('are one for each task, in the language that it starts with', () => {
    expect(Object.keys(MODELS).sort()).toEqual(TASK_CATALOGUE.map(({ variants }) => variants[0]).sort());
  });

  it('are the files of the folder, each of a task and small enough', () => {
    expect(readdirSync(FOLDER).sort()).toEqual(Object.keys(MODELS).map((task) => `${task}.safetensors`));
    for (const [task, bytes] of Object.entries(MODELS)) {
      expect(TASKS).toContain(task);
      expect(read(task).length).toBe(bytes);
      expect(bytes).toBeLessThanOrEqual(MAX_SHIPPED_BYTES);
    }
  });

  it.each(Object.keys(MODELS) as TaskId[])('fit the task as it is: %s', async (task) => {
    const { checkpoint, outline } = decodeShipped(read(task));
    expect(checkpoint.config).toEqual(defaultConfig(task));
    const corpus = await loadCorpus({ task, seed: 0 });
    expect(checkpoint.sourceTokens).toEqual(corpus.sourceVocabulary.tokens);
    expect(checkpoint.targetTokens).toEqual(corpus.targetVocabulary.tokens);
    expect(outline).toEqual(JSON.parse(JSON.stringify(outlineOf(corpus))));

    // Before its pairs are made, it reads and writes as with them.
    const { sourceTokens: source, targetTokens: target } = checkpoint;
    const shown = await loadOutlined(task, outline, { source, target });
    for (const { source, target } of shown ? corpus.probes : []) {
      expect(source.map((token) => shown?.sourceVocabulary.id(token))).toEqual(source.map(corpus.sourceVocabulary.id));
      const typed = corpus.joinSource(source);
      expect(shown?.joinSource(source)).toBe(typed);
      expect(shown?.tokenizeSource(typed)).toEqual(corpus.tokenizeSource(typed));
      expect(shown?.joinTarget(target)).toBe(corpus.joinTarget(target));
    }
  });
});

describe('the goal of a task', () => {
  it.each(Object.keys(MODELS) as TaskId[])(
    'was reached by the model that ships, on the way and at the end: %s',
    (task) => {
      const { evaluation, curves } = decodeShipped(read(task)).checkpoint;
      expect(evaluation?.exactMatch).toBeGreaterThan(goalOf(task));
      expect(Math.max(...(curves.series['heldOut.exactMatch']?.max ?? []))).toBeGreaterThan(goalOf(task));
    },
  );
});

describe('loading a model that ships', () => {
  afterEach(() => vi.unstubAllGlobals());
  const { signal } = new AbortController();
  const folder = 'https://example.org/models/';
  const answer = (respond: (url: string) => Response) => {
    const fetched = vi.fn(async (url: URL) => respond(String(url)));
    vi.stubGlobal('fetch', fetched);
    return fetched;
  };

  it('asks for the task by name', async () => {
    const fetched = answer(() => new Response(read('phrases') as Uint8Array<ArrayBuffer>));
    const model = await loadShipped(folder, defaultConfig('phrases'), signal);
    expect(String(fetched.mock.calls[0]?.[0])).toBe(`${folder}phrases.safetensors`);
    expect(model?.checkpoint.step).toBe(defaultConfig('phrases').decaySteps);
  });

  it('asks for nothing where the settings are others, or the pairs are the visitor’s own', async () => {
    const fetched = answer(() => new Response());
    expect(await loadShipped(folder, { ...defaultConfig('phrases'), hidden: 32 }, signal)).toBeNull();
    expect(await loadShipped(folder, { ...defaultConfig('phrases'), seed: 1 }, signal)).toBeNull();
    expect(await loadShipped(folder, defaultConfig('own'), signal)).toBeNull();
    expect(fetched).not.toHaveBeenCalled();
  });

  it.each([
    ['is not there', () => new Response('', { status: 404 })],
    ['is damaged', () => new Response(read('phrases').slice(0, -9) as Uint8Array<ArrayBuffer>)],
    ['is of another task', () => new Response(read('dates') as Uint8Array<ArrayBuffer>)],
    [
      'does not arrive',
      () => {
        throw new TypeError('network');
      },
    ],
  ])('does without one that %s', async (_, respond) => {
    answer(respond);
    expect(await loadShipped(folder, defaultConfig('phrases'), signal)).toBeNull();
  });
});
