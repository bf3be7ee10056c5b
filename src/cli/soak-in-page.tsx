/**
 * What `npm run soak` runs inside the headless page: the whole page with its session in the same thread, so that one heap holds
 * all of it, and counters on what the browser hands out: buffers, memories, workers.
 */

import { createRoot } from 'react-dom/client';
import { decodeLink } from '../store/link.ts';
import { createSession, type Session as PageSession } from '../store/session.ts';
import { createTrainingClient, type WorkerPort } from '../training/client.ts';
import type { Event as TrainingEvent } from '../training/protocol.ts';
import { Session } from '../training/session.ts';
import { App } from '../ui/app.tsx';
import { SessionContext } from '../ui/context.ts';
import { LanguageProvider } from '../ui/language.tsx';

/** What is alive now. */
export interface SoakCounts {
  /** GPU buffers that were made and not destroyed, and their bytes. */
  readonly gpuBuffers: number;
  readonly gpuBytes: number;
  /** WebAssembly memories of this thread that nothing has freed yet, and their bytes. */
  readonly wasmMemories: number;
  readonly wasmBytes: number;
  readonly workers: number;
  /** What time travel keeps, and may. */
  readonly timelineBytes: number;
  readonly timelineBudget: number;
  /** Points of all curves, and the most there may be. */
  readonly curvePoints: number;
  readonly curveLimit: number;
  readonly elements: number;
}

/** Curves of the meters, a thousand points each. */
const CURVE_LIMIT = 20 * 1024;

const live = { gpuBuffers: 0, gpuBytes: 0, workers: 0 };
const memories = new Set<WeakRef<WebAssembly.Memory>>();

/** Counts what is made from now on. Call before anything is. */
function watchBrowser(): void {
  if (typeof GPUDevice !== 'undefined') {
    const { createBuffer } = GPUDevice.prototype;
    const { destroy } = GPUBuffer.prototype;
    const alive = new WeakSet<GPUBuffer>();
    GPUDevice.prototype.createBuffer = function (this: GPUDevice, descriptor) {
      const buffer = createBuffer.call(this, descriptor);
      alive.add(buffer);
      live.gpuBuffers++;
      live.gpuBytes += buffer.size;
      return buffer;
    };
    GPUBuffer.prototype.destroy = function (this: GPUBuffer) {
      if (alive.delete(this)) {
        live.gpuBuffers--;
        live.gpuBytes -= this.size;
      }
      return destroy.call(this);
    };
  }
  WebAssembly.Memory = class extends WebAssembly.Memory {
    constructor(descriptor: WebAssembly.MemoryDescriptor) {
      super(descriptor);
      memories.add(new WeakRef(this));
    }
  };
  globalThis.Worker = class extends Worker {
    #isEnded = false;
    constructor(...args: ConstructorParameters<typeof Worker>) {
      super(...args);
      live.workers++;
    }
    override terminate(): void {
      if (!this.#isEnded) live.workers--;
      this.#isEnded = true;
      super.terminate();
    }
  };
}

/** A session in this thread where the page expects a worker. Messages are copied, as between threads. */
class LocalPort implements WorkerPort {
  readonly #listeners: ((event: globalThis.Event) => void)[] = [];
  readonly #session = new Session((event: TrainingEvent, transfer: Transferable[] = []) => {
    const data = structuredClone(event, { transfer });
    queueMicrotask(() => {
      for (const listener of this.#listeners) listener(new MessageEvent('message', { data }));
    });
  });

  postMessage(command: Parameters<WorkerPort['postMessage']>[0]): void {
    this.#session.handle(structuredClone(command));
  }

  addEventListener(type: string, listener: (event: globalThis.Event) => void): void {
    if (type === 'message') this.#listeners.push(listener);
  }

  terminate(): void {
    void this.#session.dispose();
  }
}

let page: PageSession | null = null;

const until = async (isSo: () => boolean): Promise<void> => {
  while (!isSo()) {
    const failure = page?.run.getState().failure;
    if (failure) throw new Error(`the run failed: ${JSON.stringify(failure)}`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
};

const opened = (): PageSession => {
  if (!page) throw new Error('the page is not open');
  return page;
};

/** True when a run is open and rests. */
const isReady = (session: PageSession): boolean => {
  const { phase, status, intent } = session.run.getState();
  return phase === 'ready' && status === 'paused' && intent === null;
};

/** Puts the page up with the settings of a link. Resolves when its first run is open. */
export async function openSoak(link: string): Promise<{ executor: string; parameterCount: number }> {
  watchBrowser();
  const session = createSession({
    startClient: () => createTrainingClient(new LocalPort()),
    link: decodeLink(link).state,
  });
  page = session;
  const element = document.createElement('div');
  document.body.append(element);
  createRoot(element).render(
    <SessionContext value={session}>
      <LanguageProvider>
        <App />
      </LanguageProvider>
    </SessionContext>,
  );
  await until(() => isReady(session));
  const { run } = session.run.getState();
  const { kind = 'cpu', adapter = '', threads = 0 } = run?.executor ?? {};
  return {
    executor: kind === 'cpu' ? `CPU, ${threads} ${threads === 1 ? 'thread' : 'threads'}` : `WebGPU, ${adapter}`,
    parameterCount: run?.parameterCount ?? 0,
  };
}

/** Trains so many steps and pauses. */
export async function trainSteps(count: number): Promise<number> {
  const session = opened();
  const goal = session.run.getState().step + count;
  session.actions.step(count);
  await until(() => session.run.getState().step >= goal && isReady(session));
  return session.run.getState().step;
}

/** Back to the first weights, a step each time; every fourth time another model and the one before again. */
export async function resetTimes(count: number): Promise<void> {
  const session = opened();
  const { hidden } = session.settings.getState().config;
  for (let i = 1; i <= count; i++) {
    if (i % 4 === 0) {
      for (const size of [hidden + 8, hidden]) {
        session.actions.set('hidden', size);
        await until(() => session.run.getState().run?.config.hidden === size && isReady(session));
      }
    } else {
      session.actions.reset();
      await until(() => session.run.getState().step === 0 && isReady(session));
    }
    await trainSteps(1);
  }
}

/** Empties what time travel keeps, which has a budget of its own, so that the rest of the heap can be compared. */
export const forgetPast = (): void => opened().timeline.restart();

/** What is alive now. */
export function count(): SoakCounts {
  const {
    timeline,
    run: { history },
  } = opened();
  let [wasmMemories, wasmBytes] = [0, 0];
  for (const reference of memories) {
    const memory = reference.deref();
    if (!memory) memories.delete(reference);
    else {
      wasmMemories++;
      wasmBytes += memory.buffer.byteLength;
    }
  }
  return {
    ...live,
    wasmMemories,
    wasmBytes,
    timelineBytes: timeline.record.bytes,
    timelineBudget: timeline.record.budgetBytes,
    curvePoints: [history.training, history.smoothed, history.heldOut, history.rates]
      .flatMap((curves) => Object.values(curves))
      .reduce((total, { length }) => total + length, 0),
    curveLimit: CURVE_LIMIT,
    elements: document.querySelectorAll('*').length,
  };
}
