/** What the machine room works out from a profile: bands, totals, places under the roof, orders of the table. */

import type { CallStage, Profile, ProfiledLaunch } from '../../training/questions.ts';

/** The three parts of a training step. */
export const BANDS = ['forward', 'backward', 'update'] as const;
export type Band = (typeof BANDS)[number];

export const bandOf = ({ place }: Pick<ProfiledLaunch, 'place'>): Band =>
  place.stage === 'update' ? 'update' : place.direction;

export interface Totals {
  /** ms */
  readonly bands: Readonly<Record<Band, number>>;
  /** Sum over the launches, ms. */
  readonly ms: number;
  readonly flops: number;
  readonly bytes: number;
}

export function totalsOf(launches: readonly ProfiledLaunch[]): Totals {
  const bands = { forward: 0, backward: 0, update: 0 };
  let [flops, bytes] = [0, 0];
  for (const launch of launches) {
    bands[bandOf(launch)] += launch.ms;
    flops += launch.flops;
    bytes += launch.bytes;
  }
  return { bands, ms: bands.forward + bands.backward + bands.update, flops, bytes };
}

/** Where a launch stands under the roof. */
export interface RoofPlace {
  /** FLOP for each byte moved. */
  readonly intensity: number;
  /** Achieved, GFLOP/s; null where the clock saw no time pass. */
  readonly gflops: number | null;
  /** GB/s moved; null likewise. */
  readonly gigabytesPerSecond: number | null;
  /** What the device allows at this intensity, GFLOP/s. */
  readonly roof: number;
  readonly boundBy: 'arithmetic' | 'memory';
  /** Achieved of allowed: arithmetic, or bytes where there is none. Above 1 where operands came from a cache. */
  readonly share: number | null;
}

/** min(peak, intensity · bandwidth), after Williams, Waterman and Patterson 2009. */
export function roofPlace({ flops, bytes, ms }: ProfiledLaunch, roofline: Profile['roofline']): RoofPlace {
  const intensity = flops / Math.max(1, bytes);
  const bandwidth = roofline.gigabytesPerSecond;
  const roof = Math.min(roofline.gflops, intensity * bandwidth);
  const isTimed = ms > 0;
  const gflops = isTimed ? flops / ms / 1e6 : null;
  const gigabytesPerSecond = isTimed ? bytes / ms / 1e6 : null;
  const boundBy = intensity * bandwidth < roofline.gflops ? 'memory' : 'arithmetic';
  const share =
    gflops === null || gigabytesPerSecond === null ? null : flops > 0 ? gflops / roof : gigabytesPerSecond / bandwidth;
  return { intensity, gflops, gigabytesPerSecond, roof, boundBy, share };
}

/** Calls of a launch that are alike: one op on operands of the same shapes for the same stage. */
export interface CallGroup {
  readonly op: string;
  readonly stage: CallStage;
  readonly direction: 'forward' | 'backward';
  readonly count: number;
  readonly operands: Readonly<Record<string, readonly [rows: number, columns: number]>>;
  readonly flops: number;
}

/** The calls of a launch by kind, in the order of their first. */
export function groupCalls(calls: ProfiledLaunch['calls']): CallGroup[] {
  const groups = new Map<string, CallGroup>();
  for (const { op, place, operands, flops } of calls) {
    const { stage, direction } = place;
    const key = JSON.stringify([op, stage, direction, operands]);
    const known = groups.get(key);
    groups.set(key, {
      op,
      stage,
      direction,
      operands,
      count: (known?.count ?? 0) + 1,
      flops: (known?.flops ?? 0) + flops,
    });
  }
  return [...groups.values()];
}

export const SORTS = ['order', 'label', 'ms', 'workgroups', 'bytes', 'flops', 'gflops', 'share'] as const;
export type Sort = (typeof SORTS)[number];

export interface Row {
  /** Place in the step, from 0. */
  readonly index: number;
  readonly launch: ProfiledLaunch;
  readonly place: RoofPlace;
}

export const rowsOf = ({ launches, roofline }: Profile): Row[] =>
  launches.map((launch, index) => ({ index, launch, place: roofPlace(launch, roofline) }));

/** Workgroups of a launch in all; 0 on the CPU. */
export const workgroupsOf = ({ workgroups }: ProfiledLaunch): number =>
  workgroups ? workgroups[0] * workgroups[1] * workgroups[2] : 0;

const quantityOf = ({ launch, place, index }: Row, sort: Exclude<Sort, 'label'>): number => {
  switch (sort) {
    case 'order':
      return index;
    case 'workgroups':
      return workgroupsOf(launch);
    case 'gflops':
      return place.gflops ?? -1;
    case 'share':
      return place.share ?? -1;
    default:
      return launch[sort];
  }
};

/** Rows in another order; equal ones stay in the order of the step. */
export const sortRows = (rows: readonly Row[], sort: Sort, isDescending: boolean): Row[] =>
  rows.toSorted((a, b) => {
    const difference =
      sort === 'label' ? a.launch.label.localeCompare(b.launch.label, 'en') : quantityOf(a, sort) - quantityOf(b, sort);
    return (isDescending ? -difference : difference) || a.index - b.index;
  });

/** Whether any call of a launch belongs to a stage. */
export const isOfStage = ({ calls }: ProfiledLaunch, stage: CallStage | null): boolean =>
  stage === null || calls.some(({ place }) => place.stage === stage);

/** The stages that a profile has, in the order of their first launch. */
export const stagesOf = ({ launches }: Profile): CallStage[] => [
  ...new Set(launches.flatMap(({ calls }) => calls.map(({ place }) => place.stage))),
];

/** The launch that takes longest, of those that are asked for. */
export function longest(launches: readonly ProfiledLaunch[], isAsked: (launch: ProfiledLaunch) => boolean): number {
  let best = -1;
  launches.forEach((launch, i) => {
    if (isAsked(launch) && (best < 0 || launch.ms > (launches[best] as ProfiledLaunch).ms)) best = i;
  });
  return best;
}
