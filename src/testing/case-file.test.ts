import { describe, expect, it } from 'vitest';
import { ReferenceExecutor } from '../engine/reference-executor.ts';
import { type CaseFile, CaseFormatError, parseCase, shapeOfCase } from './case-file.ts';
import { GOLDEN_CASES } from './golden.ts';
import { TOLERANCES } from './tolerance.ts';
import { verifyOn } from './verify.ts';

const translator = GOLDEN_CASES.find(({ name }) => name === 'additive-before-bi') as CaseFile;
const classifier = GOLDEN_CASES.find(({ name }) => name === 'classifier-additive-bi') as CaseFile;

type Json = Record<string, unknown>;

/** A copy of a case with something at a path replaced, or taken away with `undefined`. */
function changed(file: CaseFile, path: string, value: unknown): Json {
  const copy = structuredClone(file) as unknown as Json;
  const keys = path.split('/');
  const last = keys.pop() as string;
  const parent = keys.reduce((at, key) => at[key] as Json, copy);
  if (value === undefined) delete parent[last];
  else parent[last] = value;
  return copy;
}

describe('a case file', () => {
  it('states a model, with defaults for what it leaves out', () => {
    expect(shapeOfCase(translator)).toMatchObject({
      kind: 'translator',
      layers: 1,
      bidirectional: true,
      score: 'additive',
      placement: 'before',
      outputs: 13,
    });
    expect(shapeOfCase(classifier)).toMatchObject({ kind: 'classifier', outputs: 3 });
  });

  const wrong: [string, CaseFile, string, unknown, RegExp][] = [
    ['an unknown kind of model', translator, 'model', 'transformer', /^model: /],
    ['an unknown score', translator, 'config/score', 'cosine', /^config\.score: /],
    ['a size of 0', translator, 'config/H', 0, /^config\.H: /],
    ['a size that is no whole number', translator, 'config/H', 2.5, /^config\.H: /],
    ['no vocabulary for the target', translator, 'config/tgt_vocab', undefined, /^config\.tgt_vocab is missing/],
    ['no classes', classifier, 'config/classes', undefined, /^config\.classes is missing/],
    ['no batch', translator, 'batch', undefined, /^batch: /],
    ['an empty source', translator, 'batch/source', [], /^batch\.source: expected at least one row/],
    ['rows of different length', translator, 'batch/source/1', [4], /^batch\.source: rows of different length/],
    [
      'an id outside of the vocabulary',
      translator,
      'batch/source/0/0',
      11,
      /^batch\.source: id 11 is outside of .* 11$/,
    ],
    ['a negative id', translator, 'batch/target_in/0/0', -1, /^batch\.target_in\.0\.0: /],
    ['a length beyond the source', translator, 'batch/source_lengths/0', 9, /^batch\.source_lengths: 9 is longer than/],
    ['a length of 0', translator, 'batch/source_lengths/0', 0, /^batch\.source_lengths\.0: /],
    ['too few lengths', translator, 'batch/source_lengths', [5], /^batch\.source_lengths: expected 3 lengths/],
    ['no targets', translator, 'batch/target_out', undefined, /^batch\.target_out: expected 3 rows/],
    [
      'targets of another length',
      translator,
      'batch/target_out',
      [[2], [2], [2]],
      /^batch\.target_out: expected as many/,
    ],
    ['a label outside of the classes', classifier, 'batch/labels/0', 3, /^batch\.labels: 3 is outside of 3 classes/],
    ['too few labels', classifier, 'batch/labels', [1], /^batch\.labels: expected 4 labels/],
    ['a parameter that is missing', translator, 'params/attention.v', undefined, /^params: attention\.v is missing/],
    [
      'a parameter of another shape',
      translator,
      'params/attention.v',
      { shape: [8], data: new Array(8).fill(0) },
      /^params: attention\.v expected \[7\], got \[8\]/,
    ],
    [
      'a parameter of another model',
      classifier,
      'params/bridge.c.bias',
      { shape: [1], data: [0] },
      /no parameter of this/,
    ],
    ['too few values', translator, 'params/attention.v/data', [1], /^params\.attention\.v: the number of values/],
    ['a value that is no number', translator, 'params/attention.v/data/0', 'x', /^params\.attention\.v\.data\.0: /],
    ['a gradient that is missing', translator, 'expect/grads/attention.v', undefined, /^expect\.grads: attention\.v/],
    [
      'logits of another shape',
      translator,
      'expect/logits/shape',
      [5, 3, 13],
      /^expect\.logits: expected \[3, 5, 13\], got/,
    ],
    ['weights of another shape', classifier, 'expect/alpha/shape', [6, 4], /^expect\.alpha: expected \[4, 6\], got/],
    ['no loss', translator, 'expect/loss', undefined, /^expect\.loss: /],
    ['an unknown optimizer', translator, 'train/optimizer/kind', 'lion', /^train\.optimizer\.kind: /],
    ['no parameters after training', translator, 'train/params_after', {}, /^train\.params_after: .* is missing/],
  ];

  it.each(wrong)('is refused with the place of what is wrong: %s', (_, file, path, value, message) => {
    const json = changed(file, path, value);
    expect(() => parseCase(json)).toThrow(CaseFormatError);
    expect(() => parseCase(json)).toThrow(message);
  });

  it.each([null, 5, 'text', [], {}])('is refused where it is none: %j', (json) => {
    expect(() => parseCase(json)).toThrow(CaseFormatError);
  });

  it('that asks for a dot score of sizes that do not fit is refused', () => {
    expect(() => parseCase(changed(translator, 'config/score', 'dot'))).toThrow(/expected Hd = De = 8, got 6/);
  });

  it('may leave out bias_hh, training, attention and scores', () => {
    let json: unknown = translator;
    for (const path of ['params/decoder.lstm.bias_hh_l0', 'train', 'expect/alpha', 'expect/scores'])
      json = changed(json as CaseFile, path, undefined);
    expect(parseCase(json).train).toBeUndefined();
  });
});

describe('verifying a case', () => {
  const failing = async (json: unknown) => {
    const rows = await verifyOn(new ReferenceExecutor(), parseCase(json), TOLERANCES.float64);
    return rows.filter(({ isWithin }) => !isWithin).map(({ tensor }) => tensor);
  };
  const first = (values: readonly number[]) => [(values[0] as number) + 1e-6, ...values.slice(1)];

  it('finds one value that is off in any of the tensors', async () => {
    const { expect: stated, train } = translator;
    const places: [string, unknown, string][] = [
      ['expect/loss', stated.loss + 1e-6, 'loss'],
      ['expect/logits/data', first(stated.logits.data), 'logits'],
      ['expect/alpha/data', first(stated.alpha?.data as number[]), 'alpha'],
      ['expect/scores/data', first(stated.scores?.data as number[]), 'scores'],
      ['expect/grads/attention.v/data', first(stated.grads['attention.v'].data), 'grad attention.v'],
      ['train/losses', first(train?.losses as number[]), 'losses'],
      ['train/grad_norms', first(train?.grad_norms as number[]), 'gradient norms'],
      [
        'train/params_after/output.bias/data',
        first(train?.params_after['output.bias'].data as number[]),
        'output.bias',
      ],
    ];
    for (const [path, value, tensor] of places) {
      const rows = await failing(changed(translator, path, value));
      expect(rows).toHaveLength(1);
      expect(rows[0]).toContain(tensor);
    }
  });

  it('finds a model that reads its parameters in another order', async () => {
    const { params } = translator;
    const name = 'decoder.lstm.bias_ih_l0';
    const data = [...params[name].data.slice(6), ...params[name].data.slice(0, 6)];
    expect((await failing(changed(translator, `params/${name}/data`, data))).length).toBeGreaterThan(20);
  });
});
