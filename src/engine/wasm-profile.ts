/** Profiles a plan of the CPU executor: the first shard's rows, on an instance of its own, so that the run goes on unchanged. */

import type { SimdModule } from '../wasm/kernels.ts';
import { BYTES } from '../wasm/place.ts';
import { timeCalls } from './call-clock.ts';
import type { ProfileOptions, TensorData } from './executor.ts';
import { callsWork, fastest, laidOut, type PlanProfile, type Roofline } from './profile.ts';
import { threadCopyRate } from './roofline.ts';
import { WasmInstance } from './wasm-instance.ts';
import type { WasmPlan } from './wasm-plan.ts';
import type { ShardProgram } from './wasm-program.ts';
import { productRate } from './wasm-scaling.ts';

export interface WasmProfileHost {
  readonly module: SimdModule;
  read(tensor: string): Promise<TensorData>;
}

const WARM_UP_MS = 20;
const BURST_MS = 5;
const BURSTS = 5;

let measured: Roofline | null = null;

/**
 * The roof over a single thread: what is profiled runs on one, too. Its product is measured once, and again where a call was seen to
 * be faster, because the thread was busy then.
 */
function threadRoofline(instance: WasmInstance, seenGflops: number): Roofline {
  if (!measured || seenGflops > measured.gflops) {
    productRate(instance, WARM_UP_MS);
    const rates = Array.from({ length: BURSTS }, () => productRate(instance, BURST_MS));
    measured = {
      gflops: Math.max(measured?.gflops ?? 0, ...rates),
      gigabytesPerSecond: measured?.gigabytesPerSecond ?? threadCopyRate(),
    };
  }
  return measured;
}

/** The gradients of the other shards' rows are not added, and what that exchange costs is not timed. */
export async function profileOnWasm(
  host: WasmProfileHost,
  plan: WasmPlan,
  { inputs }: ProfileOptions,
): Promise<PlanProfile> {
  const part = plan.parts[0] as ShardProgram;
  const shared = part.tensors.filter(({ role }) => role === 'shared');
  const state = await Promise.all(shared.map(async ({ name }) => [name, await host.read(name)] as const));
  const instance = new WasmInstance(host.module);
  const { steps, tensors } = instance.prepare(part);
  const write = (name: string, data: TensorData) => {
    const tensor = tensors.get(name);
    if (tensor) instance.write(tensor, data);
  };
  for (const [name, data] of inputs) write(name, plan.cut(0, name, data));
  const { stepMs, groups } = await timeCalls({
    calls: steps.map((kernelCalls) => () => {
      for (const step of kernelCalls) step();
    }),
    restore: () => {
      for (const [name, data] of state) write(name, data);
    },
  });
  const launches = callsWork(part.calls, BYTES).map((work, i) => ({
    ...work,
    label: part.calls[i]?.op ?? '',
    entry: part.calls[i]?.op ?? '',
    wgsl: null,
    workgroups: null,
    workgroupSize: null,
  }));
  const timed = laidOut(launches, groups);
  return {
    clock: 'cpu',
    strategy: 'separate',
    launches: timed,
    stepMs,
    roofline: threadRoofline(instance, fastest(timed)),
    rows: part.rows && { timed: part.rows.batch, batch: part.rows.whole },
  };
}
