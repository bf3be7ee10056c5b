/** Times launches on the GPU itself, with timestamp queries, on devices that have them. */

import type { BufferLedger } from './buffers.ts';
import { StagingRing } from './readback.ts';

/** One `dispatchWorkgroups` with everything that it needs. */
export interface Dispatchable {
  readonly label: string;
  readonly pipeline: GPUComputePipeline;
  readonly bindGroup: GPUBindGroup;
  readonly workgroups: readonly [number, number, number];
}

/** The feature that timing needs. */
export const TIMESTAMPS: GPUFeatureName = 'timestamp-query';

export const hasTimestamps = ({ features }: Pick<GPUDevice, 'features'>): boolean => features.has(TIMESTAMPS);

/** Queries that a set may hold. */
const MAX_QUERIES = 4096;
const QUERY_BYTES = 8;
const NANOSECONDS_PER_MS = 1e6;

/** Encodes launches, in their order. */
export function encodeLaunches(pass: GPUComputePassEncoder, launches: Iterable<Dispatchable>): void {
  let current: GPUComputePipeline | null = null;
  for (const { pipeline, bindGroup, workgroups } of launches) {
    if (pipeline !== current) pass.setPipeline(pipeline);
    current = pipeline;
    pass.setBindGroup(0, bindGroup);
    pass.dispatchWorkgroups(...workgroups);
  }
}

/**
 * Mean of those durations that are one, in ms; null without any. Browsers round timestamps (to 100 µs in Chrome), so a short
 * duration reads as 0 or as one tick: only the mean over repetitions tells how long it was. A clock that was set back is left out.
 */
export function meanMs(nanoseconds: readonly number[]): number | null {
  const valid = nanoseconds.filter((duration) => duration >= 0);
  if (valid.length === 0) return null;
  return valid.reduce((sum, duration) => sum + duration, 0) / valid.length / NANOSECONDS_PER_MS;
}

/** Runs launches while it times them: they have the effect of as many runs. Its buffers and queries are its owner's to dispose. */
export class LaunchTimer {
  #querySet: GPUQuerySet | null = null;
  #resolved: GPUBuffer | null = null;
  #ring: StagingRing | null = null;
  #busy: Promise<unknown> = Promise.resolve();

  /** @throws Error when the device has no timestamp queries */
  constructor(
    private readonly device: GPUDevice,
    private readonly ledger: BufferLedger,
    private readonly label: string,
  ) {
    if (!hasTimestamps(device)) throw new Error(`${label}: the device has no timestamp queries`);
  }

  /** Mean duration of each launch in ms over `repetitions` runs of them all, each launch in a pass of its own. */
  async each(launches: readonly Dispatchable[], repetitions: number): Promise<(number | null)[]> {
    const passes = Array.from({ length: repetitions }, () => launches.map((launch) => [launch])).flat();
    const durations = await this.#time(passes);
    return launches.map((_, i) => meanMs(durations.filter((__, pass) => pass % launches.length === i)));
  }

  /** Duration in ms of one run of the launches, as the mean of `repetitions` of them in one pass. */
  async whole(launches: readonly Dispatchable[], repetitions: number): Promise<number | null> {
    const duration = meanMs(await this.#time([Array.from({ length: repetitions }, () => launches).flat()]));
    return duration === null ? null : duration / repetitions;
  }

  dispose(): void {
    this.#querySet?.destroy();
    if (this.#resolved) this.ledger.destroy(this.#resolved);
    this.#ring?.dispose();
    this.#querySet = null;
    this.#resolved = null;
    this.#ring = null;
  }

  /** Duration of each pass in nanoseconds; negative where the clock was set back. */
  async #time(passes: readonly (readonly Dispatchable[])[]): Promise<number[]> {
    // One after the other: they share the queries.
    const timed = this.#busy.then(async () => {
      const durations: number[] = [];
      for (let from = 0; from < passes.length; from += MAX_QUERIES / 2)
        durations.push(...(await this.#timeSome(passes.slice(from, from + MAX_QUERIES / 2))));
      return durations;
    });
    this.#busy = timed.catch(() => {});
    return timed;
  }

  async #timeSome(passes: readonly (readonly Dispatchable[])[]): Promise<number[]> {
    const { device, label } = this;
    const count = 2 * passes.length;
    const { querySet, resolved, ring } = this.#room(count);
    const encoder = device.createCommandEncoder({ label });
    passes.forEach((launches, i) => {
      const pass = encoder.beginComputePass({
        label: launches.length === 1 ? (launches[0] as Dispatchable).label : label,
        timestampWrites: { querySet, beginningOfPassWriteIndex: 2 * i, endOfPassWriteIndex: 2 * i + 1 },
      });
      encodeLaunches(pass, launches);
      pass.end();
    });
    encoder.resolveQuerySet(querySet, 0, count, resolved, 0);
    device.queue.submit([encoder.finish()]);
    const [bytes] = await ring.read([{ buffer: resolved, bytes: count * QUERY_BYTES }]);
    const stamps = new BigUint64Array(bytes as ArrayBuffer);
    return passes.map((_, i) => Number((stamps[2 * i + 1] as bigint) - (stamps[2 * i] as bigint)));
  }

  #room(count: number): { querySet: GPUQuerySet; resolved: GPUBuffer; ring: StagingRing } {
    if ((this.#querySet?.count ?? 0) < count) this.dispose();
    const { device, ledger, label } = this;
    const bytes = count * QUERY_BYTES;
    this.#querySet ??= device.createQuerySet({ label, type: 'timestamp', count });
    this.#resolved ??= ledger.create(
      `${label}.timestamps`,
      bytes,
      GPUBufferUsage.QUERY_RESOLVE | GPUBufferUsage.COPY_SRC,
    );
    this.#ring ??= new StagingRing(device, ledger, `${label}.timestamps.readback`, bytes, 1);
    return { querySet: this.#querySet, resolved: this.#resolved, ring: this.#ring };
  }
}
