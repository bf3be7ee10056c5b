/** Runs a case file through an executor and compares everything that it states. */

import type { Executor, TensorData } from '../engine/executor.ts';
import type { Program } from '../engine/program.ts';
import { ReferenceExecutor } from '../engine/reference-executor.ts';
import { Scheduler } from '../engine/scheduler.ts';
import { WasmExecutor } from '../engine/wasm-executor.ts';
import { openDevice } from '../gpu/device.ts';
import { CLASS_SHIFT } from '../model/classifier.ts';
import { biasCorrections, type OptimizerOptions } from '../model/optimizer.ts';
import { ParameterLayout } from '../model/parameters.ts';
import { trainingProgram } from '../model/translator.ts';
import { COUNTERS_LENGTH, METRICS, VALUES, VALUES_LENGTH } from '../ops/step-data.ts';
import { type CaseFile, parseCase, shapeOfCase } from './case-file.ts';
import { compare, TOLERANCES, type Tolerance } from './tolerance.ts';

export { CaseFormatError } from './case-file.ts';

export interface VerifyRow {
  readonly executor: 'reference' | 'cpu' | 'webgpu';
  readonly tensor: string;
  readonly values: number;
  readonly maxAbsError: number;
  readonly maxRelError: number;
  /** Largest |got - want| / (atol + rtol |want|); at most 1 passes. */
  readonly worst: number;
  readonly isWithin: boolean;
}

export interface VerifyReport {
  readonly name: string;
  readonly rows: readonly VerifyRow[];
}

/** [rows, positions] of the file to the time-major order of the programs. */
const timeMajor = (table: readonly (readonly number[])[]): Uint32Array => {
  const positions = table[0]?.length ?? 0;
  return Uint32Array.from({ length: positions * table.length }, (_, i) => {
    const row = table[i % table.length] as readonly number[];
    return row[Math.floor(i / table.length)] as number;
  });
};

/** [positions · rows, columns] of a program to the batch-first order of the file. */
function batchFirst(data: TensorData, rows: number, columns: number): Float64Array {
  const positions = data.length / rows / columns;
  return Float64Array.from({ length: data.length }, (_, i) => {
    const column = i % columns;
    const position = Math.floor(i / columns) % positions;
    const row = Math.floor(i / columns / positions);
    return data[(position * rows + row) * columns + column] as number;
  });
}

function optimizerOf(file: CaseFile): OptimizerOptions {
  const { optimizer, clip_norm: maxNorm } = file.train ?? { optimizer: null, clip_norm: 1 };
  const [beta1, beta2] = optimizer?.betas ?? [0.9, 0.999];
  return {
    kind: optimizer?.kind ?? 'sgd',
    beta1,
    beta2,
    epsilon: optimizer?.eps ?? 1e-8,
    weightDecay: optimizer?.weight_decay ?? 0,
    momentum: optimizer?.momentum ?? 0,
    maxNorm,
  };
}

function programOf(file: CaseFile, layout: ParameterLayout, isProjected: boolean): Program {
  const size = { batch: file.batch.source.length, sourceLength: file.batch.source[0]?.length as number };
  const optimizer = optimizerOf(file);
  const targetLength = file.batch.target_in?.[0]?.length ?? 1;
  return trainingProgram(
    layout,
    { ...size, targetLength },
    { hasDropout: false, isSampled: false, optimizer, projected: { source: isProjected, target: isProjected } },
  );
}

const rowName = (executor: Executor): VerifyRow['executor'] =>
  executor instanceof ReferenceExecutor ? 'reference' : executor.kind;

/**
 * Runs one case on an executor; the rows come in the order forward, gradients, training.
 * @param isProjected whether words are projected once a word of the vocabulary, which the rule does for larger batches than these
 */
export async function verifyOn(
  executor: Executor,
  file: CaseFile,
  tolerances: Record<'value' | 'gradient' | 'parameter', Tolerance>,
  isProjected = false,
): Promise<VerifyRow[]> {
  const layout = new ParameterLayout(shapeOfCase(file));
  const rows: VerifyRow[] = [];
  const check = (tensor: string, got: ArrayLike<number>, want: ArrayLike<number>, tolerance: Tolerance) =>
    rows.push({ executor: rowName(executor), tensor, ...compare(got, want, tolerance) });

  const plan = await executor.prepare(programOf(file, layout, isProjected));
  const { batch, expect, train } = file;
  const B = batch.source.length;
  plan.write('source', timeMajor(batch.source));
  plan.write('sourceLengths', Uint32Array.from(batch.source_lengths));
  if (batch.target_in && batch.target_out && layout.shape.kind !== 'classifier') {
    plan.write('targetIn', timeMajor(batch.target_in));
    plan.write('targetOut', timeMajor(batch.target_out));
  } else
    plan.write(
      'targetOut',
      Uint32Array.from(batch.labels ?? [], (label) => CLASS_SHIFT + label),
    );
  executor.write(
    'parameters',
    layout.pack(Object.fromEntries(Object.entries(file.params).map(([k, t]) => [k, t.data]))),
  );

  const optimizer = optimizerOf(file);
  const step = async (t: number) => {
    const values = new Float64Array(VALUES_LENGTH);
    const [correction1, correction2] = biasCorrections(optimizer, t);
    values[VALUES.learningRate] = train?.optimizer.lr ?? 0;
    values[VALUES.teacherForcing] = 1;
    values[VALUES.correction1] = correction1;
    values[VALUES.correction2] = correction2;
    plan.write('values', values);
    plan.write(
      'counters',
      Uint32Array.from({ length: COUNTERS_LENGTH }, (_, i) => (i === 1 ? t - 1 : 0)),
    );
    plan.run();
    return (await plan.read('metrics')).metrics;
  };

  const losses: number[] = [];
  const norms: number[] = [];
  const steps = Math.max(1, train?.losses.length ?? 0);
  for (let t = 1; t <= steps; t++) {
    const metrics = await step(t);
    losses.push(metrics[METRICS.loss] as number);
    norms.push(metrics[METRICS.gradientNorm] as number);
    if (t > 1) continue;
    const hasAttention = layout.shape.score !== 'none';
    const names = ['logits', ...(hasAttention ? ['attention.weights', 'attention.scores'] : [])] as const;
    const read = await plan.read(...names);
    check('loss', [losses[0] as number], [expect.loss], tolerances.value);
    check(
      'logits',
      batchFirst(read.logits as TensorData, B, layout.shape.outputs),
      expect.logits.data,
      tolerances.value,
    );
    const S = batch.source[0]?.length as number;
    for (const [key, want] of [
      ['attention.weights', expect.alpha],
      ['attention.scores', expect.scores],
    ] as const) {
      if (!want) continue;
      const got = read[key];
      const values = got ? batchFirst(got, B, S) : new Float64Array(want.data.length);
      check(key === 'attention.weights' ? 'alpha' : 'scores', values, want.data, tolerances.value);
    }
    const gradients = layout.unpack(await executor.read('gradients'));
    for (const [name, want] of Object.entries(expect.grads))
      check(`grad ${name}`, gradients[name] ?? [], want.data, tolerances.gradient);
  }
  if (train) {
    check('losses', losses, train.losses, tolerances.value);
    if (train.grad_norms) check('gradient norms', norms, train.grad_norms, tolerances.gradient);
    const parameters = layout.unpack(await executor.read('parameters'));
    for (const [name, want] of Object.entries(train.params_after))
      check(`after ${steps} steps ${name}`, parameters[name] ?? [], want.data, tolerances.parameter);
  }
  return rows;
}

/**
 * Runs a case through the float64 reference, the CPU's kernels where the browser has SIMD, and WGSL.
 * @throws CaseFormatError for a malformed case; DeviceUnavailableError without an adapter
 */
export async function verifyCase(json: unknown): Promise<VerifyReport> {
  const file = parseCase(json);
  const reference = new ReferenceExecutor();
  const rows = await verifyOn(reference, file, TOLERANCES.float64);
  reference.dispose();
  const wasm = await WasmExecutor.open();
  if (wasm) rows.push(...(await verifyOn(wasm, file, TOLERANCES.float32)));
  wasm?.dispose();
  const handle = await openDevice();
  const scheduler = new Scheduler(handle);
  try {
    rows.push(...(await verifyOn(scheduler, file, TOLERANCES.float32)));
  } finally {
    scheduler.dispose();
    handle.device.destroy();
  }
  return { name: file.name, rows };
}
