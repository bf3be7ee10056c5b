import { describe, expect, it } from 'vitest';
import { AllocationError, ConfigError, DeviceLostError, ShaderCompilationError } from './errors.ts';
import { causeOf, isDeviceFault, Ladder } from './fault-ladder.ts';

describe('the ladder', () => {
  it('tries the GPU twice a minute, then the CPU, and each fault later than that anew', () => {
    const ladder = new Ladder();
    expect([0, 1000, 2000].map((now) => ladder.next('lost', 'webgpu', now))).toEqual(['webgpu', 'webgpu', 'cpu']);
    const patient = new Ladder();
    expect([0, 61_000, 122_000].map((now) => patient.next('lost', 'webgpu', now))).toEqual(Array(3).fill('webgpu'));
  });

  it('does not keep a visitor waiting for a GPU that hangs or computes wrongly', () => {
    expect(new Ladder().next('stuck', 'webgpu', 0)).toBe('cpu');
    expect(new Ladder().next('self-test', 'webgpu', 0)).toBe('cpu');
  });

  it('gives up where the CPU fails for the third time', () => {
    const ladder = new Ladder();
    expect([0, 1, 2].map((now) => ladder.next('worker', 'cpu', now))).toEqual(['cpu', 'cpu', 'give-up']);
  });

  it('knows what an error says about the device', () => {
    expect(causeOf(new DeviceLostError('gone'))).toBe('lost');
    expect(causeOf(new DeviceLostError('quiet', 'stuck'))).toBe('stuck');
    expect(causeOf(new AllocationError('full'))).toBe('memory');
    expect(causeOf(new ShaderCompilationError('no'))).toBe('error');
    expect(causeOf(new Error('a shard stopped'))).toBe('worker');
    expect(isDeviceFault(new ConfigError('hidden', 'too large'))).toBe(false);
  });
});
