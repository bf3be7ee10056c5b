/** A long run of the whole page in a headless browser, with what is alive counted along the way. */

import { readFileSync } from 'node:fs';
import { openHarness } from './harness.mjs';

const MODULE = 'src/cli/soak-in-page.tsx';

/** Steps until everything has been made once; growth counts from there. */
const WARM_STEPS = 1000;
/** Growth of the JS heap that is allowed, bytes. */
const HEAP_LIMIT = 2e6;
/** Growth of the GPU process's memory that is allowed, as a factor. */
const GPU_LIMIT = 1.05;
const SAMPLES = 8;
/** Resets from one change of the model to the next. */
const RESETS_A_MODEL = 4;

/**
 * Styles bring the client of the development server with them, and nothing here is looked at.
 * @type {import('vite').Plugin}
 */
const withoutStyles = {
  name: 'without-styles',
  enforce: 'pre',
  resolveId: (id) => (id.endsWith('.css') ? '\0no-style' : null),
  load: (id) => (id === '\0no-style' ? '' : null),
};

/** A small model: what is counted is the same for a large one. */
const LINK = 'task=dates&embedding=8&hidden=8&decoderHidden=8&attention=8&readout=8&batch=8';

/**
 * @typedef {import('./soak-in-page.tsx').SoakCounts} SoakCounts
 * @typedef {SoakCounts & { label: string, step: number, resets: number, heapBytes: number, gpuProcessBytes: number,
 *   rendererBytes: number, seconds: number }} Sample memory of processes is 0 where the system does not tell
 * @typedef {{ steps: number, resets: number, executor: 'webgpu' | 'cpu', onSample?: (sample: Sample) => void }} SoakOptions
 * @typedef {{ executor: string, browserVersion: string, samples: Sample[], broken: string[] }} SoakReport
 */

/**
 * Resident memory of a process, bytes; 0 where there is no /proc.
 * @param {number} pid
 */
function residentBytes(pid) {
  try {
    return 1024 * Number(/^VmRSS:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0);
  } catch {
    return 0;
  }
}

/** @param {import('playwright').Page} page */
async function openMeasures(page) {
  const browser = page.context().browser();
  if (!browser) throw new Error('The page has no browser.');
  const target = await page.context().newCDPSession(page);
  const whole = await browser.newBrowserCDPSession();
  /** @param {string} type */
  const memoryOf = async (type) => {
    const { processInfo } = await whole.send('SystemInfo.getProcessInfo');
    return processInfo
      .filter((one) => one.type === type)
      .map(({ id }) => residentBytes(id))
      .reduce((total, bytes) => total + bytes, 0);
  };
  return {
    heap: async () => {
      // What only a finalizer frees is gone after the second.
      for (let i = 0; i < 3; i++) await target.send('HeapProfiler.collectGarbage');
      return (await target.send('Runtime.getHeapUsage')).usedSize;
    },
    gpuProcess: () => memoryOf('GPU'),
    renderer: () => memoryOf('renderer'),
  };
}

/**
 * What a list of samples breaks of what is promised. Each is compared with the first. After a reset there may be fewer buffers:
 * those that a run is read through are made when they are needed. The heap is compared with the first after a reset.
 * @param {readonly Sample[]} samples
 * @returns {string[]}
 */
export function brokenLimits(samples) {
  const [first, ...rest] = samples;
  if (!first) return [];
  /** @type {string[]} */
  const broken = [];
  for (const sample of rest) {
    const base = sample.resets > 0 ? (samples.find(({ resets }) => resets > 0) ?? first) : first;
    for (const name of /** @type {const} */ (['gpuBuffers', 'gpuBytes', 'wasmMemories', 'wasmBytes', 'workers']))
      if (sample.resets > 0 ? sample[name] > first[name] : sample[name] !== first[name])
        broken.push(`${sample.label}: ${name} were ${first[name]}, are ${sample[name]}`);
    const grown = sample.heapBytes - base.heapBytes;
    if (grown > HEAP_LIMIT) broken.push(`${sample.label}: the JS heap grew by ${(grown / 1e6).toFixed(2)} MB`);
    // Before the warm-up is over the process still takes in what it needs.
    if (first.step >= WARM_STEPS && sample.gpuProcessBytes > GPU_LIMIT * first.gpuProcessBytes)
      broken.push(
        `${sample.label}: the GPU process grew by ${((sample.gpuProcessBytes / first.gpuProcessBytes - 1) * 100).toFixed(1)} %`,
      );
  }
  for (const { label, timelineBytes, timelineBudget, curvePoints, curveLimit } of samples) {
    if (timelineBytes > timelineBudget) broken.push(`${label}: time travel keeps ${timelineBytes} bytes`);
    if (curvePoints > curveLimit) broken.push(`${label}: the curves have ${curvePoints} points`);
  }
  return broken;
}

/**
 * Trains, then resets, and measures in between.
 * @param {SoakOptions} options
 * @returns {Promise<SoakReport>}
 */
export async function soak({ steps, resets, executor, onSample }) {
  // React keeps a record of every rendering where it is not built for production.
  process.env.NODE_ENV = 'production';
  const { page, failure, browserVersion, close } = await openHarness([MODULE], {
    cache: 'soak',
    plugins: [withoutStyles],
  });
  /** @type {Sample[]} */
  const samples = [];
  const started = performance.now();
  const run = async () => {
    const measures = await openMeasures(page);
    /**
     * @template {keyof typeof import('./soak-in-page.tsx')} Name
     * @param {Name} name
     * @param {(string | number)[]} args
     * @returns {Promise<Awaited<ReturnType<typeof import('./soak-in-page.tsx')[Name]>>>}
     */
    const call = (name, ...args) =>
      page.evaluate(async ({ module, name, args }) => (await import(module))[name](...args), {
        module: `/${MODULE}`,
        name,
        args,
      });
    /** @param {string} label @param {number} step @param {number} resets */
    const sample = async (label, step, resets) => {
      const before = await call('count');
      await call('forgetPast');
      const heapBytes = await measures.heap();
      // Memories are counted when what nothing holds any more is gone.
      const counts = { ...(await call('count')), timelineBytes: before.timelineBytes };
      const seconds = (performance.now() - started) / 1000;
      /** @type {Sample} */
      const taken = {
        label,
        step,
        resets,
        ...counts,
        heapBytes,
        gpuProcessBytes: await measures.gpuProcess(),
        rendererBytes: await measures.renderer(),
        seconds,
      };
      samples.push(taken);
      onSample?.(taken);
    };
    const opened = await call('openSoak', `${LINK}&executor=${executor}`);
    // The other model of the resets too, so that its kernels are compiled before growth counts.
    if (resets > 0) await call('resetTimes', RESETS_A_MODEL);
    const warm = Math.min(WARM_STEPS, Math.floor(steps / 3));
    await call('trainSteps', warm);
    await sample(`step ${warm}`, warm, 0);
    const each = Math.ceil((steps - warm) / SAMPLES);
    for (let done = warm; done < steps; ) {
      done = await call('trainSteps', Math.min(each, steps - done));
      await sample(`step ${done}`, done, 0);
    }
    const eachReset = Math.max(1, Math.ceil(resets / SAMPLES));
    for (let done = 0; done < resets; ) {
      const now = Math.min(eachReset, resets - done);
      await call('resetTimes', now);
      done += now;
      await sample(`reset ${done}`, steps, done);
    }
    return opened;
  };
  try {
    const { executor: name } = await Promise.race([failure, run()]);
    return { executor: name, browserVersion, samples, broken: brokenLimits(samples) };
  } finally {
    await close();
  }
}
