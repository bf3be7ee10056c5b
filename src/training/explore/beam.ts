/** Beam search on the run's own executor, with the weights as they are when it starts. */

import { BOS, EOS, SPECIAL_TOKENS } from '../../data/vocabulary.ts';
import type { Plan } from '../../engine/executor.ts';
import { SentenceError } from '../../lib/errors.ts';
import { type BeamProgram, beamProgram } from '../../model/beam-program.ts';
import { type BeamProposal, type BeamResult, beamPath, searchBeam } from '../../model/beam-search.ts';
import { VALUES_LENGTH } from '../../ops/step-data.ts';
import type { Token, Translation } from '../protocol.ts';
import type { BeamSearch, Question } from '../questions.ts';
import type { Explored } from './explorer.ts';

export const MAX_BEAM_WIDTH = 10;

interface Prepared extends BeamProgram {
  readonly plan: Plan;
}

/** Answers `beam`. One plan a width; searches that come together wait for each other, since they share its tensors. */
export class BeamSearcher {
  readonly #plans = new Map<number, Promise<Prepared>>();
  #queue: Promise<unknown> = Promise.resolve();

  constructor(private readonly run: Explored) {}

  /** @throws SentenceError for a sentence without words or with more than fit */
  answer({ source, width }: Question<'beam'>): Promise<BeamSearch> {
    const { sourceLength } = this.run;
    if (source.length === 0) throw new SentenceError('empty', 'the sentence has no words');
    if (source.length > sourceLength)
      throw new SentenceError('too-long', `${source.length} tokens, at most ${sourceLength} fit`);
    const rows = Math.max(1, Math.min(MAX_BEAM_WIDTH, Math.round(width)));
    const found = this.#queue.then(() => this.#search(source, rows));
    this.#queue = found.catch(() => {});
    return found;
  }

  async #search(source: readonly string[], width: number): Promise<BeamSearch> {
    const { executor, corpus, trainer, targetLength } = this.run;
    const prepared = await this.#prepare(width);
    for (;;) {
      const { kind } = executor;
      const step = trainer.step;
      const result = await searchBeam(this.#decoder(prepared, source, width), {
        width,
        vocabulary: corpus.targetVocabulary.size,
        maxLength: targetLength,
        start: BOS,
        end: corpus.hasEndSymbol ? EOS : null,
      });
      // The run may move to another executor meanwhile, which knows nothing of a search that is under way.
      if (executor.kind === kind) return this.#describe(result, source, width, step);
    }
  }

  #prepare(width: number): Promise<Prepared> {
    let prepared = this.#plans.get(width);
    if (!prepared) {
      const { executor, trainer, sourceLength } = this.run;
      const beam = beamProgram(trainer.layout, width, sourceLength);
      prepared = executor.prepare(beam.program, { isStepped: true }).then((plan) => ({ ...beam, plan }));
      this.#plans.set(width, prepared);
      prepared.catch(() => this.#plans.delete(width));
    }
    return prepared;
  }

  #decoder({ plan, program, encoded, stepped }: Prepared, source: readonly string[], width: number) {
    const { corpus, trainer, sourceLength } = this.run;
    const ids = new Uint32Array(sourceLength * width);
    for (const [t, token] of source.entries()) ids.fill(corpus.sourceVocabulary.id(token), t * width, (t + 1) * width);
    const hasAttention = trainer.layout.shape.score !== 'none';
    const outputs = ['logits', ...(hasAttention ? ['attention.weights'] : [])];
    return async (tokens: Uint32Array, parents: Uint32Array | null) => {
      plan.write('targetIn', tokens);
      if (parents) {
        plan.write('parents', parents);
        plan.run(stepped, program.calls.length);
        plan.run(encoded, stepped);
      } else {
        plan.write('source', ids);
        plan.write('sourceLengths', new Uint32Array(width).fill(source.length));
        plan.write('values', new Float64Array(VALUES_LENGTH));
        plan.run(0, stepped);
      }
      const read = await plan.read(...outputs);
      return { logits: read.logits as ArrayLike<number>, weights: read['attention.weights'] ?? null };
    };
  }

  #describe(result: BeamResult, source: readonly string[], width: number, step: number): BeamSearch {
    const { tokens } = this.run.corpus.targetVocabulary;
    return {
      step,
      width,
      nodes: result.proposals.map(({ parent, token, weights: _, ...node }) => ({
        ...node,
        parent: parent?.id ?? null,
        token: tokens[token] as string,
      })),
      hypotheses: result.leaves.map(({ leaf, score, isComplete }) => ({
        node: leaf.id,
        score,
        translation: this.#translation(source, beamPath(leaf), isComplete),
      })),
    };
  }

  /** The end symbol is not among the words of a translation. */
  #translation(source: readonly string[], path: readonly BeamProposal[], isComplete: boolean): Translation {
    const { corpus } = this.run;
    const written = path.filter(({ isEnd }) => !isEnd);
    const words = written.map(({ token }) => corpus.targetVocabulary.tokens[token] as string);
    return {
      source: source.map((text) => tokenOf(text, corpus.sourceVocabulary)),
      target: words.map((text) => tokenOf(text, corpus.targetVocabulary)),
      targetText: corpus.joinTarget(words),
      probabilities: Float32Array.from(written, ({ probability }) => probability),
      // Padding lies behind the words of the sentence.
      weights: Float32Array.from(
        written.flatMap(({ weights }) => (weights ? Array.from(weights).slice(0, source.length) : [])),
      ),
      isComplete,
    };
  }
}

const tokenOf = (text: string, vocabulary: { has(token: string): boolean }): Token => ({
  text,
  isUnknown: (SPECIAL_TOKENS as readonly string[]).includes(text) || !vocabulary.has(text),
});
