/** Profiles a program on the float64 reference, on tensors of its own. */

import { opDefinition } from '../ops/registry.ts';
import { type Operand, operandOf } from '../ops/view.ts';
import { timeCalls } from './call-clock.ts';
import type { TensorData } from './executor.ts';
import { callsWork, laidOut, type PlanProfile, type Roofline } from './profile.ts';
import type { Program } from './program.ts';
import { threadCopyRate } from './roofline.ts';

const FLOAT64_BYTES = 8;
/** Side of the matrices whose product is the roof. */
const SIDE = 128;
const PRODUCTS = 5;

let measured: Roofline | null = null;

/** The roof over the reference: its own best product, and a copy by this thread. */
function referenceRoofline(): Roofline {
  if (!measured) {
    const matrix = () => operandOf(new Float64Array(SIDE * SIDE).fill(0.5), SIDE, SIDE);
    const operands = { x: matrix(), weight: matrix(), y: matrix() };
    const { reference } = opDefinition('linear.forward');
    let best = Number.POSITIVE_INFINITY;
    for (let i = 0; i <= PRODUCTS; i++) {
      const started = performance.now();
      reference(operands, {});
      // The first one is compiled meanwhile.
      if (i > 0) best = Math.min(best, Math.max(0.1, performance.now() - started));
    }
    measured = { gflops: (2 * SIDE ** 3) / best / 1e6, gigabytesPerSecond: threadCopyRate() };
  }
  return measured;
}

/** @param state shared tensors and inputs as the run begins with them; they are copied */
export async function profileReference(program: Program, state: ReadonlyMap<string, TensorData>): Promise<PlanProfile> {
  const tensors = new Map<string, TensorData>();
  for (const { name, type, length } of program.tensors.values())
    tensors.set(name, type === 'u32' ? new Uint32Array(length) : new Float64Array(length));
  const calls = program.calls.map(({ op, operands, numbers }) => {
    const bound: Record<string, Operand> = {};
    for (const [name, view] of Object.entries(operands))
      bound[name] = { ...view, data: tensors.get(view.tensor) as TensorData };
    const { reference } = opDefinition(op);
    return () => reference(bound, numbers);
  });
  const restore = () => {
    for (const [name, data] of state) tensors.get(name)?.set(data);
  };
  const { stepMs, groups } = await timeCalls({ calls, restore });
  const launches = callsWork(program.calls, FLOAT64_BYTES).map((work, i) => ({
    ...work,
    label: program.calls[i]?.op ?? '',
    entry: program.calls[i]?.op ?? '',
    wgsl: null,
    workgroups: null,
    workgroupSize: null,
  }));
  return {
    clock: 'cpu',
    strategy: 'separate',
    launches: laidOut(launches, groups),
    stepMs,
    roofline: referenceRoofline(),
    rows: null,
  };
}
