/** Heed's plans on WebGPU outside a browser: every strategy of each model in turn, on a device that `navigator.gpu` gives. */

import { STRATEGIES, type Strategy } from '../engine/lowering.ts';
import { dispatchCost, ProductBench, type ProductRate } from '../engine/product.ts';
import { openDevice } from '../gpu/device.ts';
import {
  type ContestHost,
  type ContestOptions,
  type Disturbance,
  type Entry,
  holdContest,
  quietOnes,
  type RemoteSeat,
} from './contest.ts';
import { ENGINES, type Engine } from './engines.ts';
import { openHeed } from './heed.ts';
import { type BenchModel, benchTask } from './models.ts';
import { type BenchRow, benchRows, type RunDescription } from './rows.ts';
import { Seat } from './seat.ts';
import { median } from './statistics.ts';

export { MODELS } from './models.ts';
export { formatNumber, formatRows, formatText } from './table.ts';
export { ENGINES, STRATEGIES };

/** A device before any model runs on it. */
export interface NativeDevice {
  readonly adapter: string;
  readonly isSoftware: boolean;
  /** Features that strategies or products may use. */
  readonly features: readonly string[];
  /** Of an empty dispatch within one pass. */
  readonly dispatchMicroseconds: number;
  /** Plain matrix products, the fastest first. */
  readonly products: readonly ProductRate[];
  readonly bench: ProductBench;
}

/** What the command line lends: time, quiet, and somewhere to tell what is going on. */
export type NativeHost = Pick<ContestHost, 'now' | 'watch' | 'report'>;

/** @throws DeviceUnavailableError where there is no adapter */
export async function openNativeDevice(): Promise<NativeDevice> {
  const handle = await openDevice();
  const bench = new ProductBench(handle);
  await bench.measure();
  return {
    adapter: handle.adapter,
    isSoftware: handle.isSoftware,
    features: [...handle.device.features].toSorted(),
    dispatchMicroseconds: await dispatchCost(handle.device),
    products: bench.rates,
    bench,
  };
}

/** A seat in this very process. */
async function openSeat({ strategy }: Entry, model: BenchModel): Promise<RemoteSeat> {
  const seat = new Seat(await openHeed('webgpu', strategy)(benchTask(model)), model);
  return {
    opened: seat.opened,
    tune: () => seat.tune(),
    turn: (steps) => seat.turn(steps),
    calls: (steps) => seat.calls(steps),
    complaint: () => null,
    async close() {
      seat.dispose();
    },
  };
}

/** Rows of one model, one for each strategy; null is the scheduler's own choice. */
export async function benchNative(
  model: BenchModel,
  strategies: readonly (Strategy | null)[],
  { bench }: NativeDevice,
  host: NativeHost,
  options: ContestOptions,
  run: RunDescription,
): Promise<{ readonly rows: BenchRow[]; readonly product: number }> {
  const engine = ENGINES.find(({ name }) => name === 'heed webgpu') as Engine;
  const entries = strategies.map((strategy): Entry => ({ engine, mode: 'plain', strategy }));
  const rates: { gflops: number; disturbance: Disturbance }[] = [];
  const measurements = await holdContest(
    model,
    entries,
    {
      ...host,
      openSeat,
      async beforeRound() {
        const end = await host.watch();
        const { gflops } = await bench.measure();
        rates.push({ gflops, disturbance: end() });
      },
    },
    options,
  );
  const product = median(quietOnes(rates).map(({ gflops }) => gflops));
  return { rows: benchRows(model, measurements, { gpu: product, cpu: null }, run), product };
}
