/** What has to hold in any implementation of WebGPU: every kernel against its reference, every strategy against PyTorch. */

import { STRATEGIES } from '../engine/lowering.ts';
import { Scheduler } from '../engine/scheduler.ts';
import { type DeviceHandle, openDevice } from '../gpu/device.ts';
import { OP_NAMES, type OpName } from '../ops/registry.ts';
import { rowForm } from '../ops/row-form.ts';
import { parseCase } from './case-file.ts';
import { failuresOf, failuresOnRows } from './parity.ts';
import { TOLERANCES } from './tolerance.ts';
import { verifyOn } from './verify.ts';

export { OP_NAMES };

/** Opens a device and says whose it is. @throws DeviceUnavailableError */
export async function describeDevice(): Promise<string> {
  const { device, adapter } = await openDevice();
  device.destroy();
  return adapter;
}

/** Runs `body` on a device of its own; errors of the device are failures too. */
async function onDevice(body: (handle: DeviceHandle) => Promise<string[]>): Promise<string[]> {
  const handle = await openDevice();
  const failures: string[] = [];
  handle.onError((error) => failures.push(error.message));
  try {
    failures.push(...(await body(handle)));
  } catch (error) {
    failures.push(error instanceof Error ? `${error.name}: ${error.message}` : String(error));
  } finally {
    handle.device.destroy();
  }
  return failures;
}

/** The kernels of an op, alone and, where it has them, as instructions of the row machine: what does not agree with the float64 reference. */
export const verifyOp = (op: OpName): Promise<string[]> =>
  onDevice(async (handle) => {
    const alone = new Scheduler(handle, { strategy: 'separate' });
    const failures = await failuresOf(op, alone);
    alone.dispose();
    if (rowForm(op) === null) return failures;
    const onRows = new Scheduler(handle, { strategy: 'persistent' });
    failures.push(...(await failuresOnRows(op, onRows)));
    onRows.dispose();
    return failures;
  });

/** A golden case under every strategy: the tensors that are out of tolerance. @throws CaseFormatError */
export function verifyStrategies(json: unknown): Promise<string[]> {
  const file = parseCase(json);
  return onDevice(async (handle) => {
    const failures: string[] = [];
    for (const strategy of STRATEGIES) {
      const scheduler = new Scheduler(handle, { strategy });
      const rows = await verifyOn(scheduler, file, TOLERANCES.float32);
      scheduler.dispose();
      for (const { tensor, isWithin, worst } of rows)
        if (!isWithin) failures.push(`${strategy}: ${tensor} uses ${worst.toPrecision(3)} of its tolerance`);
    }
    return failures;
  });
}
