/** One training step launch by launch: the machine room. */

import type { LaunchProfile, PlanProfile } from '../../engine/profile.ts';
import type { View } from '../../ops/view.ts';
import type { Answer, Profile, ProfiledLaunch, Question } from '../questions.ts';
import type { Explored } from './explorer.ts';

const shapesOf = (operands: Readonly<Record<string, View>>): Record<string, readonly [number, number]> =>
  Object.fromEntries(Object.entries(operands).map(([name, { rows, columns }]) => [name, [rows, columns] as const]));

/** A launch as it travels; its text goes into `sources`, once for all launches that share it. */
function launchOf(launch: LaunchProfile, sources: Map<string, string>): ProfiledLaunch {
  const { label, calls, entry, wgsl, workgroups, workgroupSize, startMs, ms, bytes, flops } = launch;
  let source: string | null = null;
  if (wgsl !== null) {
    source = sources.get(wgsl) ?? `${label}.${sources.size}`;
    sources.set(wgsl, source);
  }
  return {
    label,
    place: placeOf(launch),
    calls: calls.map(({ call: { op, place, operands }, flops }) => ({
      op,
      place,
      operands: shapesOf(operands),
      flops,
    })),
    entry,
    source,
    workgroups,
    workgroupSize,
    startMs,
    ms,
    bytes,
    flops,
  };
}

/** The place of the call with most of the work. */
function placeOf({ calls }: LaunchProfile): ProfiledLaunch['place'] {
  const work = new Map<string, { place: ProfiledLaunch['place']; flops: number }>();
  for (const { call, flops } of calls) {
    const { stage, direction, position } = call.place;
    const key = `${stage} ${direction}`;
    const known = work.get(key);
    work.set(key, {
      place: known && known.place.position !== position ? { stage, direction, position: null } : call.place,
      flops: flops + (known?.flops ?? 0),
    });
  }
  const [first, ...others] = [...work.values()];
  return others.reduce((most, entry) => (entry.flops > most.flops ? entry : most), first as NonNullable<typeof first>)
    .place;
}

/** An engine's profile as it travels. */
export function profileAnswer(step: number, profile: PlanProfile): Profile {
  const keys = new Map<string, string>();
  const launches = profile.launches.map((launch) => launchOf(launch, keys));
  const { clock, strategy, stepMs, roofline, rows } = profile;
  return {
    step,
    clock,
    strategy,
    launches,
    sources: Object.fromEntries([...keys].map(([wgsl, key]) => [key, wgsl])),
    stepMs,
    roofline,
    rows,
  };
}

/** Profiles a step of the longest batches from the weights as they are. The run's own state stays as it is, bit for bit. */
export async function profile(
  { executor, trainer }: Explored,
  { isFused }: Question<'profile'>,
): Promise<Answer<'profile'>> {
  const { plan, inputs, step } = trainer.sampleStep();
  return profileAnswer(step, await executor.profile(plan, { inputs, isFused }));
}
