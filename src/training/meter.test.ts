import { describe, expect, it } from 'vitest';
import { Meter } from './meter.ts';

const never = new Promise<void>(() => {});

describe('the meter', () => {
  it('sends a frame when the interval has passed and never two at once', () => {
    const meter = new Meter();
    let sent = 0;
    const send = () => {
      sent++;
      return never;
    };
    meter.frameDue(100, 66, 3, send);
    meter.frameDue(900, 66, 3, send);
    expect(sent).toBe(1);
  });

  it('asks for an evaluation after enough steps, and only when the last one has paid for itself', () => {
    const meter = new Meter();
    expect(meter.evaluationDue(0, 24, 25, 8)).toBe(false);
    expect(meter.evaluationDue(0, 25, 25, 8)).toBe(true);
    meter.evaluated(1000, 500, 25);
    expect(meter.evaluationDue(2000, 60, 25, 8)).toBe(false);
    expect(meter.evaluationDue(5000, 60, 25, 8)).toBe(true);
  });

  it('starts to count steps between evaluations again after a reset', () => {
    const meter = new Meter();
    meter.evaluated(0, 0, 500);
    meter.start(10, 0, 0);
    expect(meter.evaluationDue(10, 25, 25, 8)).toBe(true);
  });

  it('measures steps and tokens a second over the last two seconds', () => {
    const meter = new Meter();
    meter.start(0, 0, 0);
    expect(meter.speed(1000, 10, 500)).toEqual({ stepsPerSecond: 10, tokensPerSecond: 500, stepMs: 100 });
    for (let at = 1100; at <= 5000; at += 100) meter.speed(at, 10 + (at - 1000) / 50, 0);
    expect(meter.speed(5100, 92, 0).stepsPerSecond).toBeCloseTo(20, 6);
  });
});
