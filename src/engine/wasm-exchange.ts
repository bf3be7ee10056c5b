/** Shards tell each other their gradients over message ports; each computes the same sum in the same order. */

import { METRICS } from '../ops/step-data.ts';
import { BYTES } from '../wasm/place.ts';
import type { InstancePlan, WasmInstance } from './wasm-instance.ts';
import type { Exchange } from './wasm-program.ts';

/** Numbers before the gradients in a message: loss, count and number right of the sender's rows. */
const HEAD = 3;
/** Gradients that are summed at a time, so that a received part stays in the cache between copying and summing. */
const CHUNK = 8192;
/** Bytes of an entry of the table of terms in `src/simd/exchange.ts`. */
const TERM_BYTES = 8;

/** What `MessagePort` is to a shard. */
export type Link = Pick<MessagePort, 'postMessage' | 'onmessage' | 'close'>;

/** The messages of one peer in the order of their arrival. */
class Inbox {
  readonly #arrived: Float32Array<ArrayBuffer>[] = [];
  #waiting: { resolve: (message: Float32Array<ArrayBuffer>) => void; reject: (error: unknown) => void } | null = null;
  #failure: Error | null = null;

  put(message: Float32Array<ArrayBuffer>): void {
    if (this.#waiting) this.#waiting.resolve(message);
    else this.#arrived.push(message);
    this.#waiting = null;
  }

  take(): Promise<Float32Array<ArrayBuffer>> {
    const next = this.#arrived.shift();
    if (next) return Promise.resolve(next);
    if (this.#failure) return Promise.reject(this.#failure);
    return new Promise((resolve, reject) => {
      this.#waiting = { resolve, reject };
    });
  }

  fail(error: Error): void {
    this.#failure = error;
    this.#waiting?.reject(error);
    this.#waiting = null;
  }
}

export class Exchanger {
  readonly #inboxes: readonly (Inbox | null)[];
  /** Buffers that came from a peer, to be sent back with other numbers. */
  readonly #spare: Float32Array<ArrayBuffer>[] = [];
  /** One block a shard for a part of its gradients, and the table of terms behind them. */
  #blocks: number | null = null;

  /** `links` has one entry a shard, null for this one. */
  constructor(
    private readonly instance: WasmInstance,
    private readonly links: readonly (Link | null)[],
  ) {
    this.#inboxes = links.map((link) => {
      if (!link) return null;
      const inbox = new Inbox();
      link.onmessage = ({ data }: MessageEvent<Float32Array<ArrayBuffer>>) => inbox.put(data);
      return inbox;
    });
  }

  /** Lets nobody wait for a peer that is gone. */
  fail(error: Error): void {
    for (const inbox of this.#inboxes) inbox?.fail(error);
  }

  close(): void {
    for (const link of this.links) link?.close();
  }

  /**
   * Replaces metrics and gradients of this shard's rows by those of the whole batch. The loss of a shard is the mean over its
   * own targets, so that its gradients count by their number. The first `shards` shards take part.
   */
  async exchange(plan: InstancePlan, { gradients, metrics }: Exchange, shards: number): Promise<void> {
    const metricsAt = this.#floatIndex(plan, metrics);
    const gradientsAt = gradients ? this.#floatIndex(plan, gradients) : 0;
    const count = gradients?.columns ?? 0;
    const own = this.links.indexOf(null);
    for (let s = 0; s < shards; s++) this.#send(s, metricsAt, gradientsAt, count);
    const received: (Float32Array<ArrayBuffer> | null)[] = [];
    for (let s = 0; s < shards; s++) received.push((await this.#inboxes[s]?.take()) ?? null);

    const { floats } = this.instance.heap;
    const ownHead = floats.slice(metricsAt, metricsAt + HEAD);
    const heads = received.map((message) => message ?? ownHead);
    const targets = heads.reduce((total, head) => total + (head[METRICS.count] as number), 0);
    const shares = heads.map((head) => (head[METRICS.count] as number) / Math.max(targets, 1));
    const loss = heads.reduce((total, head, s) => total + (head[METRICS.loss] as number) * (shares[s] as number), 0);
    floats[metricsAt + METRICS.loss] = loss;
    floats[metricsAt + METRICS.count] = targets;
    floats[metricsAt + METRICS.correct] = heads.reduce((total, head) => total + (head[METRICS.correct] as number), 0);
    if (count > 0) this.#sum(received, shares, own, gradientsAt, count);
    for (const message of received) if (message) this.#spare.push(message);
  }

  #floatIndex({ tensors }: InstancePlan, { tensor, offset }: { readonly tensor: string; readonly offset: number }) {
    return (tensors.get(tensor)?.address as number) / BYTES + offset;
  }

  #send(shard: number, metricsAt: number, gradientsAt: number, count: number): void {
    const link = this.links[shard];
    if (!link) return;
    const { floats } = this.instance.heap;
    const index = this.#spare.findIndex(({ length }) => length === HEAD + count);
    const message = this.#spare.splice(index, index < 0 ? 0 : 1)[0] ?? new Float32Array(HEAD + count);
    message.set(floats.subarray(metricsAt, metricsAt + HEAD));
    message.set(floats.subarray(gradientsAt, gradientsAt + count), HEAD);
    link.postMessage(message, [message.buffer]);
  }

  /** gradients = Σ_s share_s · gradients_s, part by part. */
  #sum(
    received: readonly (Float32Array | null)[],
    shares: readonly number[],
    own: number,
    gradientsAt: number,
    count: number,
  ): void {
    const { heap, kernels } = this.instance;
    const blockBytes = CHUNK * BYTES;
    this.#blocks ??= heap.allocate(this.links.length * (blockBytes + TERM_BYTES));
    const blocks = this.#blocks;
    const terms = blocks + this.links.length * blockBytes;
    const { floats, integers } = heap;
    shares.forEach((share, s) => {
      floats[(terms + s * TERM_BYTES) / BYTES + 1] = share;
    });
    for (let from = 0; from < count; from += CHUNK) {
      const to = Math.min(count, from + CHUNK);
      received.forEach((message, s) => {
        const address = s === own ? (gradientsAt + from) * BYTES : blocks + s * blockBytes;
        integers[(terms + s * TERM_BYTES) / BYTES] = address;
        if (message) floats.set(message.subarray(HEAD + from, HEAD + to), address / BYTES);
      });
      kernels.weightedSum(to - from, terms, received.length, (gradientsAt + from) * BYTES);
    }
  }
}
