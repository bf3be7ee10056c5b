import { describe, expect, test } from 'vitest';
import { createProgressBar, formatDuration } from './progress-bar.mjs';

const CLEAR_LINE = '\r\u001b[2K';

const progress = (step: number, exactMatch: number | null = null) => ({
  step,
  loss: 1 / step,
  exactMatch,
  stepsPerSecond: 10,
});

function collect(isTTY: boolean, steps: number, columns = 200) {
  const written: string[] = [];
  let nowMs = 0;
  const bar = createProgressBar(steps, { isTTY, columns, write: (text) => written.push(text) }, () => nowMs);
  return { bar, written, wait: (ms: number) => (nowMs += ms) };
}

describe('formatDuration', () => {
  test('writes minutes and seconds, and hours where there are any', () => {
    expect([0, 5, 65, 599.6, 3600, 36_061].map(formatDuration)).toEqual([
      '0:00',
      '0:05',
      '1:05',
      '10:00',
      '1:00:00',
      '10:01:01',
    ]);
  });
});

describe('createProgressBar', () => {
  test('writes a line for every tenth where there is no terminal', () => {
    const { bar, written } = collect(false, 100);
    for (let step = 1; step <= 100; step++) bar.show(progress(step, 0.5));
    bar.end();
    expect(written.map((line) => line.slice(0, 5))).toEqual(
      [10, 20, 30, 40, 50, 60, 70, 80, 90, 100].map((share) => `${String(share).padStart(3)} %`),
    );
    expect(written[4]).toContain('step 50 of 100  loss 0.0200  exact 50.0 %  10.0 steps/s');
  });

  test('moves one line on a terminal and leaves it at the end', () => {
    const { bar, written } = collect(true, 100);
    bar.show(progress(50));
    bar.show(progress(100));
    bar.end();
    bar.end();
    expect(written).toHaveLength(3);
    const [line = ''] = written;
    expect(line.startsWith(CLEAR_LINE)).toBe(true);
    expect(line.slice(CLEAR_LINE.length)).toMatch(/^█{12}░{12} {2}50 %/);
    expect(written[2]).toBe('\n');
  });

  test.each([100, 80, 40])('stays within a terminal of %i columns, the figures before the bar', (columns) => {
    const { bar, written } = collect(true, 100, columns);
    bar.show(progress(50));
    const [line = ''] = written;
    expect(line.length - CLEAR_LINE.length).toBeLessThan(columns);
    expect(line).toContain('50 %  step 50 of 100  loss');
  });

  test('estimates the time left from the pace since the first report', () => {
    const { bar, written, wait } = collect(true, 100);
    bar.show(progress(20));
    expect(written[0]).toContain('0:08 left');
    wait(20_000);
    bar.show(progress(60));
    expect(written[1]).toContain('0:20 left');
  });
});
