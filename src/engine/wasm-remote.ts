/** A shard in a worker, and the messages between the two threads. */

import { type ReportedError, reportError } from '../lib/errors.ts';
import type { SimdModule } from '../wasm/kernels.ts';
import type { TensorData } from './executor.ts';
import type { ShardProgram } from './wasm-program.ts';
import { LocalShard, type Shard, type ShardData } from './wasm-shard.ts';

export type ShardCommand =
  /** `links` lead to the other shards, with null in the place of this one. */
  | { readonly type: 'start'; readonly module: SimdModule; readonly links: readonly (MessagePort | null)[] }
  | {
      readonly type: 'prepare';
      readonly request: number;
      readonly plan: number;
      readonly program: ShardProgram;
      readonly shards: number;
    }
  | { readonly type: 'release'; readonly plan: number }
  | { readonly type: 'write'; readonly plan: number | null; readonly tensor: string; readonly data: TensorData }
  | { readonly type: 'run'; readonly plan: number; readonly from: number; readonly to: number }
  | {
      readonly type: 'read';
      readonly request: number;
      readonly plan: number | null;
      readonly tensors: readonly string[];
    }
  | { readonly type: 'product-rate'; readonly request: number; readonly durationMs: number }
  | { readonly type: 'idle'; readonly request: number };

export type ShardEvent =
  /** The worker's script is there. */
  | { readonly type: 'loaded' }
  | { readonly type: 'answered'; readonly request: number; readonly data: ShardData }
  | { readonly type: 'refused'; readonly request: number; readonly error: ReportedError }
  | { readonly type: 'failed'; readonly error: ReportedError };

/** What a shard needs of a `Worker`, so that a test can put something else in its place. */
export interface ShardWorker {
  /** Commands in the order in which they are to be carried out. */
  postMessage(commands: readonly ShardCommand[], transfer: Transferable[]): void;
  onmessage: ((event: MessageEvent<ShardEvent>) => void) | null;
  onerror: ((event: ErrorEvent) => void) | null;
  terminate(): void;
}

/** The other side of the messages: carries out commands on a shard of its own. */
export function hostShard(post: (event: ShardEvent, transfer: Transferable[]) => void) {
  let shard: LocalShard | null = null;
  const answer = async (request: number, work: (shard: LocalShard) => Promise<ShardData>) => {
    try {
      const data = await work(shard as LocalShard);
      post(
        { type: 'answered', request, data },
        Object.values(data).map(({ buffer }) => buffer),
      );
    } catch (error) {
      post({ type: 'refused', request, error: reportError(error) }, []);
    }
  };
  const handle = (command: ShardCommand): void => {
    switch (command.type) {
      case 'start':
        shard = new LocalShard(command.module, command.links, false);
        return;
      case 'prepare':
        answer(command.request, async (own) => {
          await own.prepare(command.plan, command.program, command.shards);
          return {};
        });
        return;
      case 'release':
        shard?.release(command.plan);
        return;
      case 'write':
        shard?.write(command.plan, command.tensor, command.data);
        return;
      case 'run':
        shard?.run(command.plan, command.from, command.to);
        shard?.idle().catch((error) => post({ type: 'failed', error: reportError(error) }, []));
        return;
      case 'read':
        answer(command.request, (own) => own.read(command.plan, command.tensors));
        return;
      case 'product-rate':
        answer(command.request, async (own) => ({
          rate: Float32Array.of(await own.productRate(command.durationMs)),
        }));
        return;
      case 'idle':
        answer(command.request, async (own) => {
          await own.idle();
          return {};
        });
    }
  };
  return (commands: readonly ShardCommand[]): void => {
    for (const command of commands) handle(command);
  };
}

interface Question {
  readonly resolve: (data: ShardData) => void;
  readonly reject: (error: Error) => void;
}

const errorOf = ({ message, name }: ReportedError): Error => Object.assign(new Error(message), { name });

export class RemoteShard implements Shard {
  readonly #questions = new Map<number, Question>();
  /** Sent together with what makes the shard do something, since every message costs both sides some time. */
  #outbox: ShardCommand[] = [];
  #transfer: Transferable[] = [];
  #nextRequest = 1;
  #failure: Error | null = null;

  /** `onFailure` is called when the worker breaks down, once. */
  constructor(
    private readonly worker: ShardWorker,
    module: SimdModule,
    links: readonly (MessagePort | null)[],
    private readonly onFailure: (error: Error) => void,
  ) {
    worker.onmessage = ({ data }) => this.#receive(data);
    worker.onerror = ({ message }) => this.#fail(new Error(`a worker of the CPU executor stopped: ${message}`));
    this.#post(
      { type: 'start', module, links },
      links.filter((link) => link !== null),
    );
    this.#flush();
  }

  async prepare(plan: number, program: ShardProgram, shards: number): Promise<void> {
    await this.#ask((request) => ({ type: 'prepare', request, plan, program, shards }));
  }

  release(plan: number): void {
    this.#post({ type: 'release', plan });
  }

  write(plan: number | null, tensor: string, data: TensorData): void {
    this.#post({ type: 'write', plan, tensor, data }, [data.buffer as ArrayBuffer]);
  }

  run(plan: number, from: number, to: number): void {
    this.#post({ type: 'run', plan, from, to });
    this.#flush();
  }

  read(plan: number | null, tensors: readonly string[]): Promise<ShardData> {
    return this.#ask((request) => ({ type: 'read', request, plan, tensors }));
  }

  async productRate(durationMs: number): Promise<number> {
    const { rate } = await this.#ask((request) => ({ type: 'product-rate', request, durationMs }));
    return rate?.[0] ?? 0;
  }

  async idle(): Promise<void> {
    await this.#ask((request) => ({ type: 'idle', request }));
  }

  dispose(): void {
    this.worker.terminate();
    this.#rejectAll(new Error('disposed before it was read'));
  }

  #post(command: ShardCommand, transfer: readonly Transferable[] = []): void {
    this.#outbox.push(command);
    this.#transfer.push(...transfer);
  }

  #flush(): void {
    this.worker.postMessage(this.#outbox, this.#transfer);
    this.#outbox = [];
    this.#transfer = [];
  }

  #ask(command: (request: number) => ShardCommand): Promise<ShardData> {
    if (this.#failure) return Promise.reject(this.#failure);
    return new Promise((resolve, reject) => {
      const request = this.#nextRequest++;
      this.#questions.set(request, { resolve, reject });
      this.#post(command(request));
      this.#flush();
    });
  }

  #receive(event: ShardEvent): void {
    if (event.type === 'failed') this.#fail(errorOf(event.error));
    if (!('request' in event)) return;
    const question = this.#questions.get(event.request);
    this.#questions.delete(event.request);
    if (event.type === 'refused') question?.reject(errorOf(event.error));
    else question?.resolve(event.data);
  }

  #fail(error: Error): void {
    if (this.#failure) return;
    this.#failure = error;
    this.#rejectAll(error);
    this.onFailure(error);
  }

  #rejectAll(error: Error): void {
    for (const { reject } of this.#questions.values()) reject(error);
    this.#questions.clear();
  }
}
