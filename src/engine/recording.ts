/** Launches of a Program as GPU objects: pipelines, bind groups, and the buffers that hold uniforms and instructions. */

import type { BufferLedger } from '../gpu/buffers.ts';
import { type Kernel, reflectKernel } from '../gpu/kernel.ts';
import type { CompiledKernel, PipelineCache } from '../gpu/pipelines.ts';
import type { Dispatchable } from '../gpu/timing.ts';
import type { Dispatch, RowTileSize } from '../ops/op.ts';
import { instructionWords, type RowInstruction, type RowKind } from '../ops/row-form.ts';
import { rowKernel } from '../ops/row-kernel.ts';
import type { View } from '../ops/view.ts';
import { jobWords, type WeightTile, weightKernel, weightTiles } from '../ops/weight-gradients.ts';
import type { Launch, RowLaunch } from './lowering.ts';
import { type Program, standsAlone } from './program.ts';
import { firstElement, type TensorBuffer, tensorBytes } from './tensors.ts';

/** `minUniformBufferOffsetAlignment` of the default limits. */
const UNIFORM_ALIGNMENT = 256;

export interface RecordedLaunch extends Dispatchable {
  readonly launch: Launch;
  readonly wgsl: string;
  readonly entry: string;
}

export interface Recorder {
  readonly device: GPUDevice;
  readonly ledger: BufferLedger;
  readonly pipelines: PipelineCache;
  /** Bound where a call leaves a variable unbound. */
  readonly unbound: GPUBuffer;
  readonly hasQuads: boolean;
  readonly weightTile: WeightTile;
  /** Elements of the flat gradients. */
  readonly gradientLength: number;
  /**
   * Elements of `memory` and, by name, of the tensors that stand alone, where the kernels shall know them: software adapters check
   * each index against the size, which takes a tenth of a product and a third of an update less when the size is a constant. Null
   * leaves it open, so that plans share their kernels.
   */
  readonly sizes: Readonly<Record<string, number>> | null;
  /** Tile of the row machine for launches of so many rows. */
  tile(rows: number): RowTileSize;
}

interface Recordable {
  readonly launch: Launch;
  readonly label: string;
  readonly wgsl: string;
  readonly entry: string;
  readonly uniforms: Readonly<Record<string, number>>;
  readonly workgroups: readonly [number, number, number];
}

const snakeCase = (name: string): string => name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);

/**
 * A buffer may not be bound for reading and for writing at once, not even in parts that do not meet; two parts for writing may.
 * So what lies in a pool is bound for writing throughout.
 */
function writablePool(wgsl: string, variables: ReadonlySet<string>): string {
  return wgsl.replace(/var<storage, read>(\s+)(\w+)/g, (all, space, name) =>
    variables.has(name) ? `var<storage, read_write>${space}${name}` : all,
  );
}

/** The kernel of a launch, its uniforms, and how many workgroups run it. */
function describe(
  launch: Launch,
  first: number,
  kinds: ReadonlySet<RowKind>,
  isPooled: (view: View) => boolean,
  recorder: Recorder,
): Recordable {
  if (launch.kind === 'weights') {
    const { entry, jobs, shares } = launch;
    return {
      launch,
      label: `weight-gradients.${entry}`,
      wgsl: withSizes(weightKernel(recorder.weightTile), recorder.sizes),
      entry,
      uniforms: { jobs: jobs.length, shares, length: recorder.gradientLength },
      workgroups: [weightTiles(recorder.weightTile, jobs), entry === 'run' ? shares : 1, 1],
    };
  }
  if (launch.kind === 'dispatch') {
    const { label, wgsl, entry, bindings, uniforms, workgroups } = launch.dispatch;
    const pooled = Object.entries(bindings).filter(([, view]) => isPooled(view));
    const variables = new Set(pooled.map(([name]) => snakeCase(name)));
    const text = withSizes(writablePool(wgsl, variables), boundSizes(bindings, recorder.sizes));
    return { launch, label: `${label}.${entry}`, wgsl: text, entry, uniforms, workgroups };
  }
  const tile = recorder.tile(launch.rows);
  return {
    launch,
    label: `rows.${launch.calls[0]?.place.stage}.${launch.calls[0]?.place.direction}`,
    wgsl: withSizes(rowKernel(kinds, { ...tile, hasQuads: recorder.hasQuads }), recorder.sizes),
    entry: 'run',
    uniforms: { first, end: first + launch.instructions.length, rows: launch.rows },
    workgroups: [Math.ceil(launch.rows / tile.rows), 1, 1],
  };
}

/** Elements of the tensors that stand alone and are bound by a dispatch, by its variables. */
function boundSizes(bindings: Dispatch['bindings'], sizes: Recorder['sizes']): Recorder['sizes'] {
  if (!sizes) return null;
  return Object.fromEntries(
    Object.entries(bindings).map(([name, { tensor }]) => [snakeCase(name), sizes[tensor] ?? 0]),
  );
}

/** The kernel with arrays of known size. */
function withSizes(wgsl: string, sizes: Recorder['sizes']): string {
  if (!sizes) return wgsl;
  return wgsl.replace(/(\w+): array<f32>;/g, (all, name) =>
    sizes[name] ? `${name}: array<f32, ${sizes[name]}>;` : all,
  );
}

/** Variables of a dispatch with the tensor each is bound to. */
function boundTensors(launch: Launch, tensors: ReadonlyMap<string, TensorBuffer>): Map<string, TensorBuffer> {
  const bound = new Map<string, TensorBuffer>();
  if (launch.kind === 'dispatch')
    for (const [name, view] of Object.entries(launch.dispatch.bindings))
      bound.set(snakeCase(name), tensors.get(view.tensor) as TensorBuffer);
  return bound;
}

/** Uniforms of a dispatch: its own, and offset and stride of every bound view that the struct has a field for. */
function uniformsOf({ launch, uniforms }: Recordable, kernel: Kernel): Record<string, number> {
  const values: Record<string, number> = { ...uniforms };
  if (launch.kind !== 'dispatch') return values;
  for (const [name, view] of Object.entries(launch.dispatch.bindings)) {
    const variable = snakeCase(name);
    if (kernel.uniformFields.has(`${variable}_offset`)) values[`${variable}_offset`] = view.offset;
    if (kernel.uniformFields.has(`${variable}_stride`)) values[`${variable}_stride`] = view.stride;
  }
  return values;
}

const isRows = (launch: Launch): launch is RowLaunch => launch.kind === 'rows';

/** Forward where all of its calls are. */
const directionOf = ({ calls }: Launch): 'forward' | 'backward' =>
  calls.every(({ place }) => place.direction === 'forward') ? 'forward' : 'backward';

/** Whether a plan of these launches keeps its tensors in one buffer a type, where the row machine reaches them all. */
export const needsPool = (launches: readonly Launch[]): boolean => launches.some(isRows);

function describeAll(
  program: Program,
  launches: readonly Launch[],
  hasPool: boolean,
  recorder: Recorder,
): Recordable[] {
  const isPooled = ({ tensor }: View) => {
    const spec = program.tensors.get(tensor);
    return hasPool && spec !== undefined && !standsAlone(spec);
  };
  // Launches of one direction share a kernel: compiling takes longer than skipping a case.
  const kinds = { forward: new Set<RowKind>(), backward: new Set<RowKind>() };
  for (const launch of launches)
    if (isRows(launch)) for (const { kind } of launch.instructions) kinds[directionOf(launch)].add(kind);
  let first = 0;
  return launches.map((launch) => {
    const recordable = describe(launch, first, kinds[directionOf(launch)], isPooled, recorder);
    if (isRows(launch)) first += launch.instructions.length;
    return recordable;
  });
}

/** The texts of the kernels that launches need, each once. */
export const kernelTexts = (program: Program, launches: readonly Launch[], recorder: Recorder): string[] => [
  ...new Set(describeAll(program, launches, needsPool(launches), recorder).map(({ wgsl }) => wgsl)),
];

/** Begins to compile the kernels of launches. */
export function compileAhead(program: Program, launches: readonly Launch[], recorder: Recorder): void {
  // A kernel that does not compile is an error where it is needed.
  for (const { wgsl, entry, label } of describeAll(program, launches, needsPool(launches), recorder))
    recorder.pipelines.compile(reflectKernel(wgsl, entry), label).catch(() => {});
}

/**
 * Records launches on tensors that lie in pools or not; where they do not, no launch may need one.
 * @param own takes the buffers that are made
 * @throws ShaderCompilationError
 */
export async function recordLaunches(
  program: Program,
  launches: readonly Launch[],
  tensors: ReadonlyMap<string, TensorBuffer>,
  own: GPUBuffer[],
  recorder: Recorder,
): Promise<RecordedLaunch[]> {
  const { device, ledger, pipelines } = recorder;
  const { name } = program;
  const code = launches.filter(isRows).flatMap(({ instructions }) => instructions);
  const hasPool = [...tensors.values()].some(({ isPooled }) => isPooled);
  const described = describeAll(program, launches, hasPool, recorder);
  const kernels = described.map(({ wgsl, entry }) => reflectKernel(wgsl, entry));
  const compiled = await Promise.all(described.map(({ label }, i) => pipelines.compile(kernels[i] as Kernel, label)));

  const upload = (label: string, bytes: Uint8Array<ArrayBuffer>, usage: GPUBufferUsageFlags) => {
    const buffer = ledger.create(label, bytes.byteLength, usage | GPUBufferUsage.COPY_DST);
    own.push(buffer);
    device.queue.writeBuffer(buffer, 0, bytes);
    return buffer;
  };
  const instructions = code.length > 0 ? upload(`${name}.code`, packCode(code, tensors), GPUBufferUsage.STORAGE) : null;
  const jobs = new Map<Launch, GPUBuffer>();
  for (const launch of launches)
    if (launch.kind === 'weights') {
      const words = jobWords(launch.jobs, recorder.weightTile, (tensor) => startOf(tensors, tensor));
      jobs.set(launch, upload(`${name}.jobs`, new Uint8Array(words.buffer as ArrayBuffer), GPUBufferUsage.STORAGE));
    }
  const shares = Math.max(1, ...launches.map((launch) => (launch.kind === 'weights' ? launch.shares : 1)));
  const partials =
    shares > 1 ? ledger.create(`${name}.partial`, 4 * shares * recorder.gradientLength, GPUBufferUsage.STORAGE) : null;
  if (partials) own.push(partials);
  const offsets: number[] = [];
  let uniformBytes = 0;
  for (const kernel of kernels) {
    offsets.push(uniformBytes);
    uniformBytes += Math.ceil(kernel.uniformBytes / UNIFORM_ALIGNMENT) * UNIFORM_ALIGNMENT;
  }
  const packed = new Uint8Array(uniformBytes);
  described.forEach((recordable, i) => {
    const kernel = kernels[i] as Kernel;
    packed.set(new Uint8Array(kernel.packUniforms(uniformsOf(recordable, kernel))), offsets[i]);
  });
  const uniforms = upload(`${name}.uniforms`, packed, GPUBufferUsage.UNIFORM);

  const pools = new Map(
    [...tensors.values()].filter(({ isPooled }) => isPooled).map(({ spec, buffer }) => [spec.type, buffer]),
  );
  return described.map(({ launch, label, workgroups, wgsl, entry }, i): RecordedLaunch => {
    const kernel = kernels[i] as Kernel;
    const { pipeline, layout } = compiled[i] as CompiledKernel;
    const bound = boundTensors(launch, tensors);
    const resource = (variable: string): GPUBufferBinding => {
      if (launch.kind !== 'dispatch') {
        const byName: Record<string, GPUBuffer | null | undefined> = {
          code: instructions,
          jobs: jobs.get(launch),
          parameters: tensors.get('parameters')?.buffer,
          gradients: tensors.get('gradients')?.buffer,
          partial: partials,
          memory: pools.get('f32'),
          words: pools.get('u32'),
        };
        return { buffer: byName[variable] ?? recorder.unbound };
      }
      const tensor = bound.get(variable);
      if (!tensor) return { buffer: recorder.unbound };
      return { buffer: tensor.buffer, offset: tensor.start, size: tensorBytes(tensor.spec) };
    };
    const bindGroup = device.createBindGroup({
      label,
      layout,
      entries: [
        {
          binding: kernel.uniformBinding,
          resource: { buffer: uniforms, offset: offsets[i] as number, size: kernel.uniformBytes },
        },
        ...kernel.storage.map(({ variable, binding }) => ({ binding, resource: resource(variable) })),
      ],
    });
    return { launch, label, pipeline, bindGroup, workgroups, wgsl, entry };
  });
}

const startOf = (tensors: ReadonlyMap<string, TensorBuffer>, tensor: string): number =>
  firstElement(tensors.get(tensor) as TensorBuffer);

function packCode(
  code: readonly RowInstruction[],
  tensors: ReadonlyMap<string, TensorBuffer>,
): Uint8Array<ArrayBuffer> {
  const words = code.map((instruction) => instructionWords(instruction, (tensor) => startOf(tensors, tensor)));
  const packed = new Uint32Array(words.reduce((total, { length }) => total + length, 0));
  let at = 0;
  for (const instruction of words) {
    packed.set(instruction, at);
    at += instruction.length;
  }
  return new Uint8Array(packed.buffer);
}
