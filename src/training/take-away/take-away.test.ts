import { unzipSync } from 'fflate';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openCpu, openRun, sharpen, sourceOf, tinyConfig } from '../../testing/open-run.ts';
import { decodeCheckpoint } from '../checkpoint.ts';
import type { Answer, ModelFile } from '../questions.ts';
import type { Run } from '../run.ts';
import type { ExpectedSentence } from './snapshot.ts';

let run: Run;
beforeAll(async () => {
  run = await openRun(await openCpu(), tinyConfig());
  await sharpen(run);
}, 60_000);
afterAll(() => run.dispose());

const ask = async (
  of: Run,
  wanted: ModelFile | null,
  sentences: readonly (readonly string[])[] = [],
): Promise<Answer<'take-away'>> =>
  (await of.explorer.answer({ kind: 'take-away', wanted, sentences })) as Answer<'take-away'>;

/** The entries of an archive by their names in its folder. */
async function unpack(of: Run, wanted: ModelFile, sentences: readonly (readonly string[])[] = []) {
  const [file] = (await ask(of, wanted, sentences)).files;
  const entries = Object.entries(unzipSync(file?.bytes ?? new Uint8Array()));
  const folders = new Set(entries.map(([name]) => name.split('/')[0]));
  expect([...folders]).toEqual([file?.fileName.replace('.zip', '')]);
  return Object.fromEntries(entries.map(([name, bytes]) => [name.split('/')[1], bytes]));
}

const textOf = (bytes: Uint8Array | undefined): string => new TextDecoder().decode(bytes);

test('sizes are those of the files', async () => {
  const { step, files } = await ask(run, null);
  expect(step).toBe(0);
  expect(files.map(({ kind, bytes }) => [kind, bytes])).toEqual([
    ['weights', null],
    ['pytorch', null],
    ['onnx', null],
  ]);
  for (const { kind, fileName, size } of files) {
    const [file] = (await ask(run, kind)).files;
    expect(file).toMatchObject({ kind, fileName, size });
    expect(file?.bytes?.length).toBe(size);
  }
});

test('the weights are those of the model, with its settings and words and nothing else', async () => {
  const [file] = (await ask(run, 'weights')).files;
  expect(file?.fileName).toBe('heed-phrases-step0.safetensors');
  const checkpoint = decodeCheckpoint(file?.bytes ?? new Uint8Array());
  expect(checkpoint.config).toEqual(tinyConfig());
  expect(checkpoint.moment1).toBeNull();
  expect(checkpoint.pairs).toBeNull();
  expect(checkpoint.targetTokens).toEqual(run.corpus.targetVocabulary.tokens);
  const flat = run.trainer.layout.pack(
    Object.fromEntries(Object.entries(checkpoint.parameters).map(([name, { data }]) => [name, data])),
  );
  expect([...flat]).toEqual([...(await run.executor.read('parameters'))]);
});

test('an archive for PyTorch holds program, weights, and what they have to give, a sentence of the visitor among it', async () => {
  const own = [...sourceOf(run)].reverse();
  const files = await unpack(run, 'pytorch', [own, []]);
  const program = textOf(files['translate.py']);
  expect(program).toContain('SOURCE_VOCABULARY');
  expect(program).not.toMatch(/undefined|\$\{|NaN/);
  expect(decodeCheckpoint(files['model.safetensors'] ?? new Uint8Array()).step).toBe(0);
  const { sentences } = JSON.parse(textOf(files['expected.json'])) as { sentences: ExpectedSentence[] };
  expect(sentences[0]?.source).toEqual(own);
  expect(sentences.length).toBe(1 + run.corpus.probes.length);
  for (const { source, target, probabilities, weights } of sentences) {
    expect(probabilities.length).toBe(target.length);
    expect(weights?.length).toBe(target.length);
    for (const row of weights ?? []) {
      expect(row.length).toBe(source.length);
      expect(row.reduce((sum, weight) => sum + weight, 0)).toBeCloseTo(1, 5);
    }
  }
});

test('the program has the attention of its score, and none where the model has none', async () => {
  const programs = [];
  for (const changes of [{ score: 'general', placement: 'after' }, { score: 'none' }] as const) {
    const other = await openRun(await openCpu(), tinyConfig(changes));
    programs.push(textOf((await unpack(other, 'pytorch'))['translate.py']));
    other.dispose();
  }
  const [general = '', none = ''] = programs;
  expect(general).toContain('self.W = nn.Linear(ANNOTATION, DECODER_HIDDEN, bias=False)');
  expect(general.indexOf('s, c = self.decoder(')).toBeLessThan(general.indexOf('weights = self.attention('));
  expect(none).not.toContain('class Attention');
  expect(none).toContain('memory["final"]');
});

test('an archive of ONNX models runs by its own program', async () => {
  const files = await unpack(run, 'onnx');
  expect(Object.keys(files).sort()).toEqual(['decoder.onnx', 'encoder.onnx', 'expected.json', 'translate.py']);
  expect(textOf(files['translate.py'])).toContain('session("encoder.onnx"), session("decoder.onnx")');
  // The vocabularies are in the files.
  expect(textOf(files['encoder.onnx'])).toContain('heed_target_tokens');
});
