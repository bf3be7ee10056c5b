/** A shard in a worker, as the executor sees it. */

import type { ReportedError } from '../lib/errors.ts';
import { type Locks, whenEnded } from '../lib/life-lock.ts';
import type { SimdModule } from '../wasm/kernels.ts';
import type { TensorData } from './executor.ts';
import type { ShardCommand, ShardEvent, ShardWorker, StartedWorker } from './wasm-messages.ts';
import type { ShardProgram } from './wasm-program.ts';
import type { Shard, ShardData } from './wasm-shard.ts';

interface Question {
  readonly resolve: (data: ShardData) => void;
  readonly reject: (error: Error) => void;
}

const errorOf = ({ message, name }: ReportedError): Error => Object.assign(new Error(message), { name });

export class RemoteShard implements Shard {
  readonly #worker: ShardWorker;
  readonly #stopWaiting: () => void;
  readonly #questions = new Map<number, Question>();
  /** Sent together with what makes the shard do something, since every message costs both sides some time. */
  #outbox: ShardCommand[] = [];
  #transfer: Transferable[] = [];
  #nextRequest = 1;
  #failure: Error | null = null;

  /**
   * `onFailure` is called when the worker breaks down or ends by itself, once. The others would wait for its gradients for ever.
   * @param locks the browser's by default
   */
  constructor(
    { worker, lock }: StartedWorker,
    module: SimdModule,
    links: readonly (MessagePort | null)[],
    private readonly onFailure: (error: Error) => void,
    locks?: Locks,
  ) {
    this.#worker = worker;
    const onEnd = () => this.#fail(new Error('a worker of the CPU executor has ended'));
    this.#stopWaiting = lock ? whenEnded(lock, onEnd, locks) : () => {};
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
    this.#stopWaiting();
    this.#worker.terminate();
    this.#rejectAll(new Error('disposed before it was read'));
  }

  #post(command: ShardCommand, transfer: readonly Transferable[] = []): void {
    this.#outbox.push(command);
    this.#transfer.push(...transfer);
  }

  #flush(): void {
    this.#worker.postMessage(this.#outbox, this.#transfer);
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
