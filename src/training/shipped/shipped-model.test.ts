import { beforeAll, describe, expect, it } from 'vitest';
import type { Corpus } from '../../data/corpus.ts';
import { loadOutlined, outlineOf } from '../../data/outline.ts';
import { loadCorpus } from '../../data/tasks.ts';
import { ReferenceExecutor } from '../../engine/reference-executor.ts';
import { CheckpointFormatError } from '../../lib/errors.ts';
import { type Config, defaultConfig } from '../../model/config.ts';
import { type Checkpoint, checkpointOf } from '../checkpoint.ts';
import { decodeSafetensors, encodeSafetensors } from '../safetensors.ts';
import { Trainer } from '../trainer.ts';
import { packWeights, unpackWeights } from './packed-weights.ts';
import { decodeShipped, encodeShipped } from './shipped-model.ts';

const sizes = { embedding: 16, hidden: 8, decoderHidden: 8, attention: 8, readout: 16, batch: 4 };
const config: Config = { ...defaultConfig('phrases'), ...sizes };

const largest = (values: ArrayLike<number>): number => Array.from(values, Math.abs).reduce((a, b) => Math.max(a, b), 0);
const distance = (a: ArrayLike<number>, b: ArrayLike<number>): number =>
  largest(Array.from(a, (value, i) => value - (b[i] as number)));

describe('a model that ships', () => {
  let corpus: Corpus;
  let checkpoint: Checkpoint;
  beforeAll(async () => {
    corpus = await loadCorpus(config);
    const trainer = await Trainer.open(new ReferenceExecutor(), corpus, config);
    trainer.submitStep();
    checkpoint = checkpointOf(await trainer.capture(), trainer.layout, corpus, null, null);
  });

  it('comes back with its settings, its step, its vocabularies and its weights as float32, without moments', () => {
    const outline = outlineOf(corpus);
    const read = decodeShipped(encodeShipped({ checkpoint, outline }));
    expect(read.outline).toEqual(outline);
    expect(read.checkpoint).toMatchObject({ config, step: 1, moment1: null, moment2: null, evaluation: null });
    expect(read.checkpoint.sourceTokens).toEqual(checkpoint.sourceTokens);
    expect(read.checkpoint.curves.series['training.loss']?.x).toEqual(Float64Array.of(1));
    for (const [name, { shape, data }] of Object.entries(checkpoint.parameters)) {
      const got = read.checkpoint.parameters[name];
      expect(got?.shape).toEqual(shape);
      expect(got?.data).toBeInstanceOf(Float32Array);
      expect(distance(got?.data ?? [], data)).toBeLessThanOrEqual(2 ** -11 * largest(data));
    }
  });

  it('has its largest matrices in a quarter of their size where halves are too much', () => {
    const elements = Object.values(checkpoint.parameters).reduce((total, { data }) => total + data.length, 0);
    const packed = packWeights(checkpoint.parameters, 1.7 * elements);
    const kinds = Object.values(packed).map(({ data }) => data.constructor);
    expect(kinds).toEqual(expect.arrayContaining([Int8Array, Uint16Array]));
    expect(Object.values(packed).reduce((total, { data }) => total + data.byteLength, 0)).toBeLessThanOrEqual(
      1.7 * elements,
    );
    const read = unpackWeights(decodeSafetensors(encodeSafetensors({ metadata: {}, tensors: packed })).tensors);
    expect(Object.keys(read).sort()).toEqual(Object.keys(checkpoint.parameters).sort());
    for (const [name, { data }] of Object.entries(checkpoint.parameters))
      expect(distance(read[name]?.data ?? [], data)).toBeLessThanOrEqual(largest(data) / 253);
    expect(() => packWeights(checkpoint.parameters, elements / 2)).toThrow(RangeError);
  });

  it('is refused without the factors of a matrix, and without an outline', () => {
    const packed = packWeights(checkpoint.parameters, 400_000);
    const whole = { shape: [1, 1], data: Int8Array.of(1) };
    expect(() => unpackWeights({ ...packed, whole })).toThrow(CheckpointFormatError);
    const bytes = encodeShipped({ checkpoint, outline: outlineOf(corpus) });
    const { metadata, tensors } = decodeSafetensors(bytes);
    for (const heed_outline of ['', '{}', '{"trainPairs":1}', '[]', 'null'])
      expect(() => decodeShipped(encodeSafetensors({ metadata: { ...metadata, heed_outline }, tensors }))).toThrow(
        CheckpointFormatError,
      );
  });

  it('is shown with a corpus that has no pairs yet, but reads and writes as the whole one', async () => {
    const { outline, checkpoint: read } = decodeShipped(encodeShipped({ checkpoint, outline: outlineOf(corpus) }));
    const shown = await loadOutlined('phrases', outline, { source: read.sourceTokens, target: read.targetTokens });
    const told = ({ train, validation, test, probes, sourceVocabulary, targetVocabulary, ...rest }: Corpus) => ({
      ...rest,
      lengths: [train.length, validation.length, test.length],
      probes,
      vocabularies: [sourceVocabulary.tokens, targetVocabulary.tokens],
    });
    expect(shown && told(shown)).toEqual(told(corpus));
    expect(shown?.sourceVocabulary.id('cat')).toBe(corpus.sourceVocabulary.id('cat'));
    expect(await loadOutlined('dates', outline, { source: [], target: [] })).toBeNull();
  });
});
