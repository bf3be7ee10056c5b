import '../testing/gpu-constants.ts';
import { describe, expect, it } from 'vitest';
import { reflectKernel } from '../gpu/kernel.ts';
import { ShapeError } from '../lib/errors.ts';
import type { OpCase } from '../testing/case-draw.ts';
import { casesOf, runReference } from '../testing/op-cases.ts';
import type { Dispatch, OpCall } from './op.ts';
import { OP_NAMES, opDefinition } from './registry.ts';
import type { View } from './view.ts';

const callOf = ({ op, tensors, numbers }: OpCase): OpCall => ({
  op,
  operands: Object.fromEntries(Object.entries(tensors).map(([name, { view }]) => [name, view])),
  numbers,
});

/** The uniform whose 0 says that an optional variable is not read. */
const FLAGS: Readonly<Record<string, string>> = {
  bias: 'has_bias',
  lengths: 'is_masked',
  feed: 'feed_size',
  feed_weight: 'feed_size',
};

/** The dispatches of a case on every target. */
const dispatchesOf = (opCase: OpCase): Dispatch[] =>
  [true, false].flatMap((hasQuads) => opDefinition(opCase.op).dispatches(callOf(opCase), { hasQuads }));

const snakeCase = (name: string): string => name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);

/** Default limits of a WebGPU device, which every kernel keeps to. */
const LIMITS = { storageBuffers: 8, invocations: 256, workgroupBytes: 16_384, workgroups: 65_535 };

/** `@workgroup_size` of an entry point. */
function workgroupSize({ wgsl, entry }: Dispatch): number[] {
  const found = new RegExp(`@workgroup_size\\(([^)]*)\\)\\s*fn ${entry}\\(`).exec(wgsl);
  if (!found) throw new Error(`${entry}: no workgroup size`);
  return found[1].split(',').map(Number);
}

/** Bytes of all workgroup variables of a module, whose types are arrays of four-byte numbers. */
function workgroupBytes(wgsl: string): number {
  const variables = [...wgsl.matchAll(/var<workgroup>\s*\w+\s*:\s*([^;]+);/g)].map(([, type]) => type);
  return variables.reduce((total, type) => {
    const array = /^array<(?:f32|u32|i32),\s*(\d+)u?>$/.exec(type.trim());
    if (!array) throw new Error(`workgroup variable of type ${type}: expected an array of numbers`);
    return total + 4 * Number(array[1]);
  }, 0);
}

describe.each(OP_NAMES)('%s', (op) => {
  const definition = opDefinition(op);
  const cases = casesOf(op);

  it('has cases with every operand, which its own check accepts', () => {
    expect(cases.length).toBeGreaterThan(5);
    const used = new Set(cases.flatMap(({ tensors }) => Object.keys(tensors)));
    expect([...used].sort()).toEqual(Object.keys(definition.operands).sort());
    for (const opCase of cases) definition.check(callOf(opCase));
  });

  it('dispatches entry points of its own WGSL within the default limits', () => {
    for (const dispatch of cases.flatMap(dispatchesOf)) {
      const kernel = reflectKernel(dispatch.wgsl, dispatch.entry);
      expect(dispatch.label).toBe(op);
      expect(kernel.storage.length).toBeLessThanOrEqual(LIMITS.storageBuffers);
      expect(workgroupSize(dispatch).reduce((product, size) => product * size)).toBeLessThanOrEqual(LIMITS.invocations);
      expect(workgroupBytes(dispatch.wgsl)).toBeLessThanOrEqual(LIMITS.workgroupBytes);
      for (const count of dispatch.workgroups) expect(count).toBeLessThanOrEqual(LIMITS.workgroups);
    }
  });

  it('names the variables and uniforms of its WGSL, all that a dispatch needs and none besides', () => {
    for (const { wgsl, entry, bindings, uniforms } of cases.flatMap(dispatchesOf)) {
      const { storage, uniformFields } = reflectKernel(wgsl, entry);
      const variables = new Set(storage.map(({ variable }) => variable));
      const bound = new Set(Object.keys(bindings).map(snakeCase));
      const unknown = Object.keys(uniforms).filter((field) => !uniformFields.has(field));
      expect({ entry, unknown }).toEqual({ entry, unknown: [] });
      const unread = [...bound].filter((variable) => !variables.has(variable));
      expect({ entry, unread }).toEqual({ entry, unread: [] });
      const unbound = [...variables].filter((variable) => !bound.has(variable) && uniforms[FLAGS[variable]] !== 0);
      expect({ entry, unbound }).toEqual({ entry, unbound: [] });
    }
  });

  it('has a stride and an offset in its uniforms for every view that has one', () => {
    for (const { wgsl, entry, bindings } of cases.flatMap(dispatchesOf)) {
      const { uniformFields } = reflectKernel(wgsl, entry);
      const missing = Object.entries(bindings).flatMap(([name, view]) => [
        ...(view.offset > 0 && !uniformFields.has(`${snakeCase(name)}_offset`) ? [`${name} offset`] : []),
        ...(view.rows > 1 && view.stride > view.columns && !uniformFields.has(`${snakeCase(name)}_stride`)
          ? [`${name} stride`]
          : []),
      ]);
      expect({ entry, missing }).toEqual({ entry, missing: [] });
    }
  });

  it('declares what it changes, and changes nothing that it only reads', () => {
    const changed = new Set<string>();
    for (const opCase of cases) {
      const results = runReference(opCase);
      for (const [name, { data }] of Object.entries(opCase.tensors))
        if (data.some((value, i) => !Object.is(value, results[name][i]))) changed.add(name);
    }
    const scratch = new Set(cases.flatMap((opCase) => opCase.scratch));
    const declared = Object.entries(definition.operands).filter(
      ([name, { access }]) => access === 'write' && !scratch.has(name),
    );
    for (const [name] of declared) expect(changed).toContain(name);
    for (const name of changed) expect(definition.operands[name]?.access).not.toBe('read');
  });
});

/** Operands whose rows (or columns) nothing else of the call fixes. */
const FREE: Readonly<Record<string, readonly ('rows' | 'columns')[]>> = {
  'embedding.forward table': ['rows'],
  'embedding.backward dTable': ['rows'],
  'linear.backward-bias dY': ['rows'],
  'lstm.forward h': ['rows'],
  'lstm.forward c': ['rows'],
  'lstm.backward c': ['rows'],
  'lstm.backward dH': ['rows'],
  'score.zero.forward scores': ['rows', 'columns'],
  'cross-entropy.forward logits': ['columns'],
  'predict logits': ['columns'],
  'scale-rows.forward y': ['columns'],
  'zero y': ['rows', 'columns'],
  'record history': ['rows'],
  'grad-norm gradients': ['columns'],
  'grad-norm partials': ['columns'],
};

describe('checks of shapes', () => {
  const changes = OP_NAMES.flatMap((op) => {
    // The second shape: none of its sizes are equal, so that every operand fits in one way only.
    const opCases = casesOf(op).filter(({ name }) => name.includes('B 7 S 5 H 3 V 130, normal'));
    return opCases.flatMap((opCase) =>
      Object.keys(opCase.tensors).flatMap((name) =>
        (['rows', 'columns'] as const).flatMap((side) =>
          FREE[`${op} ${name}`]?.includes(side) ? [] : [{ op, opCase, name, side }],
        ),
      ),
    );
  });

  it.each(OP_NAMES)('%s refuses an operand with a row or a column too many', (op) => {
    const accepted = changes
      .filter((change) => change.op === op)
      .filter(({ opCase, name, side }) => {
        const call = callOf(opCase);
        const view = call.operands[name] as View;
        const changed = { ...call, operands: { ...call.operands, [name]: { ...view, [side]: view[side] + 1 } } };
        try {
          opDefinition(op).check(changed);
          return true;
        } catch (error) {
          expect(error).toBeInstanceOf(ShapeError);
          return false;
        }
      });
    expect(accepted.map(({ opCase, name, side }) => `${opCase.name}: ${side} of ${name}`)).toEqual([]);
  });

  it('say who, what was expected and what came', () => {
    const view = (tensor: string, rows: number, columns: number): View => ({
      tensor,
      offset: 0,
      rows,
      columns,
      stride: columns,
    });
    const operands = { lengths: view('lengths', 2, 1), scores: view('scores', 2, 6), weights: view('weights', 2, 7) };
    expect(() => opDefinition('softmax.forward').check({ op: 'softmax.forward', operands, numbers: {} })).toThrow(
      'softmax.forward: scores expected [2, 7], got [2, 6]',
    );
  });
});
