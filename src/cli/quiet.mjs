/**
 * How much of the machine others take, so that a measurement waits for quiet and one that was disturbed can be told and repeated.
 * Other processes show in the system's own counts; neighbours of a virtual machine only in how fast a fixed piece of work is done.
 */

import { readdirSync, readFileSync } from 'node:fs';
import os from 'node:os';

/** Linux counts processor time in ticks of this length, whatever its kernel's own clock is. */
const TICK_MS = 10;
/** Of which a probe takes the fastest run. */
const PROBE_RUNS = 2;
const CALIBRATION_RUNS = 40;
const PROBE_LENGTH = 4096;
const PROBE_PASSES = 1500;
/** Slower than this against the best, and a measurement is better put off. */
const QUIET_RATIO = 1.1;
const RETRY_MS = 200;

/** A file of the process file system, or '' for a process that has ended meanwhile. @param {string} file */
function readOrEmpty(file) {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}

/** Processor time of all processes so far, in ticks; null where the system does not tell. */
function busyTicks() {
  const [line = ''] = readOrEmpty('/proc/stat').split('\n');
  const [user, nice, system, , , irq, softirq, steal] = line.split(/\s+/).slice(1).map(Number);
  return line.startsWith('cpu ') ? user + nice + system + irq + softirq + steal : null;
}

/** Processor time of this process and everything it started, in ticks. */
function ownTicks() {
  /** @type {Map<number, { parent: number, ticks: number }>} */
  const processes = new Map();
  for (const name of readdirSync('/proc')) {
    if (!/^\d+$/.test(name)) continue;
    const stat = readOrEmpty(`/proc/${name}/stat`);
    // The name in brackets may hold spaces; the fields that count come after it.
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    if (stat !== '')
      processes.set(Number(name), { parent: Number(fields[1]), ticks: Number(fields[11]) + Number(fields[12]) });
  }
  /** @param {number} pid @returns {boolean} */
  const isOwn = (pid) => pid === process.pid || (pid > 1 && isOwn(processes.get(pid)?.parent ?? 0));
  let total = 0;
  for (const [pid, { ticks }] of processes) if (isOwn(pid)) total += ticks;
  return total;
}

const probed = Float64Array.from({ length: PROBE_LENGTH }, (_, i) => 1 + i / PROBE_LENGTH);

/** The same sum every time, some milliseconds long. */
function work() {
  let sum = 0;
  for (let pass = 0; pass < PROBE_PASSES; pass++)
    for (let i = 0; i < PROBE_LENGTH; i++) sum += probed[i] * probed[(i * 7) % PROBE_LENGTH];
  return sum;
}

/** @param {number} runs */
function probe(runs) {
  let best = Number.POSITIVE_INFINITY;
  for (let run = 0; run < runs; run++) {
    const start = performance.now();
    work();
    best = Math.min(best, performance.now() - start);
  }
  return best;
}

/** @typedef {import('../bench/contest.ts').Disturbance} Disturbance */

export class QuietMeter {
  #bestMs = probe(CALIBRATION_RUNS);

  /** @param {number} patienceMs longest that one measurement may be put off */
  constructor(patienceMs) {
    this.patienceMs = patienceMs;
  }

  #probe() {
    const ms = probe(PROBE_RUNS);
    this.#bestMs = Math.min(this.#bestMs, ms);
    return ms;
  }

  /**
   * Waits for quiet, but not for ever, and begins to watch; the result ends that and tells what was lost to others. The figure
   * may grow later, when the machine turns out to be faster than it was then.
   * @returns {Promise<() => Disturbance>}
   */
  async watch() {
    const until = performance.now() + this.patienceMs;
    let before = this.#probe();
    while (before > QUIET_RATIO * this.#bestMs && performance.now() < until) {
      await new Promise((resolve) => setTimeout(resolve, RETRY_MS));
      before = this.#probe();
    }
    const busy = busyTicks();
    const own = busy === null ? 0 : ownTicks();
    const start = performance.now();
    return () => {
      const ms = performance.now() - start;
      const visible = busy === null ? 0 : (((busyTicks() ?? busy) - busy - (ownTicks() - own)) * TICK_MS) / ms;
      const slowest = Math.max(before, this.#probe());
      const best = () => this.#bestMs;
      return {
        get lostCores() {
          // The neighbours' part includes that of other processes where cores share their units.
          const cores = os.availableParallelism();
          return Math.min(cores, Math.max(0, visible) + cores * (1 - best() / slowest));
        },
      };
    };
  }
}
