/** Profiles a plan on the GPU, on copies of its tensors: the run itself goes on unchanged, and waits only while it is timed. */

import type { DeviceHandle } from '../gpu/device.ts';
import { workgroupSizeOf } from '../gpu/kernel.ts';
import type { ProfileOptions } from './executor.ts';
import type { GpuPlan } from './gpu-plan.ts';
import type { LaunchClocks } from './launch-clocks.ts';
import { fastest, laidOut, launchWork, median, type PlanProfile } from './profile.ts';
import { gpuRoofline } from './roofline.ts';
import { choiceOf, type EngineSettings } from './strategy.ts';
import { type BenchHost, GpuTrialBench } from './trial-bench.ts';

/** For how long the whole run is timed, and then its launches. */
const WHOLE_MS = 250;
const EACH_MS = 500;
/** Groups whose median counts, and the longest that the run has to wait for one. */
const GROUPS = 5;
const MAX_REPETITIONS = 20;

export interface ProfileHost extends BenchHost {
  readonly handle: Pick<DeviceHandle, 'device' | 'hasQuads' | 'isSoftware'>;
}

/** Runs `body` so often that it fills a time, up to so many times, with a rest in between in which the run goes on. */
async function inGroups<T>(mostMs: number, body: () => Promise<T>): Promise<T[]> {
  const results: T[] = [];
  const started = performance.now();
  let longest = 0;
  while (results.length < GROUPS && performance.now() - started + longest <= mostMs) {
    const from = performance.now();
    results.push(await body());
    longest = Math.max(longest, performance.now() - from);
    await new Promise((resolve) => setTimeout(resolve));
  }
  return results;
}

const repetitionsWithin = (ms: number, oneMs: number): number =>
  Math.max(1, Math.min(MAX_REPETITIONS, Math.floor(ms / Math.max(oneMs, 1e-3))));

async function time(clocks: LaunchClocks): Promise<{ stepMs: number; groups: (readonly number[])[] }> {
  // The first run compiles what the driver has put off.
  await clocks.whole(1);
  const lookMs = await clocks.whole(1);
  const repetitions = repetitionsWithin(WHOLE_MS / GROUPS, lookMs);
  const wholes = [lookMs, ...(await inGroups(WHOLE_MS, () => clocks.whole(repetitions)))];
  const groups = await inGroups(EACH_MS, () => clocks.each(repetitionsWithin(EACH_MS / GROUPS, lookMs)));
  return { stepMs: median(wholes), groups };
}

/** @throws Error where memory runs out, or the plan is disposed meanwhile */
export async function profileOnGpu(
  host: ProfileHost,
  plan: GpuPlan,
  { inputs, isFused }: ProfileOptions,
): Promise<PlanProfile> {
  const settings: EngineSettings = isFused ? plan.settings : { ...plan.settings, strategy: 'separate' };
  const bench = await GpuTrialBench.open(host, plan, settings.strategy !== 'separate');
  try {
    for (const [tensor, data] of inputs) bench.write(tensor, data);
    const clocks = await bench.prepareClocks(settings);
    const { stepMs, groups } = await time(clocks);
    const works = launchWork(
      plan.program,
      clocks.launches.map(({ launch }) => launch),
    );
    const launches = clocks.launches.map(({ label, wgsl, entry, workgroups }, i) => ({
      ...(works[i] as (typeof works)[number]),
      label,
      entry,
      wgsl,
      workgroups,
      workgroupSize: workgroupSizeOf(wgsl, entry),
    }));
    const timed = laidOut(launches, groups);
    return {
      clock: clocks.clock,
      strategy: choiceOf(settings).strategy,
      launches: timed,
      stepMs,
      roofline: await gpuRoofline(host, fastest(timed)),
      rows: null,
    };
  } finally {
    bench.dispose();
  }
}
