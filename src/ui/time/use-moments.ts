/** The moments of the sentence on the stage as the slider shows them: a new reading a few times a second. */

import { useEffect, useState } from 'react';
import { lastUpTo } from '../../store/timeline-record.ts';
import { useSession, useTimeline } from '../context.ts';

/** Numbers that change faster can't be read. */
const INTERVAL_MS = 200;

export interface Moments {
  /** Moments on the slider. */
  readonly count: number;
  /** Place of the one on the stage. */
  readonly place: number;
  /** Step of the first one; 0 before there is one. */
  readonly firstStep: number;
  /** Step that the training has reached. */
  readonly newestStep: number;
  /** True where the run is older than the sentence's first moment. */
  readonly isPinnedLate: boolean;
  /** Place of a step on the slider, from 0 to 1. */
  readonly shareOf: (step: number) => number;
}

/** @param isHeld - somebody reads the past here: the slider's end stays where it is */
export function useMoments(isHeld: boolean): Moments {
  const { frames, timeline } = useSession();
  const past = useTimeline((state) => state.past);
  const [, setReading] = useState(0);
  const [end, setEnd] = useState<number | null>(null);
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const take = (): void => {
      timer = undefined;
      setReading((reading) => reading + 1);
    };
    const stop = frames.subscribe((state, before) => {
      if (state.staged !== before.staged || state.probeKeys !== before.probeKeys) take();
      else if (state.translations !== before.translations) timer ??= setTimeout(take, INTERVAL_MS);
    });
    take();
    return () => {
      stop();
      clearTimeout(timer);
    };
  }, [frames]);

  const all = timeline.moments();
  const newestStep = frames.getState().step;
  const isFrozen = isHeld && past !== null;
  // biome-ignore lint/correctness/useExhaustiveDependencies: the end as it stood when the hold began
  useEffect(() => setEnd(isFrozen ? newestStep : null), [isFrozen]);
  const last = isFrozen && end !== null ? Math.max(end, past.step) : newestStep;
  const count = Math.max(0, lastUpTo(all, last) + 1);
  const place = past ? Math.max(0, lastUpTo(all, past.step)) : Math.max(0, count - 1);
  const firstStep = all[0]?.step ?? 0;
  return {
    count,
    place,
    firstStep,
    newestStep,
    isPinnedLate: all.length > 0 && all[0] !== timeline.record.moments[0],
    shareOf: (step) => (count < 2 ? 0 : Math.min(1, Math.max(0, lastUpTo(all, step)) / (count - 1))),
  };
}
