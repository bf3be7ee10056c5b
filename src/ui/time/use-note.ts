/** What has to be said about the moment on the stage, one thing at a time. */

import { useFormat, useFrames, useStrings, useTimeline } from '../context.ts';
import type { Moments } from './use-moments.ts';

export function useNote({ count, isPinnedLate, firstStep }: Moments): string {
  const { time } = useStrings();
  const format = useFormat();
  const isKeptFull = useTimeline((state) => state.isKeptFull);
  const mode = useTimeline((state) => state.past?.mode ?? null);
  const liveMode = useFrames((state) => state.mode);
  const isPlaying = useTimeline((state) => state.isPlaying);
  const isBaseless = useTimeline((state) => state.base !== null && state.difference === null);
  const from = useTimeline((state) => state.difference?.from ?? null);
  const to = useTimeline((state) => state.difference?.shown.step ?? 0);
  const changed = useTimeline((state) => state.difference?.was.filter((word) => word !== null).length ?? 0);
  if (isKeptFull) return time.keptFull;
  if (from !== null && !isPlaying) {
    const words = changed === 0 ? time.sameWords : time.changedWords(changed);
    return `${time.comparing(format.integer(from), format.integer(to))}: ${words}.`;
  }
  if (isBaseless && !isPlaying) return time.noBase;
  if (mode !== null && mode !== liveMode) return time.otherMode[mode];
  if (isPinnedLate) return time.pinnedLate(format.integer(firstStep));
  return count < 2 ? time.noMoments : '';
}
