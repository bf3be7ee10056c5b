/** Greedy decoding with exported ONNX models in onnxruntime, compiled to WebAssembly: what somebody does who takes the files away. */

import * as ort from 'onnxruntime-web';
import { BOS, EOS, PAD, SPECIAL_TOKENS, type Vocabulary } from '../data/vocabulary.ts';
import { INK, pictureOf } from '../lib/picture-cells.ts';
import type { OnnxTranslator } from '../model/onnx/translator.ts';

// Tests run beside each other, and the models are tiny.
ort.env.wasm.numThreads = 1;

export interface OnnxDecoding {
  /** Target tokens of each sentence, before its end symbol. */
  readonly targets: readonly (readonly string[])[];
  /** p of each token of `targets`. */
  readonly probabilities: readonly (readonly number[])[];
  /** α [T][S] of each sentence; null without attention. */
  readonly weights: readonly (readonly (readonly number[])[] | null)[];
}

export interface OnnxDecodingOptions {
  readonly sourceVocabulary: Vocabulary;
  readonly targetVocabulary: Vocabulary;
  readonly hasEndSymbol: boolean;
  /** Most target tokens. */
  readonly length: number;
}

const int64 = (values: readonly number[], ...dims: number[]): ort.Tensor =>
  new ort.Tensor('int64', BigInt64Array.from(values, BigInt), dims);

/** What an encoder or a classifier takes: pictures where the sources are cells, else ids padded to one length. */
function inputsOf(sources: readonly (readonly string[])[], vocabulary: Vocabulary): Record<string, ort.Tensor> {
  const B = sources.length;
  const [first] = sources.map((cells) => pictureOf(cells));
  if (first) {
    const levels = sources.flatMap((cells) => [...(pictureOf(cells)?.levels ?? [])]);
    const greys = Float32Array.from(levels, (level) => level / INK);
    return { picture: new ort.Tensor('float32', greys, [B, first.height, first.width]) };
  }
  const S = Math.max(...sources.map((words) => words.length));
  const ids = sources.flatMap((words) =>
    Array.from({ length: S }, (_, j) => (j < words.length ? vocabulary.id(words[j] as string) : PAD)),
  );
  return {
    source: int64(ids, B, S),
    lengths: int64(
      sources.map((words) => words.length),
      B,
    ),
  };
}

/** The likeliest of `size` scores of row b, and its probability. */
function choose(logits: ort.Tensor, b: number, size: number): { best: number; probability: number } {
  const row = (logits.data as Float32Array).subarray(b * size, (b + 1) * size);
  const best = row.reduce((most, value, id) => (value > (row[most] as number) ? id : most), 0);
  return { best, probability: 1 / row.reduce((sum, value) => sum + Math.exp(value - (row[best] as number)), 0) };
}

/** α of row b over its own words. @throws Error where padding has a weight */
function attentionOf(weights: ort.Tensor, b: number, length: number): number[] {
  const S = weights.dims[1] as number;
  const row = [...(weights.data as Float32Array).subarray(b * S, (b + 1) * S)];
  if (row.slice(length).some((value) => value !== 0)) throw new Error('onnx: weight on padding');
  return row.slice(0, length);
}

/** Names the classes of sentences, one padded batch. */
export async function classifyWithOnnx(
  file: Uint8Array,
  sentences: readonly (readonly string[])[],
  { sourceVocabulary, targetVocabulary }: Pick<OnnxDecodingOptions, 'sourceVocabulary' | 'targetVocabulary'>,
): Promise<OnnxDecoding> {
  const classifier = await ort.InferenceSession.create(file);
  const { logits, weights } = await classifier.run(inputsOf(sentences, sourceVocabulary));
  const names = targetVocabulary.tokens.slice(SPECIAL_TOKENS.length);
  const chosen = sentences.map((_, b) => choose(logits as ort.Tensor, b, names.length));
  await classifier.release();
  return {
    targets: chosen.map(({ best }) => [names[best] as string]),
    probabilities: chosen.map(({ probability }) => [probability]),
    weights: sentences.map((words, b) => (weights ? [attentionOf(weights, b, words.length)] : null)),
  };
}

/** Decodes sentences as one padded batch, or pictures. */
export async function decodeWithOnnx(
  files: OnnxTranslator,
  sentences: readonly (readonly string[])[],
  { sourceVocabulary, targetVocabulary, hasEndSymbol, length }: OnnxDecodingOptions,
): Promise<OnnxDecoding> {
  const encoder = await ort.InferenceSession.create(files.encoder);
  const decoder = await ort.InferenceSession.create(files.decoder);
  const B = sentences.length;
  const inputs = inputsOf(sentences, sourceVocabulary);
  const state: Record<string, ort.Tensor> = { ...inputs, ...(await encoder.run(inputs)) };
  const targets: string[][] = sentences.map(() => []);
  const probabilities: number[][] = sentences.map(() => []);
  const weights: number[][][] = sentences.map(() => []);
  const hasEnded = sentences.map(() => false);
  let tokens = sentences.map(() => BOS);
  for (let t = 0; t < length && !hasEnded.every(Boolean); t++) {
    state.token = int64(tokens, B);
    const feeds = Object.fromEntries(decoder.inputNames.map((name) => [name, state[name] as ort.Tensor]));
    const made = await decoder.run(feeds);
    tokens = sentences.map((words, b) => {
      const { best, probability } = choose(made.logits as ort.Tensor, b, targetVocabulary.size);
      hasEnded[b] ||= hasEndSymbol && best === EOS;
      if (hasEnded[b]) return best;
      targets[b]?.push(targetVocabulary.tokens[best] as string);
      probabilities[b]?.push(probability);
      if (made.weights) weights[b]?.push(attentionOf(made.weights, b, words.length));
      return best;
    });
    for (const [name, value] of Object.entries(made))
      if (name.startsWith('next_')) state[name.slice('next_'.length)] = value;
  }
  await encoder.release();
  await decoder.release();
  const hasAttention = decoder.outputNames.includes('weights');
  return { targets, probabilities, weights: hasAttention ? weights : weights.map(() => null) };
}
