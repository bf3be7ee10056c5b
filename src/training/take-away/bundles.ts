/** The files of a model that leave the page, made from one snapshot of it, so that they belong together. */

import { strToU8, type Zippable, zipSync } from 'fflate';
import type { TokenUnit } from '../../data/corpus.ts';
import { pictureText } from '../../lib/picture-cells.ts';
import type { Family } from '../../model/config.ts';
import { classifierToOnnx } from '../../model/onnx/classifier.ts';
import { onnxScript } from '../../model/onnx/script.ts';
import { type OnnxTranslator, translatorToOnnx } from '../../model/onnx/translator.ts';
import { torchScript } from '../../model/torch/script.ts';
import { type Checkpoint, encodeCheckpoint } from '../checkpoint.ts';
import type { Explored as ExploredRun } from '../explore/explorer.ts';
import type { ModelFile } from '../questions.ts';
import type { ModelSnapshot } from './snapshot.ts';

const WEIGHTS = 'model.safetensors';
const EXPECTED = 'expected.json';
const ONNX_FILES = { encoder: 'encoder.onnx', decoder: 'decoder.onnx', classifier: 'classifier.onnx' } as const;
const SCRIPT = 'translate.py';

/** Archives are the same whenever they are made: the first moment that the format knows. */
const NO_TIME = new Date(1980, 0, 1);

export interface NamedBytes {
  readonly fileName: string;
  readonly bytes: Uint8Array<ArrayBuffer>;
}

/** Makes a file of a model. @throws CheckpointFormatError where the vocabularies are too large for a header */
export function modelFile(kind: ModelFile, run: ExploredRun, snapshot: ModelSnapshot): NamedBytes {
  const stem = `heed-${run.corpus.task}-step${snapshot.step}`;
  if (kind === 'weights') return { fileName: `${stem}.safetensors`, bytes: weightsFile(run, snapshot) };
  const folder = `${stem}-${kind}`;
  const files = kind === 'pytorch' ? torchFiles(run, snapshot) : onnxFiles(run, snapshot);
  return { fileName: `${folder}.zip`, bytes: archive(folder, files) };
}

/** Weights and vocabularies as safetensors; neither the optimizer's state nor the curves, nor the visitor's pairs. */
function weightsFile({ corpus, trainer }: ExploredRun, { step, weights }: ModelSnapshot): Uint8Array<ArrayBuffer> {
  const checkpoint: Checkpoint = {
    config: trainer.config,
    step,
    tokens: 0,
    hasEndSymbol: corpus.hasEndSymbol,
    sourceTokens: corpus.sourceVocabulary.tokens,
    targetTokens: corpus.targetVocabulary.tokens,
    parameters: weights,
    moment1: null,
    moment2: null,
    curves: { lastStep: 0, means: [], series: {} },
    evaluation: null,
    pairs: null,
  };
  return encodeCheckpoint(checkpoint);
}

/** What the programs of both bundles say about the model. */
function subject({ corpus, trainer, targetLength }: ExploredRun, { step, sentences }: ModelSnapshot) {
  const { tokenUnit, hasEndSymbol } = corpus;
  return {
    title: `Task ${corpus.task}, ${corpus.sourceLanguage} to ${corpus.targetLanguage}`,
    step,
    hasEndSymbol,
    maxTarget: targetLength,
    unit: tokenUnit,
    example: argument(exampleOf(trainer.layout.shape.kind, tokenUnit.source, sentences[0]?.source ?? [])),
    expectedFile: EXPECTED,
  };
}

/** A source as a program takes it. */
const exampleOf = (family: Family, unit: TokenUnit, source: readonly string[]): string =>
  family === 'reader' ? pictureText(source) : source.join(unit === 'characters' ? '' : ' ');

/** A text as an argument of a command in a Python docstring; what a shell or Python would read in another way is left out. */
const argument = (text: string): string => {
  const plain = text.replace(/[^\p{L}\p{M}\p{N} .,/:_-]/gu, '');
  return plain.includes(' ') ? `"${plain}"` : plain;
};

const expectedFile = ({ step, sentences }: ModelSnapshot): Uint8Array =>
  strToU8(
    `{"step": ${step}, "sentences": [\n${sentences.map((sentence) => JSON.stringify(sentence)).join(',\n')}\n]}\n`,
  );

function torchFiles(run: ExploredRun, snapshot: ModelSnapshot): Record<string, Uint8Array> {
  const { shape } = run.trainer.layout;
  return {
    [SCRIPT]: strToU8(torchScript({ ...subject(run, snapshot), shape, weightsFile: WEIGHTS })),
    [WEIGHTS]: weightsFile(run, snapshot),
    [EXPECTED]: expectedFile(snapshot),
  };
}

function onnxFiles(run: ExploredRun, snapshot: ModelSnapshot): Record<string, Uint8Array> {
  const { corpus, trainer } = run;
  const { shape } = trainer.layout;
  const metadata = {
    heed_config: JSON.stringify(trainer.config),
    heed_step: String(snapshot.step),
    heed_source_tokens: JSON.stringify(corpus.sourceVocabulary.tokens),
    heed_target_tokens: JSON.stringify(corpus.targetVocabulary.tokens),
  };
  const { weights } = snapshot;
  const text = onnxScript({ ...subject(run, snapshot), shape, files: ONNX_FILES });
  return {
    [SCRIPT]: strToU8(text),
    [EXPECTED]: expectedFile(snapshot),
    ...(shape.kind === 'classifier'
      ? { [ONNX_FILES.classifier]: classifierToOnnx(shape, weights, metadata) }
      : named(translatorToOnnx(shape, weights, metadata))),
  };
}

const named = ({ encoder, decoder }: OnnxTranslator) => ({
  [ONNX_FILES.encoder]: encoder,
  [ONNX_FILES.decoder]: decoder,
});

/** Texts are compressed; weights hardly get smaller, and are stored. */
function archive(folder: string, files: Readonly<Record<string, Uint8Array>>): Uint8Array<ArrayBuffer> {
  const entries: Zippable = {};
  for (const [name, bytes] of Object.entries(files)) {
    const isText = name.endsWith('.py') || name.endsWith('.json');
    entries[`${folder}/${name}`] = [bytes, { level: isText ? 6 : 0, mtime: NO_TIME }];
  }
  return Uint8Array.from(zipSync(entries));
}
