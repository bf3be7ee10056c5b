import { describe, expect, it } from 'vitest';
import { hasTimestamps } from '../gpu/timing.ts';
import { ParameterLayout } from '../model/parameters.ts';
import { trainingProgram } from '../model/translator.ts';
import { COUNTERS_LENGTH, VALUES, VALUES_LENGTH } from '../ops/step-data.ts';
import { useGpu } from '../testing/gpu-fixture.ts';
import { ADAM, TINY_SIZE, tinyBatch, tinyParameters, tinyShape, writeAll, writeStep } from '../testing/tiny-models.ts';
import type { TensorData } from './executor.ts';
import type { GpuPlan } from './gpu-plan.ts';
import { type PlanProfile, programWork } from './profile.ts';
import { Scheduler } from './scheduler.ts';
import { GpuTrialBench } from './trial-bench.ts';

const layout = new ParameterLayout(tinyShape());
const batch = tinyBatch(layout.shape, TINY_SIZE);
const training = trainingProgram(layout, TINY_SIZE, { hasDropout: false, isSampled: false, optimizer: ADAM });
const values = new Float64Array(VALUES_LENGTH);
values[VALUES.learningRate] = 0.01;
values[VALUES.teacherForcing] = 1;
values[VALUES.correction1] = 0.1;
values[VALUES.correction2] = 0.001;
const inputs = new Map<string, TensorData>([
  ...Object.entries(batch),
  ['values', values],
  ['counters', new Uint32Array(COUNTERS_LENGTH)],
]);
const STATE = ['parameters', 'moment1', 'moment2', 'history'] as const;

async function openTraining(scheduler: Scheduler) {
  const plan = await scheduler.prepare(training);
  scheduler.write('parameters', tinyParameters(layout));
  return plan;
}

function expectWhole(profile: PlanProfile): void {
  const { launches } = profile;
  expect(launches.reduce((sum, { flops }) => sum + flops, 0)).toBeCloseTo(programWork(training), 3);
  for (const { calls, ms, bytes, wgsl, entry, workgroups, workgroupSize } of launches) {
    expect(calls.length).toBeGreaterThan(0);
    expect(ms).toBeGreaterThanOrEqual(0);
    expect(bytes).toBeGreaterThan(0);
    expect(wgsl).toContain(`fn ${entry}(`);
    for (const size of [workgroups, workgroupSize]) expect(Math.min(...(size as readonly number[]))).toBeGreaterThan(0);
  }
  expect(profile.stepMs).toBeGreaterThan(0);
  expect(profile.roofline.gflops).toBeGreaterThan(0);
  expect(profile.roofline.gigabytesPerSecond).toBeGreaterThan(0);
}

describe('a profile on the GPU', () => {
  const gpu = useGpu();

  it('has every dispatch of the plan in order, with kernels that compile', async () => {
    const scheduler = new Scheduler(gpu.handle);
    const plan = await openTraining(scheduler);
    const fused = await scheduler.profile(plan, { inputs, isFused: true });
    const separate = await scheduler.profile(plan, { inputs, isFused: false });
    expect(fused.launches).toHaveLength(plan.dispatches);
    expect(separate.launches.length).toBeGreaterThan(fused.launches.length);
    expect([fused.strategy, separate.strategy]).toEqual(['persistent', 'separate']);
    expect(fused.clock).toBe(hasTimestamps(gpu.device) ? 'timestamp-query' : 'cpu');
    for (const profile of [fused, separate]) expectWhole(profile);
    const texts = new Set([...fused.launches, ...separate.launches].map(({ wgsl }) => wgsl as string));
    for (const code of texts) {
      const { messages } = await gpu.device.createShaderModule({ code }).getCompilationInfo();
      expect(messages.filter(({ type }) => type === 'error')).toEqual([]);
    }
    scheduler.dispose();
  });

  it('leaves the run as it is, bit for bit, and no buffer', async () => {
    const [scheduler, other] = [new Scheduler(gpu.handle), new Scheduler(gpu.handle)];
    const [plan, otherPlan] = [await openTraining(scheduler), await openTraining(other)];
    for (const each of [plan, otherPlan]) writeAll(each, batch);
    for (let t = 0; t < 3; t++) {
      const before = gpu.liveBuffers().length;
      const { submits } = scheduler.counters();
      await scheduler.profile(plan, { inputs, isFused: t !== 1 });
      expect(gpu.liveBuffers()).toHaveLength(before);
      expect(scheduler.counters().submits).toBe(submits);
      for (const each of [plan, otherPlan]) {
        writeStep(each, ADAM, t, { learningRate: 0.01 });
        each.run();
      }
      await Promise.all([scheduler.idle(), other.idle()]);
    }
    for (const tensor of STATE) expect(await scheduler.read(tensor)).toEqual(await other.read(tensor));
    for (const each of [scheduler, other]) each.dispose();
  });

  it('computes the same fused and unfused', async () => {
    const scheduler = new Scheduler(gpu.handle);
    const plan = (await openTraining(scheduler)) as GpuPlan;
    const results = [];
    for (const strategy of ['persistent', 'separate'] as const) {
      const bench = await GpuTrialBench.open(scheduler, plan, strategy === 'persistent');
      for (const [tensor, data] of inputs) bench.write(tensor, data);
      const clocks = await bench.prepareClocks({ ...plan.settings, strategy });
      results.push(await clocks.result());
      bench.dispose();
    }
    const [fused, separate] = results;
    expect(separate?.loss).toBeCloseTo(fused?.loss as number, 5);
    const differences = Array.from(fused?.gradients ?? [], (g, i) => Math.abs(g - (separate?.gradients[i] as number)));
    expect(differences).toHaveLength(layout.length);
    expect(Math.max(...differences)).toBeLessThan(1e-5);
    scheduler.dispose();
  });

  it('times batches of a dispatch where there are no timestamps', async () => {
    const adapter = (await navigator.gpu.requestAdapter()) as GPUAdapter;
    const device = await adapter.requestDevice();
    const scheduler = new Scheduler({ ...gpu.handle, device, hasQuads: false });
    const plan = await openTraining(scheduler);
    const profile = await scheduler.profile(plan, { inputs, isFused: false });
    expect(profile.clock).toBe('cpu');
    expectWhole(profile);
    expect(Math.max(...profile.launches.map(({ ms }) => ms))).toBeGreaterThan(0);
    scheduler.dispose();
    device.destroy();
  });
});
