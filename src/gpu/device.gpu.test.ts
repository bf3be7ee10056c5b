import { afterEach, describe, expect, it, vi } from 'vitest';
import { DeviceUnavailableError } from '../lib/errors.ts';
import { openDevice } from './device.ts';

describe('openDevice', () => {
  afterEach(() => vi.restoreAllMocks());

  it('gives a device with the default limits and a name for the adapter', async () => {
    const { device, adapter } = await openDevice();
    expect(device.limits.maxStorageBuffersPerShaderStage).toBeLessThanOrEqual(10);
    expect(device.limits.maxComputeInvocationsPerWorkgroup).toBe(256);
    expect(device.limits.maxComputeWorkgroupStorageSize).toBe(16_384);
    expect(adapter).not.toBe('');
    device.destroy();
  });

  it('passes on errors that no scope catches', async () => {
    const { device, onError } = await openDevice();
    const error = new Promise<Error>((resolve) => onError(resolve));
    device.createBuffer({ label: 'impossible', size: 4, usage: GPUBufferUsage.MAP_READ | GPUBufferUsage.STORAGE });
    await device.queue.onSubmittedWorkDone();
    expect((await error).message).toMatch(/usage/i);
    device.destroy();
  });

  it('does not call it a loss when the device is closed, but when somebody else destroys it', async () => {
    const closed = await openDevice();
    closed.close();
    await closed.device.lost;
    expect(await Promise.race([closed.lost, Promise.resolve('still there')])).toBe('still there');
    const { device, lost } = await openDevice();
    device.destroy();
    await expect(lost).rejects.toThrow(/the GPU device was lost/);
  });

  it('says why there is no device: no adapter, or a browser that refuses', async () => {
    vi.spyOn(navigator.gpu, 'requestAdapter').mockResolvedValueOnce(null);
    await expect(openDevice()).rejects.toThrow(
      new DeviceUnavailableError('the browser offers no GPU adapter', 'no-adapter'),
    );
    vi.spyOn(navigator.gpu, 'requestAdapter').mockRejectedValueOnce(new TypeError('blocked'));
    await expect(openDevice()).rejects.toThrow(new DeviceUnavailableError('the GPU gave no device: blocked'));
  });

  it('says that a browser has no WebGPU', async () => {
    const spy = vi.spyOn(navigator, 'gpu', 'get').mockReturnValue(undefined as never);
    await expect(openDevice()).rejects.toThrow(/has no WebGPU/);
    spy.mockRestore();
  });
});
