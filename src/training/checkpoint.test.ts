import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { loadCorpus } from '../data/tasks.ts';
import { ReferenceExecutor } from '../engine/reference-executor.ts';
import { CheckpointFormatError } from '../lib/errors.ts';
import { type Config, defaultConfig } from '../model/config.ts';
import { type Checkpoint, checkpointOf, decodeCheckpoint, encodeCheckpoint, trainingStateOf } from './checkpoint.ts';
import { decodeSafetensors, encodeSafetensors } from './safetensors.ts';
import { Trainer } from './trainer.ts';

const sizes = { embedding: 2, hidden: 2, decoderHidden: 2, attention: 2, readout: 2, batch: 2 };
const config: Config = { ...defaultConfig('dates'), ...sizes };
const evaluation = {
  step: 2,
  pairs: 64,
  loss: 2.5,
  tokenAccuracy: 0.25,
  exactMatch: 0,
  bleu: 0.01,
  alignmentError: null,
  decidingWord: null,
  attentionEntropy: 0.9,
};
const pairs = {
  fileName: 'pairs.tsv',
  columns: ['en', 'fr'],
  rows: [['a', 'b']],
  choice: { source: 0, target: 1 },
} as unknown as NonNullable<Checkpoint['pairs']>;

describe('a checkpoint', () => {
  let trainer: Trainer;
  let checkpoint: Checkpoint;
  let bytes: Uint8Array<ArrayBuffer>;
  beforeAll(async () => {
    const executor = new ReferenceExecutor();
    const corpus = await loadCorpus(config);
    trainer = await Trainer.open(executor, corpus, config);
    for (let i = 0; i < 3; i++) trainer.submitStep();
    checkpoint = checkpointOf(await trainer.capture(), trainer.layout, corpus, evaluation, pairs);
    bytes = encodeCheckpoint(checkpoint);
  });

  it('comes back with everything that it takes to go on', async () => {
    expect(decodeCheckpoint(bytes)).toEqual(checkpoint);
    const state = trainingStateOf(decodeCheckpoint(bytes), trainer.layout, await loadCorpus(config));
    expect(state.step).toBe(3);
    expect(state.curves.series['training.loss']?.x).toEqual(Float64Array.of(1, 2, 3));
    expect(state.moment2).toHaveLength(trainer.layout.length);
  });

  it("has its weights under PyTorch's names, and only texts as metadata", () => {
    const { metadata, tensors } = decodeSafetensors(bytes);
    expect(metadata).toMatchObject({ format: 'pt', heed_step: '3' });
    const weights = Object.keys(tensors).filter((name) => !name.startsWith('heed.'));
    expect(weights).toEqual(trainer.layout.specs.map(({ name }) => name));
    expect(tensors['encoder.lstm.weight_hh_l0']?.shape).toEqual([8, 2]);
  });

  it('keeps a vocabulary that the header has no room for', () => {
    const many = [...checkpoint.sourceTokens, ...Array.from({ length: 5000 }, (_, i) => `${i} ${'long '.repeat(60)}`)];
    const large = { ...checkpoint, sourceTokens: many };
    expect(decodeCheckpoint(encodeCheckpoint(large)).sourceTokens).toEqual(many);
  });

  it('may be one of weights alone: the optimizer then starts from zero', async () => {
    const { metadata, tensors } = decodeSafetensors(bytes);
    const weights = Object.fromEntries(Object.entries(tensors).filter(([name]) => !name.startsWith('heed.')));
    const read = decodeCheckpoint(encodeSafetensors({ metadata, tensors: weights }));
    const state = trainingStateOf(read, trainer.layout, await loadCorpus(config));
    expect([...state.moment1].every((value) => value === 0)).toBe(true);
  });

  it.each<[string, (checkpoint: Checkpoint) => Checkpoint, string]>([
    ['another vocabulary', (c) => ({ ...c, sourceTokens: [...c.sourceTokens, 'x'] }), 'source vocabulary'],
    ['a missing weight', (c) => ({ ...c, parameters: {} }), 'is missing'],
    [
      'another shape',
      (c) => ({ ...c, parameters: { ...c.parameters, 'output.bias': { shape: [1], data: Float32Array.of(1) } } }),
      'output.bias expected shape',
    ],
    ['moments of another model', (c) => ({ ...c, moment1: Float32Array.of(1) }), 'moment1 expected'],
  ])('of %s is refused where the model is made', async (_, change, message) => {
    const corpus = await loadCorpus(config);
    const read = decodeCheckpoint(encodeCheckpoint(change(checkpoint)));
    expect(() => trainingStateOf(read, trainer.layout, corpus)).toThrow(CheckpointFormatError);
    expect(() => trainingStateOf(read, trainer.layout, corpus)).toThrow(message);
  });

  it.each([
    ['heed_config', JSON.stringify({ ...config, hidden: 1e9 }), 'hidden: expected'],
    ['heed_config', '{"__proto__": {"task": "dates"}}', 'task: expected'],
    ['heed_config', 'null', 'task: expected'],
    ['heed_step', '-1', 'step expected'],
    ['heed_step', 'NaN', 'not JSON'],
    ['heed_source_tokens', '["<pad>"]', 'first'],
    ['heed_source_tokens', '["<pad>","<s>","</s>","<unk>","a","a"]', 'twice'],
    ['heed_evaluation', '{"loss": "x"}', 'heed_evaluation'],
    ['heed_curves', '{"lastStep": 99, "means": []}', 'last step'],
    ['heed_bucket_sizes', '{}', 'bucket size'],
  ])('with %s %s is refused', (key, value, message) => {
    const { metadata, tensors } = decodeSafetensors(bytes);
    const changed = encodeSafetensors({ metadata: { ...metadata, [key]: value }, tensors });
    expect(() => decodeCheckpoint(changed)).toThrow(CheckpointFormatError);
    expect(() => decodeCheckpoint(changed)).toThrow(message);
  });

  it('never throws anything but a typed error, wherever it is cut or changed', () => {
    fc.assert(
      fc.property(fc.nat(bytes.length - 1), fc.integer({ min: 0, max: 255 }), fc.boolean(), (at, value, isCut) => {
        const changed = isCut ? bytes.slice(0, at) : bytes.slice();
        if (!isCut) changed[at % 4000] = value;
        try {
          decodeCheckpoint(changed);
        } catch (error) {
          expect(error).toBeInstanceOf(CheckpointFormatError);
        }
      }),
      { numRuns: 1000, seed: 1 },
    );
  });
});
