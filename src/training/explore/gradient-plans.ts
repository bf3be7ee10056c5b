/** Runs forward and backward over a few sentences on the run's own executor, beside the training. */

import { outputTokens } from '../../data/corpus.ts';
import { BOS, EOS, PAD, SPECIAL_TOKENS, UNK } from '../../data/vocabulary.ts';
import type { Plan, TensorData } from '../../engine/executor.ts';
import { SentenceError, ShapeError } from '../../lib/errors.ts';
import { familyOf } from '../../model/config.ts';
import { gradientProgram } from '../../model/gradient-program.ts';
import type { BatchShape } from '../../model/network.ts';
import { COUNTERS_LENGTH, VALUES, VALUES_LENGTH } from '../../ops/step-data.ts';
import type { Explored } from './explorer.ts';

/** One row of a batch, as ids. */
export interface GradientRow {
  readonly source: readonly number[];
  /** With the end symbol, where the task has one. */
  readonly target: readonly number[];
  /** The one target position whose loss counts; all of them where it is left out. */
  readonly only?: number;
}

/** What a run left behind; tensors that the model does not have are missing. */
export interface GradientRun {
  readonly step: number;
  readonly size: BatchShape;
  readonly data: Readonly<Record<string, TensorData>>;
}

/** A sentence and its translation as they are counted: tokens, and their ids. */
export interface EncodedPair {
  readonly source: readonly number[];
  readonly target: readonly number[];
  readonly targetTokens: readonly string[];
}

/** Sizes are rounded up to a multiple of this, so that sentences of about the same length share a plan. */
const GRANULE = 4;
const MAX_PLANS = 6;

const roundUp = (n: number, most: number): number => Math.min(most, GRANULE * Math.ceil(n / GRANULE));

/**
 * The pair as ids, the target with its end symbol where the task has one and there is room.
 * @throws SentenceError where a side is empty or does not fit; ShapeError where a class is none
 */
export function encodePair(
  { corpus, sourceLength, targetLength }: Pick<Explored, 'corpus' | 'sourceLength' | 'targetLength'>,
  source: readonly string[],
  target: readonly string[],
): EncodedPair {
  const END = SPECIAL_TOKENS[EOS];
  const isOpen = corpus.hasEndSymbol && target.at(-1) !== END && target.length < targetLength;
  const targetTokens = isOpen ? [...target, END] : target;
  if (source.length === 0 || targetTokens.length === 0) throw new SentenceError('empty', 'a side has no words');
  if (source.length > sourceLength || targetTokens.length > targetLength)
    throw new SentenceError(
      'too-long',
      `${source.length} and ${targetTokens.length} tokens, at most ${sourceLength} and ${targetLength} fit`,
    );
  const outputs = outputTokens(corpus);
  const stranger = targetTokens.find((token) => familyOf(corpus.task) === 'classifier' && !outputs.includes(token));
  if (stranger !== undefined) throw new ShapeError(`${stranger}: expected one of the classes ${outputs.join(', ')}`);
  return {
    source: source.map((token) => corpus.sourceVocabulary.id(token)),
    target: targetTokens.map((token) => corpus.targetVocabulary.id(token)),
    targetTokens,
  };
}

/** The inputs of a `gradientProgram` for rows that fit its shape; rows that are left over have one word and no loss. */
export function writeRows(plan: Plan, { batch, sourceLength, targetLength }: BatchShape, rows: readonly GradientRow[]) {
  const source = new Uint32Array(sourceLength * batch).fill(PAD);
  source.fill(UNK, 0, batch);
  const sourceLengths = new Uint32Array(batch).fill(1);
  const targetIn = new Uint32Array(targetLength * batch).fill(PAD);
  targetIn.fill(BOS, 0, batch);
  const targetOut = new Uint32Array(targetLength * batch).fill(PAD);
  rows.forEach(({ source: words, target, only }, row) => {
    sourceLengths[row] = words.length;
    words.forEach((id, j) => {
      source[j * batch + row] = id;
    });
    target.forEach((id, t) => {
      if (t + 1 < targetLength) targetIn[(t + 1) * batch + row] = id;
      if (only === undefined || only === t) targetOut[t * batch + row] = id;
    });
  });
  const values = new Float64Array(VALUES_LENGTH);
  values[VALUES.teacherForcing] = 1;
  plan.write('values', values);
  plan.write('counters', new Uint32Array(COUNTERS_LENGTH));
  plan.write('source', source);
  plan.write('sourceLengths', sourceLengths);
  if (plan.program.tensors.has('targetIn')) plan.write('targetIn', targetIn);
  plan.write('targetOut', targetOut);
}

/** Plans by shape, the last few of them; runs that come together wait for each other, since they share a plan's tensors. */
export class GradientPlans {
  readonly #plans = new Map<string, Plan>();
  #queue: Promise<unknown> = Promise.resolve();

  constructor(readonly explored: Explored) {}

  /** Runs the rows side by side with the weights of now, and reads what of `tensors` the model has. */
  run(rows: readonly GradientRow[], tensors: readonly string[]): Promise<GradientRun> {
    const ran = this.#queue.then(() => this.#run(rows, tensors));
    this.#queue = ran.catch(() => {});
    return ran;
  }

  async #run(rows: readonly GradientRow[], tensors: readonly string[]): Promise<GradientRun> {
    const { sourceLength, targetLength, trainer } = this.explored;
    const longest = (lengths: readonly number[]) => Math.max(1, ...lengths);
    const size: BatchShape = {
      batch: rows.length === 1 ? 1 : roundUp(rows.length, Number.POSITIVE_INFINITY),
      sourceLength: roundUp(longest(rows.map(({ source }) => source.length)), sourceLength),
      targetLength: roundUp(longest(rows.map(({ target }) => target.length)), targetLength),
    };
    const plan = await this.#plan(size);
    writeRows(plan, size, rows);
    // From here to the read nothing waits, so that no step of the training comes between.
    const { step } = trainer;
    plan.run();
    const data = await plan.read(...tensors.filter((name) => plan.program.tensors.has(name)));
    return { step, size, data };
  }

  async #plan(size: BatchShape): Promise<Plan> {
    const key = JSON.stringify(size);
    const { executor, trainer } = this.explored;
    const plan = this.#plans.get(key) ?? (await executor.prepare(gradientProgram(trainer.layout, size)));
    // Last in a map is what was used last.
    this.#plans.delete(key);
    this.#plans.set(key, plan);
    const [oldest] = this.#plans;
    if (oldest && this.#plans.size > MAX_PLANS) {
      this.#plans.delete(oldest[0]);
      oldest[1].dispose();
    }
    return plan;
  }
}
