/** Which strategy and tiles suit an adapter and a program: a rule that holds from the first step on. */

import type { DeviceHandle } from '../gpu/device.ts';
import { processorCount } from '../lib/processors.ts';
import type { RowTileSize } from '../ops/op.ts';
import { operand } from '../ops/op.ts';
import type { WeightTile } from '../ops/weight-gradients.ts';
import type { StrategyChoice, StrategyReason } from './executor.ts';
import type { LoweringOptions, Strategy } from './lowering.ts';
import { type Program, programFlops } from './program.ts';

export interface EngineSettings {
  readonly strategy: Strategy;
  /** Products that swap values between the invocations of a quad. */
  readonly hasQuads: boolean;
  /** The device computes on the CPU, where few large tiles are best and barriers are dear. */
  readonly isSoftware: boolean;
  /** Kernels for arrays of known length: a step takes less, but no other plan shares them. */
  readonly isSized: boolean;
  /** Largest tile of the row machine. */
  readonly tile: RowTileSize;
  /** Floating-point operations beyond which a launch is cut in two, so that none keeps the device for long. */
  readonly maxLaunchCost: number;
}

/** Longest that one launch should take, and a first guess at how much a device computes in that time. */
const MAX_LAUNCH_SECONDS = 0.05;
const FLOPS_PER_SECOND = { software: 3e9, hardware: 2e11 };

/**
 * Work from which on kernels are compiled for known lengths on a software adapter, which takes about a second each and saves a
 * tenth of every step.
 */
const LEAST_SIZED_WORK = 3e7;

/** H of the widest LSTM in a program; 0 without one. */
function widestHidden({ calls }: Program): number {
  const widths = calls.filter(({ op }) => op.startsWith('lstm.')).map((call) => operand(call, 'weight').columns);
  return Math.max(0, ...widths);
}

/** What the static rule knows of a device. */
export type Adapter = Pick<DeviceHandle, 'isSoftware' | 'hasQuads'>;

/** Rows that the busiest processor computes where tiles of so many rows are dealt out. */
const busiestRows = (batch: number, rows: number, processors: number): number =>
  Math.ceil(Math.ceil(batch / rows) / processors) * rows;

/**
 * Rows of a tile on a software adapter. 32 load less for each product than 16, but are half as many tiles: they are for batches
 * that keep the processors as busy with them.
 */
export const softwareRows = (batch: number, processors: number): number =>
  busiestRows(batch, 32, processors) <= busiestRows(batch, 16, processors) ? 32 : 16;

/** The static rule. */
export function settingsFor({ isSoftware, hasQuads }: Adapter, program: Program): EngineSettings {
  const maxLaunchCost = MAX_LAUNCH_SECONDS * FLOPS_PER_SECOND[isSoftware ? 'software' : 'hardware'];
  const { batch, hidden } = shapeOf(program);
  if (isSoftware) {
    const tile = { rows: hasQuads ? softwareRows(batch, processorCount()) : 16, lanes: 4 };
    const isSized = programFlops(program) >= LEAST_SIZED_WORK;
    return { strategy: 'persistent', hasQuads, isSoftware, isSized, tile, maxLaunchCost };
  }
  return {
    strategy: hidden <= 128 && batch * hidden <= 16_384 ? 'persistent' : 'wide',
    hasQuads,
    isSoftware,
    isSized: false,
    tile: { rows: batch >= 128 ? 8 : 4, lanes: 64 },
    maxLaunchCost,
  };
}

/** What the static rule looks at in a program. */
const shapeOf = (program: Program) => ({ batch: program.batch ?? 1, hidden: widestHidden(program) });

export const ruleReason = ({ isSoftware }: Adapter, program: Program): StrategyReason => ({
  kind: 'rule',
  isSoftware,
  ...shapeOf(program),
});

export const choiceOf = ({ strategy, tile }: EngineSettings): StrategyChoice => ({ strategy, ...tile });

export const isSameChoice = (a: StrategyChoice, b: StrategyChoice): boolean =>
  a.strategy === b.strategy && a.rows === b.rows && a.lanes === b.lanes;

/** The tile for launches of so many rows: no larger than they fill. */
export function rowTile({ tile }: EngineSettings, rows: number): RowTileSize {
  if (rows === 1) return { ...tile, rows: 1 };
  return rows <= tile.rows / 2 ? { ...tile, rows: Math.min(4, tile.rows) } : tile;
}

const weightTile = (isSoftware: boolean, hasQuads: boolean): WeightTile =>
  isSoftware
    ? { rows: hasQuads ? 32 : 16, columnGroups: 4, rowGroups: 1, hasQuads }
    : { rows: 8, columnGroups: 8, rowGroups: 8, hasQuads };

export const loweringOptions = ({
  strategy,
  hasQuads,
  isSoftware,
  maxLaunchCost,
}: EngineSettings): LoweringOptions => ({
  strategy,
  target: { hasQuads },
  joinsSequences: isSoftware,
  weightTile: weightTile(isSoftware, hasQuads),
  minTiles: isSoftware ? 1 : 256,
  maxLaunchCost,
});
