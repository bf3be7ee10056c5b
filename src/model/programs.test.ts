import '../testing/gpu-constants.ts';
import { describe, expect, it } from 'vitest';
import { dispatchCount, type Program } from '../engine/program.ts';
import { reflectKernel } from '../gpu/kernel.ts';
import type { Dispatch, OpCall } from '../ops/op.ts';
import { opDefinition } from '../ops/registry.ts';
import { ADAM, PLAIN_SGD, tinyShape } from '../testing/tiny-models.ts';
import { PLACEMENTS, type Placement, SCORES, type ScoreKind } from './config.ts';
import { gradientProgram } from './gradient-program.ts';
import { ParameterLayout } from './parameters.ts';
import { decodingProgram, explorationProgram, trainingProgram } from './translator.ts';

/** Enough rows for the kernels that take many at a time. */
const SIZE = { batch: 10, sourceLength: 3, targetLength: 2 };

const VARIANTS = [
  { hasDropout: false, isSampled: false },
  { hasDropout: true, isSampled: true },
];

function classifierPrograms(score: ScoreKind): Program[] {
  const layout = new ParameterLayout(tinyShape({ kind: 'classifier', score }));
  const size = { ...SIZE, targetLength: 1 };
  return [
    ...VARIANTS.map((variant) => trainingProgram(layout, size, { ...variant, optimizer: PLAIN_SGD })),
    decodingProgram(layout, size),
    explorationProgram(layout, size),
    gradientProgram(layout, size),
  ];
}

/** Pictures of as many cells as the sentences have words. */
const PICTURE = { height: 4, width: 4 * SIZE.sourceLength };

function readerPrograms(score: ScoreKind): Program[] {
  const layout = new ParameterLayout(tinyShape({ kind: 'reader', score, bidirectional: false, picture: PICTURE }));
  return [
    ...VARIANTS.map((variant) => trainingProgram(layout, SIZE, { ...variant, optimizer: ADAM })),
    decodingProgram(layout, SIZE),
    explorationProgram(layout, SIZE),
    gradientProgram(layout, SIZE),
  ];
}

const PROGRAMS: readonly Program[] = SCORES.flatMap((score) => [
  ...PLACEMENTS.flatMap((placement) => {
    const layout = new ParameterLayout(tinyShape({ score, placement }));
    return [
      ...VARIANTS.map((variant) => trainingProgram(layout, SIZE, { ...variant, optimizer: ADAM })),
      decodingProgram(layout, SIZE),
      explorationProgram(layout, SIZE),
      gradientProgram(layout, SIZE),
    ];
  }),
  ...classifierPrograms(score),
  ...(score === 'additive' || score === 'none' ? readerPrograms(score) : []),
]);

/** The dispatches of a call on every target. */
const dispatchesOf = (call: OpCall): Dispatch[] =>
  [true, false].flatMap((hasQuads) => opDefinition(call.op).dispatches(call, { hasQuads }));

const snakeCase = (name: string): string => name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);

describe('every program of a model', () => {
  it('binds no tensor twice in a dispatch that writes it, which WebGPU forbids', () => {
    for (const { calls } of PROGRAMS)
      for (const call of calls)
        for (const { wgsl, entry, bindings, label } of dispatchesOf(call)) {
          const { storage } = reflectKernel(wgsl, entry);
          const written = storage.filter(({ isReadOnly }) => !isReadOnly).map(({ variable }) => variable);
          const bound = Object.entries(bindings).map(([name, { tensor }]) => [snakeCase(name), tensor]);
          for (const [variable, tensor] of bound) {
            if (!written.includes(variable)) continue;
            const others = bound.filter(([name, other]) => name !== variable && other === tensor);
            expect(others, `${label}: ${variable}`).toEqual([]);
          }
        }
  });

  it('gives every view that has one a stride and an offset in its kernel', () => {
    for (const { calls } of PROGRAMS)
      for (const call of calls)
        for (const { wgsl, entry, bindings, label } of dispatchesOf(call)) {
          const { uniformFields } = reflectKernel(wgsl, entry);
          for (const [name, { offset, rows, columns, stride }] of Object.entries(bindings)) {
            const has = (field: string) => uniformFields.has(`${snakeCase(name)}_${field}`);
            expect(offset === 0 || has('offset'), `${label}: offset of ${name}`).toBe(true);
            expect(rows === 1 || stride === columns || has('stride'), `${label}: stride of ${name}`).toBe(true);
          }
        }
  });

  it('takes words from tensors of words, and numbers from tensors of numbers', () => {
    for (const { calls, tensors } of PROGRAMS)
      for (const call of calls)
        for (const { wgsl, bindings, label } of dispatchesOf(call)) {
          for (const [name, { tensor }] of Object.entries(bindings)) {
            const declared = new RegExp(`var<storage[^>]*> ${snakeCase(name)}: array<(\\w+)>`).exec(wgsl)?.[1];
            expect(declared, `${label}: ${name}`).toBe(tensors.get(tensor)?.type);
          }
        }
  });

  it('writes every trained parameter’s gradient', () => {
    for (const { calls, tensors } of PROGRAMS) {
      const gradients = tensors.get('gradients');
      if (!gradients) continue;
      const written = new Uint8Array(gradients.length);
      for (const { op, operands } of calls)
        for (const [name, view] of Object.entries(operands)) {
          if (view.tensor !== 'gradients' || opDefinition(op).operands[name]?.access === 'read') continue;
          for (let r = 0; r < view.rows; r++)
            written.fill(1, view.offset + r * view.stride, view.offset + r * view.stride + view.columns);
        }
      expect(written.indexOf(0)).toBe(-1);
    }
  });

  it('goes forward, then backward, then updates', () => {
    for (const { calls } of PROGRAMS) {
      const directions = calls.map(({ place }) => place.direction);
      expect(directions.lastIndexOf('forward')).toBe(
        directions.includes('backward') ? directions.indexOf('backward') - 1 : directions.length - 1,
      );
      const updates = calls.map(({ place }, i) => (place.stage === 'update' ? i : -1)).filter((i) => i >= 0);
      expect(updates).toEqual(updates.map((_, i) => calls.length - updates.length + i));
    }
  });
});

describe('the training program', () => {
  const size = { batch: 2, sourceLength: 2, targetLength: 2 };
  const train = (placement: Placement, targetLength = 2) => {
    const layout = new ParameterLayout(tinyShape({ placement }));
    const variant = { hasDropout: false, isSampled: false, optimizer: ADAM };
    return trainingProgram(layout, { ...size, targetLength }, variant);
  };
  /** Stages in the order of the calls, a stage of a target position with its number, each run of equal ones once. */
  const stages = ({ calls }: Program) =>
    calls
      .filter(({ place }) => place.direction === 'forward')
      .map(({ place: { stage, position } }) => (position === null ? stage : `${stage} ${position}`))
      .filter((stage, i, all) => stage !== all[i - 1])
      .join(', ');

  it('attends before each step of the decoder, or after it', () => {
    expect(stages(train('before'))).toBe(
      'embed, encode, score, embed, decode, ' +
        'score 0, softmax 0, context 0, decode 0, score 1, softmax 1, context 1, decode 1, decode, loss',
    );
    expect(stages(train('after'))).toBe(
      'embed, encode, score, context, embed, decode, ' +
        'decode 0, score 0, softmax 0, context 0, decode 1, score 1, softmax 1, context 1, decode, loss',
    );
  });

  it('grows by the same dispatches with every word of the target', () => {
    const count = (targetLength: number) => dispatchCount(train('before', targetLength));
    expect(count(6) - count(5)).toBe(count(5) - count(4));
    expect(count(6) - count(5)).toBeGreaterThan(0);
  });
});
