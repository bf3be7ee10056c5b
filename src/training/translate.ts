/** Decodes batches of sentences with the current weights, and turns the result into translations with their attention. */

import { type EncodedPairs, encodePairs } from '../data/batching.ts';
import { type Corpus, outputTokens, type SentencePair } from '../data/corpus.ts';
import { BOS, EOS, SPECIAL_TOKENS } from '../data/vocabulary.ts';
import type { Executor, Plan, TensorData } from '../engine/executor.ts';
import type { ModelShape, ParameterLayout } from '../model/parameters.ts';
import { decodingProgram } from '../model/translator.ts';
import { COUNTERS_LENGTH, METRICS, VALUES, VALUES_LENGTH } from '../ops/step-data.ts';
import { candidatesOf } from './candidates.ts';
import type { DecodingMode, Token, Translation } from './protocol.ts';
import type { Candidate } from './questions.ts';

/** Likeliest words told of a target position, where they are wanted. */
const CANDIDATES = 3;

/** A sentence to decode; the target is what teacher forcing feeds and what a reference shows. */
export interface DecodingInput {
  readonly source: readonly string[];
  readonly reference?: SentencePair;
}

/** What a decoding of B rows leaves behind. */
export interface DecodedBatch {
  readonly encoded: EncodedPairs;
  /** [T·B], time-major. */
  readonly predicted: TensorData;
  /** [T·B, 2]: probability of the predicted token, and of the expected one. */
  readonly probabilities: TensorData;
  /** [T·B, S], null without attention. */
  readonly weights: TensorData | null;
  /** [T·B, V], null where they were not wanted. */
  readonly logits: TensorData | null;
  /** Mean cross-entropy in nats over the rows that have a reference. */
  readonly lossNats: number;
  readonly countedTokens: number;
}

/** A recorded decoding of fixed shape. Reading the result goes through a staging ring and never stalls a training step. */
export class Translator {
  #queue: Promise<unknown> = Promise.resolve();

  private constructor(
    private readonly corpus: Corpus,
    private readonly plan: Plan,
    readonly batch: number,
    readonly sourceLength: number,
    readonly targetLength: number,
    private readonly shape: ModelShape,
  ) {}

  static async prepare(
    executor: Executor,
    layout: ParameterLayout,
    corpus: Corpus,
    size: { readonly batch: number; readonly sourceLength: number; readonly targetLength: number },
  ): Promise<Translator> {
    const plan = await executor.prepare(decodingProgram(layout, size));
    plan.write('counters', new Uint32Array(COUNTERS_LENGTH));
    return new Translator(corpus, plan, size.batch, size.sourceLength, size.targetLength, layout.shape);
  }

  /** A class is written without any words before it: both modes are the same. */
  get isClassifier(): boolean {
    return this.shape.kind === 'classifier';
  }

  /** Decodes up to B sentences in one run; calls that come meanwhile wait, since they share the plan's tensors. */
  decode(inputs: readonly DecodingInput[], mode: DecodingMode, wantsLogits = false): Promise<DecodedBatch> {
    const decoded = this.#queue.then(() => this.#decode(inputs, mode, wantsLogits));
    this.#queue = decoded.catch(() => {});
    return decoded;
  }

  async #decode(inputs: readonly DecodingInput[], mode: DecodingMode, wantsLogits: boolean): Promise<DecodedBatch> {
    const { plan, shape } = this;
    const pairs = inputs.map(({ source, reference }) => ({ source, target: reference?.target ?? [] }));
    const encoded = encodePairs(this.corpus, pairs, this.sourceLength, this.targetLength, this.batch);
    const values = new Float64Array(VALUES_LENGTH);
    values[VALUES.teacherForcing] = mode === 'teacher-forced' ? 1 : 0;
    plan.write('values', values);
    plan.write('source', encoded.source);
    plan.write('sourceLengths', encoded.sourceLengths);
    if (!this.isClassifier) plan.write('targetIn', startingWith(encoded));
    plan.write('targetOut', encoded.targetOut);
    plan.run();
    const names = [
      'decoder.predicted',
      'decoder.probabilities',
      'metrics',
      ...(shape.score === 'none' ? [] : ['attention.weights']),
      ...(wantsLogits ? ['logits'] : []),
    ];
    const read = await plan.read(...names);
    const metrics = read.metrics as TensorData;
    return {
      encoded,
      predicted: read['decoder.predicted'] as TensorData,
      probabilities: read['decoder.probabilities'] as TensorData,
      weights: read['attention.weights'] ?? null,
      logits: read.logits ?? null,
      lossNats: metrics[METRICS.loss] as number,
      countedTokens: metrics[METRICS.count] as number,
    };
  }

  /** Decodes and describes up to B sentences. Teacher forcing applies to those that have a reference. */
  async translate(
    inputs: readonly DecodingInput[],
    mode: DecodingMode,
    wantsCandidates = false,
  ): Promise<Translation[]> {
    const isForcing = mode === 'teacher-forced' && !this.isClassifier;
    // The probabilities of all classes are few, and part of the answer.
    const wantsLogits = wantsCandidates || this.isClassifier;
    const forced = isForcing ? await this.decode(inputs, mode, wantsLogits) : null;
    const needsFree = !isForcing || inputs.some(({ reference }) => !reference);
    const free = needsFree ? await this.decode(inputs, 'free-running', wantsLogits) : null;
    return inputs.map((input, row) => {
      const isForced = forced !== null && input.reference !== undefined;
      return this.#describe(input, (isForced ? forced : free) as DecodedBatch, row, isForced);
    });
  }

  /** The ids that a row produced before its end symbol, and whether there was one. */
  producedIds(decoded: DecodedBatch, row: number): { ids: number[]; isComplete: boolean } {
    const ids: number[] = [];
    for (let t = 0; t < this.targetLength; t++) {
      const id = decoded.predicted[t * this.batch + row] as number;
      if (id === EOS && this.corpus.hasEndSymbol) return { ids, isComplete: true };
      ids.push(id);
    }
    return { ids, isComplete: !this.corpus.hasEndSymbol };
  }

  /** α of one row's first `targets` steps over its `sources` positions, row-major. */
  attentionOf(decoded: DecodedBatch, row: number, targets: number, sources: number): Float32Array<ArrayBuffer> {
    const { weights } = decoded;
    if (!weights) return new Float32Array(0);
    const result = new Float32Array(targets * sources);
    for (let t = 0; t < targets; t++)
      for (let j = 0; j < sources; j++)
        result[t * sources + j] = weights[(t * this.batch + row) * this.sourceLength + j] as number;
    return result;
  }

  #describe({ source, reference }: DecodingInput, decoded: DecodedBatch, row: number, isForced: boolean): Translation {
    const { corpus, batch } = this;
    const { tokens } = corpus.targetVocabulary;
    const produced = this.producedIds(decoded, row);
    const words = isForced && reference ? [...reference.target] : produced.ids.map((id) => tokens[id] as string);
    const target: Token[] = words.map((text) => ({
      text,
      isUnknown: isSpecial(text) || !corpus.targetVocabulary.has(text),
    }));
    return {
      source: source.map((text) => ({ text, isUnknown: isSpecial(text) || !corpus.sourceVocabulary.has(text) })),
      target,
      targetText: corpus.joinTarget(words),
      probabilities: Float32Array.from(
        words,
        (_, t) => decoded.probabilities[(t * batch + row) * 2 + (isForced ? 1 : 0)] as number,
      ),
      weights: this.attentionOf(decoded, row, words.length, source.length),
      ...(reference
        ? {
            reference: {
              target: reference.target,
              text: corpus.joinTarget(reference.target),
              ...(reference.alignment ? { alignment: reference.alignment } : {}),
            },
          }
        : {}),
      isComplete: isForced || produced.isComplete,
      ...(decoded.logits && { candidates: this.#candidates(decoded.logits, row, words.length) }),
    };
  }

  /** The likeliest words of a row at each of its target positions and, where there is room for it, at the end. */
  #candidates(logits: TensorData, row: number, targets: number): Candidate[][] {
    const { corpus, batch } = this;
    const columns = logits.length / (this.targetLength * batch);
    const positions = corpus.hasEndSymbol ? Math.min(targets + 1, this.targetLength) : targets;
    return Array.from({ length: positions }, (_, t) => {
      const start = (t * batch + row) * columns;
      return candidatesOf(
        logits.subarray(start, start + columns),
        outputTokens(corpus),
        this.isClassifier ? columns : CANDIDATES,
      );
    });
  }

  dispose(): void {
    this.plan.dispose();
  }
}

const isSpecial = (token: string): boolean => (SPECIAL_TOKENS as readonly string[]).includes(token);

/** The decoder's input with the start symbol in every row, also in rows that have no reference. */
function startingWith({ targetIn, batchSize }: EncodedPairs): Uint32Array {
  const ids = targetIn.slice();
  ids.fill(BOS, 0, batchSize);
  return ids;
}
