/** Greedy decoding with exported ONNX models in onnxruntime, compiled to WebAssembly: what somebody does who takes the files away. */

import * as ort from 'onnxruntime-web';
import { BOS, EOS, PAD, type Vocabulary } from '../data/vocabulary.ts';
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

/** Decodes sentences as one padded batch. */
export async function decodeWithOnnx(
  files: OnnxTranslator,
  sentences: readonly (readonly string[])[],
  { sourceVocabulary, targetVocabulary, hasEndSymbol, length }: OnnxDecodingOptions,
): Promise<OnnxDecoding> {
  const encoder = await ort.InferenceSession.create(files.encoder);
  const decoder = await ort.InferenceSession.create(files.decoder);
  const B = sentences.length;
  const S = Math.max(...sentences.map((words) => words.length));
  const ids = sentences.flatMap((words) =>
    Array.from({ length: S }, (_, j) => (j < words.length ? sourceVocabulary.id(words[j] as string) : PAD)),
  );
  const lengths = int64(
    sentences.map((words) => words.length),
    B,
  );
  const state: Record<string, ort.Tensor> = {
    lengths,
    ...(await encoder.run({ source: int64(ids, B, S), lengths })),
  };
  const targets: string[][] = sentences.map(() => []);
  const probabilities: number[][] = sentences.map(() => []);
  const weights: number[][][] = sentences.map(() => []);
  const hasEnded = sentences.map(() => false);
  let tokens = sentences.map(() => BOS);
  for (let t = 0; t < length && !hasEnded.every(Boolean); t++) {
    state.token = int64(tokens, B);
    const feeds = Object.fromEntries(decoder.inputNames.map((name) => [name, state[name] as ort.Tensor]));
    const made = await decoder.run(feeds);
    const logits = made.logits?.data as Float32Array;
    const V = targetVocabulary.size;
    tokens = sentences.map((words, b) => {
      const row = logits.subarray(b * V, (b + 1) * V);
      const best = row.reduce((most, value, id) => (value > (row[most] as number) ? id : most), 0);
      hasEnded[b] ||= hasEndSymbol && best === EOS;
      if (hasEnded[b]) return best;
      targets[b]?.push(targetVocabulary.tokens[best] as string);
      probabilities[b]?.push(1 / row.reduce((sum, value) => sum + Math.exp(value - (row[best] as number)), 0));
      const alpha = made.weights?.data as Float32Array | undefined;
      if (alpha) {
        const all = [...alpha.subarray(b * S, (b + 1) * S)];
        if (all.slice(words.length).some((value) => value !== 0)) throw new Error('onnx: weight on padding');
        weights[b]?.push(all.slice(0, words.length));
      }
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
