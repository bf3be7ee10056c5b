import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { CALM_MS, calmly } from './calm.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

it('receives at once where no calm is wanted', () => {
  const receive = vi.fn();
  const { call } = calmly(receive, () => false);
  for (let i = 0; i < 5; i++) call();
  expect(receive).toHaveBeenCalledTimes(5);
});

it('receives at most once a second where calm is wanted, the last time too', () => {
  const receive = vi.fn();
  const { call, stop } = calmly(receive, () => true);
  for (let i = 0; i < 10; i++) {
    call();
    vi.advanceTimersByTime(CALM_MS / 5);
  }
  // At once, and at the end of either second.
  expect(receive).toHaveBeenCalledTimes(3);
  vi.advanceTimersByTime(CALM_MS);
  expect(receive).toHaveBeenCalledTimes(3);
  call();
  call();
  stop();
  vi.advanceTimersByTime(5 * CALM_MS);
  expect(receive).toHaveBeenCalledTimes(4);
});

it('receives at once when calm is wanted no more', () => {
  const receive = vi.fn();
  let isWanted = true;
  const { call } = calmly(receive, () => isWanted);
  call();
  call();
  isWanted = false;
  call();
  vi.advanceTimersByTime(5 * CALM_MS);
  expect(receive).toHaveBeenCalledTimes(2);
});
