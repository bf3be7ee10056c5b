/** What the page may ask about the model as it stands, and what it gets for an answer. Asking never disturbs the training. */

import type { CallPlace } from '../engine/program.ts';
import type { Placement, ScoreKind } from '../model/config.ts';
import type { Translation } from './protocol.ts';

/** Row-major float32 [rows, columns]. */
export interface Matrix {
  readonly rows: number;
  readonly columns: number;
  readonly data: Float32Array<ArrayBuffer>;
}

/** Named as in `MODEL.md` and in the Program. */
export type Matrices = Readonly<Record<string, Matrix>>;

/** A sentence to decode, and what a visitor changed about it. Target positions count from 0. */
export interface Scene {
  /** Source tokens, words removed or replaced already. */
  readonly source: readonly string[];
  /** Word that the decoder has to produce at a target position; null or none where it is free. */
  readonly words: readonly (string | null)[];
  /**
   * α [S] in place of the model's own at a target position; null or none where the model looks itself. A longer row gives the
   * rest to the padding behind the sentence, which an answer leaves out.
   */
  readonly attention: readonly (readonly number[] | null)[];
  /** τ > 0: scores are divided by it before the softmax. 1 changes nothing. */
  readonly temperature: number;
  /** Parts of the model that are left out. */
  readonly off: Readonly<Record<ModelPart, boolean>>;
}

/**
 * Replaced by zeros are: attention, all contexts; an encoder direction, its states; input feeding, the context as an input of the
 * decoder's LSTM. Without the padding mask the places behind the sentence, whose annotations are zero, are scored and share in the
 * softmax; an answer leaves them out, so that a row sums to what is left for the words.
 */
export const MODEL_PARTS = ['attention', 'forward', 'backward', 'inputFeeding', 'paddingMask'] as const;
export type ModelPart = (typeof MODEL_PARTS)[number];

/** A sentence that nothing is changed about. */
export const plainScene = (source: readonly string[]): Scene => ({
  source,
  words: [],
  attention: [],
  temperature: 1,
  off: { attention: false, forward: false, backward: false, inputFeeding: false, paddingMask: false },
});

export interface Candidate {
  readonly token: string;
  /** 0 to 1. */
  readonly probability: number;
}

/** A decoded scene. */
export interface Explored {
  /** α as the decoder used it. */
  readonly translation: Translation;
  /**
   * The likeliest words of each target position, likeliest first; where the decoder stopped, one
   * position more than the translation has words: its end.
   */
  readonly candidates: readonly (readonly Candidate[])[];
  /** −Σ p log p over the whole vocabulary at each of these positions, nats. */
  readonly entropies: readonly number[];
  /** Logits [positions, V], where they were asked for. */
  readonly logits?: Matrix;
}

/** Everything that one decoding computed, for one sentence of S words; T counts the positions as `candidates` does. */
export interface Trace extends Explored {
  readonly step: number;
  readonly score: ScoreKind;
  readonly placement: Placement;
  /** Encoder directions, 1 or 2, and layers. */
  readonly directions: number;
  readonly layers: number;
  /**
   * The executor's own tensors of the sentence:
   * `encoder.embedded` [S, E]; for each layer n and direction (suffix `_reverse` for the second) `encoder.gates.ln` [S, 4H] in the
   * order i f g o; `encoder.h.ln`, `encoder.c.ln` [S+2, De], position j in row j+1; `attention.keys` [S, A],
   * `attention.queries` [T, A], `attention.scores` (before the division by τ), `attention.weights` [T, S] where the score has them;
   * `decoder.embedded` [T, E]; `decoder.gates` [T, 4Hd]; `decoder.h`, `decoder.c` [T+1, Hd], position t in row t+1, s_0 in row 0;
   * `decoder.contexts` [T+1, De], position t in row t+1; `readout.logits` [T, V]. Of an attention that comes too late
   * the contexts, which nothing reads, are `decoder.lateContexts` [T, De]. A classifier has `query` [1, Hd] and
   * `context` [1, De] in place of the decoder's, and no special symbols among its V.
   */
  readonly tensors: Matrices;
  /** Those asked for, by PyTorch name, vectors as one row: the weights that made the tensors. */
  readonly parameters: Matrices;
}

/** Gradients of one sentence's loss under teacher forcing, without an update. */
export interface Backward {
  readonly step: number;
  /** Mean cross-entropy over the target tokens, nats. */
  readonly loss: number;
  readonly source: readonly string[];
  /** What the decoder should produce, with the end symbol where the task has one. */
  readonly target: readonly string[];
  /** Forward tensors as in a `Trace`, and `attention.dWeights`, `attention.dScores` [T, S], `attention.dQueries` [T, A],
   * `attention.dKeys` [S, A], `decoder.dContexts` [T+1, De], `decoder.dH` [T+1, Hd], `encoder.dH.ln` [S+2, De]. */
  readonly tensors: Matrices;
  /** dL/dθ of the attention's parameters, by PyTorch name, with biases and v as one row. */
  readonly gradients: Matrices;
}

/** One parameter whose gradient was checked. */
export interface CheckedGradient {
  readonly parameter: string;
  readonly row: number;
  readonly column: number;
  /** From the executor's backward pass. */
  readonly analytic: number;
  /** (L(θ+ε) − L(θ−ε)) / 2ε in float64. */
  readonly numeric: number;
}

/**
 * Three answers to "which source word mattered", for the same translation; all [T, S]. Of a model without attention, `attention` is
 * [0, 0].
 */
export interface Attributions {
  readonly step: number;
  readonly source: readonly string[];
  readonly target: readonly string[];
  readonly attention: Matrix;
  /** x_j · d log p(y_t) / d x_j, summed over the embedding; signed. */
  readonly gradientInput: Matrix;
  /** log p(y_t) with all words minus log p(y_t) without word j; signed, nats. */
  readonly erasure: Matrix;
}

/** A partial translation that beam search looked at. */
export interface BeamNode {
  readonly id: number;
  /** Null for the start. */
  readonly parent: number | null;
  readonly token: string;
  /** Target position of the token; -1 for the start. */
  readonly position: number;
  readonly probability: number;
  /** Σ log p of the path. */
  readonly logProbability: number;
  /** Went on to the next position, or ended and was kept. */
  readonly isKept: boolean;
  readonly isEnd: boolean;
}

export interface BeamSearch {
  readonly step: number;
  readonly width: number;
  readonly nodes: readonly BeamNode[];
  /** Finished translations, best first. */
  readonly hypotheses: readonly {
    readonly node: number;
    readonly translation: Translation;
    /** Σ log p / length. */
    readonly score: number;
  }[];
}

/** Word vectors on their two largest principal components; the special symbols are left out. */
export interface WordMap {
  readonly step: number;
  readonly tokens: readonly string[];
  /** How often each word stands in the first training pairs. */
  readonly counts: readonly number[];
  /** [V, 2]; turned to agree best with the map before. */
  readonly coordinates: Matrix;
  /** Share of the variance that each axis holds, 0 to 1. */
  readonly explained: readonly [number, number];
  /** Words nearest to the one asked about, nearest first, by the cosine of the whole vectors; empty where none was. */
  readonly neighbours: readonly { readonly token: string; readonly cosine: number }[];
}

export type CallStage = CallPlace['stage'];

/** One dispatch of a profiled training step, or one operation on the CPU. */
export interface ProfiledLaunch {
  readonly label: string;
  readonly place: CallPlace;
  /** Op calls that it computes, in order, with the shape of each operand. */
  readonly calls: readonly {
    readonly op: string;
    readonly place: CallPlace;
    readonly operands: Readonly<Record<string, readonly [rows: number, columns: number]>>;
    readonly flops: number;
  }[];
  readonly entry: string;
  /** Key into `sources`; null on the CPU. */
  readonly source: string | null;
  readonly workgroups: readonly [number, number, number] | null;
  readonly workgroupSize: readonly [number, number, number] | null;
  /** Milliseconds from the start of the step. */
  readonly startMs: number;
  readonly ms: number;
  /** Bytes of the operands read and written, each once. */
  readonly bytes: number;
  readonly flops: number;
}

export interface Profile {
  readonly step: number;
  /** What the times were taken with. */
  readonly clock: 'timestamp-query' | 'cpu';
  readonly strategy: string;
  readonly launches: readonly ProfiledLaunch[];
  /** WGSL by key. */
  readonly sources: Readonly<Record<string, string>>;
  /** Median whole step without any clock in it, ms. */
  readonly stepMs: number;
  /** Measured on this device, on the CPU with one thread. */
  readonly roofline: { readonly gflops: number; readonly gigabytesPerSecond: number };
  /** Rows of the batch that were timed, where other threads of the CPU have the rest. */
  readonly rows: { readonly timed: number; readonly batch: number } | null;
}

/**
 * The model as files for other programs: `weights`, safetensors; `pytorch`, an archive of weights, a program that loads them and what
 * it has to compute; `onnx`, the same with encoder and decoder step as ONNX models.
 */
export const MODEL_FILES = ['weights', 'pytorch', 'onnx'] as const;
export type ModelFile = (typeof MODEL_FILES)[number];

/** Every question with its answer. */
export interface Questions {
  /** Decodes scenes side by side; the answers come in their order. */
  explore: {
    readonly question: { readonly scenes: readonly Scene[]; readonly wantsLogits?: boolean };
    readonly answer: { readonly step: number; readonly scenes: readonly Explored[] };
  };
  /** `parameters` names weights that come with the tensors they made. */
  trace: {
    readonly question: { readonly scene: Scene; readonly parameters?: readonly string[] };
    readonly answer: Trace;
  };
  /** Parameters by PyTorch name. */
  parameters: {
    readonly question: { readonly names: readonly string[] };
    readonly answer: { readonly step: number; readonly parameters: Matrices };
  };
  backward: {
    readonly question: { readonly source: readonly string[]; readonly target: readonly string[] };
    readonly answer: Backward;
  };
  /** Central differences on the float64 reference at `count` parameters of the attention, drawn from `seed`. */
  'gradient-check': {
    readonly question: {
      readonly source: readonly string[];
      readonly target: readonly string[];
      readonly count: number;
      readonly seed: number;
    };
    readonly answer: { readonly step: number; readonly checked: readonly CheckedGradient[] };
  };
  attributions: {
    readonly question: { readonly source: readonly string[]; readonly target: readonly string[] };
    readonly answer: Attributions;
  };
  beam: {
    readonly question: { readonly source: readonly string[]; readonly width: number };
    readonly answer: BeamSearch;
  };
  /** `near` is the word whose neighbours are wanted. */
  /** Every word that one side of the model knows, the special symbols left out. */
  vocabulary: {
    readonly question: { readonly side: 'source' | 'target' };
    readonly answer: { readonly step: number; readonly tokens: readonly string[] };
  };
  'word-map': {
    readonly question: { readonly side: 'source' | 'target'; readonly near: string | null };
    readonly answer: WordMap;
  };
  /** Sizes of all files of the model, or one of them; with the task's sentences and the given ones, as tokens, to be checked by. */
  'take-away': {
    readonly question: { readonly wanted: ModelFile | null; readonly sentences: readonly (readonly string[])[] };
    readonly answer: {
      readonly step: number;
      readonly files: readonly {
        readonly kind: ModelFile;
        readonly fileName: string;
        /** Bytes. */
        readonly size: number;
        /** Null where only sizes were asked for. */
        readonly bytes: Uint8Array<ArrayBuffer> | null;
      }[];
    };
  };
  /** `fused` false takes every op as a launch of its own. */
  profile: { readonly question: { readonly isFused: boolean }; readonly answer: Profile };
}

export type QuestionKind = keyof Questions;
export type Question<K extends QuestionKind> = Questions[K]['question'];
export type Answer<K extends QuestionKind> = Questions[K]['answer'];

/** A question as it travels. */
export type AskedQuestion = { readonly [K in QuestionKind]: { readonly kind: K } & Question<K> }[QuestionKind];
