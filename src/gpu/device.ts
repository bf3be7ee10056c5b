/** The adapter and the device, with everything that can go wrong as a typed error. */

import { DeviceLostError, DeviceUnavailableError, NO_WEBGPU } from '../lib/errors.ts';
import { TIMESTAMPS } from './timing.ts';
import { Watch, watchOf } from './watch.ts';

export interface DeviceHandle {
  readonly device: GPUDevice;
  /** `vendor / architecture`, or what else the adapter says of itself. */
  readonly adapter: string;
  /** What the adapter says of its driver; often nothing. */
  readonly driver: string;
  /** True for an adapter that computes on the CPU. */
  readonly isSoftware: boolean;
  /** Subgroups of exactly four invocations, as on SwiftShader: see `Target` in ops/op.ts. */
  readonly hasQuads: boolean;
  /** Rejects with a DeviceLostError when the device goes away by itself or answers no more; never settles otherwise. */
  readonly lost: Promise<never>;
  /** Lets go of the device, which is no loss. */
  close(): void;
  /** Calls the listener for every error that no scope caught. */
  onError(listener: (error: Error) => void): void;
}

function describe(info: GPUAdapterInfo): string {
  const parts = [info.vendor, info.architecture, info.device].filter((part) => part !== '');
  return parts.length > 0 ? parts.join(' / ') : info.description || 'unnamed adapter';
}

const hasQuads = ({ features, info }: GPUAdapter): boolean =>
  features.has('subgroups') && info.subgroupMinSize === 4 && info.subgroupMaxSize === 4;

/** Features that are used where they are; everything works without. */
const featuresOf = (adapter: GPUAdapter): GPUFeatureName[] => [
  ...(hasQuads(adapter) ? (['subgroups'] as const) : []),
  ...(adapter.features.has(TIMESTAMPS) ? [TIMESTAMPS] : []),
];

/**
 * Opens a device with the default limits, so that what runs here runs everywhere.
 * @throws DeviceUnavailableError when there is no WebGPU, no adapter, or no device
 */
export async function openDevice(): Promise<DeviceHandle> {
  const { gpu } = navigator;
  if (!gpu) throw new DeviceUnavailableError(NO_WEBGPU, 'no-api');
  let adapter: GPUAdapter | null;
  let device: GPUDevice;
  // A GPU that hangs does not even refuse.
  const boot = new Watch();
  boot.lost.catch(() => {});
  try {
    adapter = await boot.over(gpu.requestAdapter({ powerPreference: 'high-performance' }), 'the GPU adapter');
    if (!adapter) throw new DeviceUnavailableError('the browser offers no GPU adapter', 'no-adapter');
    const request = adapter.requestDevice({ label: 'heed', requiredFeatures: featuresOf(adapter) });
    device = await boot.over(request, 'the GPU device');
  } catch (error) {
    if (error instanceof DeviceUnavailableError) throw error;
    throw new DeviceUnavailableError(
      `the GPU gave no device: ${error instanceof Error ? error.message : String(error)}`,
    );
  }
  const { info } = adapter;
  const watch = watchOf(device);
  let isClosed = false;
  device.lost.then(({ reason, message }) => {
    if (!isClosed) watch.fail(new DeviceLostError(`the GPU device was lost: ${message || reason}`));
  });
  return {
    device,
    adapter: describe(info),
    driver: info.description,
    hasQuads: hasQuads(adapter),
    isSoftware:
      info.isFallbackAdapter || /swiftshader|llvmpipe|lavapipe|warp/i.test(`${info.architecture} ${info.description}`),
    lost: watch.lost,
    close() {
      isClosed = true;
      device.destroy();
    },
    onError(listener) {
      device.addEventListener('uncapturederror', (event) => {
        event.preventDefault();
        listener(new Error(event.error.message));
      });
    },
  };
}
