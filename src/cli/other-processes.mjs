/** What other processes compute meanwhile, so that a measurement that they disturbed can be told and repeated. */

import { readdirSync, readFileSync } from 'node:fs';

/** Linux counts processor time in ticks of this length, whatever its kernel's own clock is. */
const TICK_MS = 10;

/** A file of the process file system, or '' for a process that has ended meanwhile. @param {string} file */
function readOrEmpty(file) {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}

/** Processor time of all processes and of neighbours on the same host so far, in ticks; null where the system does not tell. */
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

/**
 * Begins to watch; the result tells how many cores other processes took since, as 0 where the system does not tell.
 * @returns {() => number}
 */
export function watchOtherProcesses() {
  const busy = busyTicks();
  if (busy === null) return () => 0;
  const own = ownTicks();
  const start = performance.now();
  return () => {
    const others = (busyTicks() ?? busy) - busy - (ownTicks() - own);
    return Math.max(0, (others * TICK_MS) / (performance.now() - start));
  };
}
