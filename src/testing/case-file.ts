/** Case files: a model, its parameters, one batch, and what PyTorch computed from them in float64. */

import * as v from 'valibot';
import { PLACEMENTS, SCORES } from '../model/config.ts';
import { type ModelShape, parameterSpecs } from '../model/parameters.ts';

/** A case file that does not have the expected form; the message says where. */
export class CaseFormatError extends Error {
  override readonly name = 'CaseFormatError';
}

const size = v.pipe(v.number(), v.integer(), v.minValue(1));
const numbers = v.array(v.number());
const tensor = v.pipe(
  v.object({ shape: v.array(size), data: numbers }),
  v.check(
    ({ shape, data }) => data.length === shape.reduce((product, dim) => product * dim, 1),
    'the number of values does not match the shape',
  ),
);
const tensors = v.record(v.string(), tensor);
const ids = v.array(v.array(v.pipe(v.number(), v.integer(), v.minValue(0))));

const schema = v.object({
  name: v.string(),
  model: v.picklist(['seq2seq', 'classifier', 'reader']),
  config: v.object({
    src_vocab: size,
    tgt_vocab: v.optional(size),
    classes: v.optional(size),
    E: size,
    H: size,
    Hd: size,
    A: size,
    R: size,
    height: v.optional(size),
    width: v.optional(size),
    layers: v.optional(size, 1),
    bidirectional: v.optional(v.boolean(), true),
    score: v.optional(v.picklist(SCORES), 'additive'),
    placement: v.optional(v.picklist(PLACEMENTS), 'before'),
  }),
  batch: v.object({
    source: ids,
    source_lengths: v.array(size),
    target_in: v.optional(ids),
    target_out: v.optional(ids),
    labels: v.optional(v.array(v.pipe(v.number(), v.integer(), v.minValue(0)))),
  }),
  params: tensors,
  expect: v.object({
    loss: v.number(),
    logits: tensor,
    alpha: v.optional(tensor),
    scores: v.optional(tensor),
    grads: tensors,
  }),
  train: v.optional(
    v.object({
      optimizer: v.object({
        kind: v.picklist(['adam', 'adamw', 'sgd']),
        lr: v.number(),
        betas: v.optional(v.tuple([v.number(), v.number()]), [0.9, 0.999]),
        eps: v.optional(v.number(), 1e-8),
        weight_decay: v.optional(v.number(), 0),
        momentum: v.optional(v.number(), 0),
      }),
      clip_norm: v.number(),
      losses: numbers,
      grad_norms: v.optional(numbers),
      params_after: tensors,
    }),
  ),
});

export type CaseFile = v.InferOutput<typeof schema>;

const FAMILIES = { seq2seq: 'translator', classifier: 'classifier', reader: 'reader' } as const;

/** The model of a case. */
export function shapeOfCase({ model, config }: CaseFile): ModelShape {
  return {
    kind: FAMILIES[model],
    sourceVocabulary: config.src_vocab,
    outputs: (model === 'classifier' ? config.classes : config.tgt_vocab) as number,
    embedding: config.E,
    hidden: config.H,
    layers: config.layers,
    bidirectional: config.bidirectional,
    decoderHidden: config.Hd,
    attention: config.A,
    readout: config.R,
    score: config.score,
    placement: config.placement,
    ...(model === 'reader' ? { picture: { height: config.height ?? 0, width: config.width ?? 0 } } : {}),
  };
}

function require(condition: boolean, message: string): void {
  if (!condition) throw new CaseFormatError(message);
}

function checkBatch({ model, config, batch }: CaseFile): void {
  const rows = batch.source.length;
  const steps = batch.source[0]?.length ?? 0;
  require(rows > 0 && steps > 0, 'batch.source: expected at least one row of at least one id');
  const checkIds = (name: string, table: readonly (readonly number[])[] | undefined, vocabulary: number) => {
    require(table !== undefined && table.length === rows, `batch.${name}: expected ${rows} rows`);
    for (const row of table ?? []) {
      require(row.length === (table?.[0]?.length ?? 0) && row.length > 0, `batch.${name}: rows of different length`);
      for (const id of row)
        require(id < vocabulary, `batch.${name}: id ${id} is outside of the vocabulary of ${vocabulary}`);
    }
  };
  checkIds('source', batch.source, config.src_vocab);
  require(batch.source_lengths.length === rows, `batch.source_lengths: expected ${rows} lengths`);
  for (const length of batch.source_lengths)
    require(length <= steps, `batch.source_lengths: ${length} is longer than the ${steps} positions of the source`);
  if (model !== 'classifier') {
    require(config.tgt_vocab !== undefined, 'config.tgt_vocab is missing');
    checkIds('target_in', batch.target_in, config.tgt_vocab as number);
    checkIds('target_out', batch.target_out, config.tgt_vocab as number);
    require(batch.target_in?.[0]?.length ===
      batch.target_out?.[0]?.length, 'batch.target_out: expected as many positions as batch.target_in');
  } else {
    require(config.classes !== undefined, 'config.classes is missing');
    require(batch.labels?.length === rows, `batch.labels: expected ${rows} labels`);
    for (const label of batch.labels ?? [])
      require(label < (config.classes as number), `batch.labels: ${label} is outside of ${config.classes} classes`);
  }
}

function checkTensors(where: string, given: CaseFile['params'], shape: ModelShape, onlyTrained: boolean): void {
  const specs = parameterSpecs(shape).filter(({ isTrained }) => isTrained || !onlyTrained);
  for (const { name, shape: dims, isTrained } of specs) {
    const value = given[name];
    if (!value && !isTrained) continue;
    require(value !== undefined, `${where}: ${name} is missing`);
    require(value?.shape.join() ===
      dims.join(), `${where}: ${name} expected [${dims.join(', ')}], got [${value?.shape.join(', ')}]`);
  }
  const known = new Set(specs.map(({ name }) => name));
  for (const name of Object.keys(given))
    require(known.has(name) || onlyTrained, `${where}: ${name} is no parameter of this model`);
}

/** The shapes of logits, weights and scores, batch first. */
function checkStated({ model, batch, expect }: CaseFile, { outputs }: ModelShape): void {
  const [rows, steps] = [batch.source.length, batch.source[0]?.length];
  const positions = model !== 'classifier' ? [batch.target_in?.[0]?.length] : [];
  const shapes = {
    logits: [rows, ...positions, outputs],
    alpha: [rows, ...positions, steps],
    scores: [rows, ...positions, steps],
  };
  for (const [name, dims] of Object.entries(shapes)) {
    const stated = expect[name as keyof typeof shapes];
    require(!stated ||
      stated.shape.join() ===
        dims.join(), `expect.${name}: expected [${dims.join(', ')}], got [${stated?.shape.join(', ')}]`);
  }
}

/** Reads a case from parsed JSON. @throws CaseFormatError saying what is wrong and where */
export function parseCase(json: unknown): CaseFile {
  const result = v.safeParse(schema, json);
  if (!result.success) {
    const issue = result.issues[0];
    throw new CaseFormatError(`${v.getDotPath(issue) ?? 'file'}: ${issue.message}`);
  }
  const file = result.output;
  let shape: ModelShape;
  try {
    checkBatch(file);
    shape = shapeOfCase(file);
    checkTensors('params', file.params, shape, false);
  } catch (error) {
    throw new CaseFormatError(error instanceof Error ? error.message : String(error));
  }
  checkStated(file, shape);
  checkTensors('expect.grads', file.expect.grads, shape, true);
  if (file.train) checkTensors('train.params_after', file.train.params_after, shape, false);
  return file;
}
