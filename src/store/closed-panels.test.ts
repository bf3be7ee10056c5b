import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { FakeWorker } from '../testing/fake-worker.ts';
import { createTrainingClient } from '../training/client.ts';
import { decodeLink } from './link.ts';
import { createSession } from './session.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

it('asks the worker nothing while it trains, unless a panel is open that follows the edits', async () => {
  const worker = new FakeWorker();
  const session = createSession({ startClient: () => createTrainingClient(worker), link: decodeLink('').state });
  const questions = (): number => worker.sent.filter(({ type }) => type === 'ask').length;
  await vi.advanceTimersByTimeAsync(20);
  session.actions.train();
  await vi.advanceTimersByTimeAsync(10_000);
  expect(session.run.getState().step).toBeGreaterThan(100);
  expect(session.timeline.moments().length).toBeGreaterThan(10);
  expect(questions()).toBe(0);

  session.edits.setState({ isOpen: true });
  await vi.advanceTimersByTimeAsync(5000);
  const whileOpen = questions();
  expect(whileOpen).toBeGreaterThan(0);

  session.edits.setState({ isOpen: false });
  await vi.advanceTimersByTimeAsync(100);
  const closing = questions();
  await vi.advanceTimersByTimeAsync(10_000);
  expect(questions()).toBe(closing);
  session.dispose();
});
