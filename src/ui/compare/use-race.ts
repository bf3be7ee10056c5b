/** A race of the panel: its store, the plan of its lanes, and what starting it means at the moment. */

import { useEffect, useMemo } from 'react';
import { useStore } from 'zustand';
import { type Config, familyOf } from '../../model/config.ts';
import { type LanePlan, laneConfig, parseLanes, printLanes } from '../../store/race-plan.ts';
import { isHeld, type RaceState, type RaceStore } from '../../store/race-store.ts';
import { changesBetween } from '../../store/settings-store.ts';
import type { RaceMeasure } from '../../training/protocol.ts';
import { useFrames, useRun, useSession, useSettings, useView } from '../context.ts';
import { raceStoresOf } from './race-stores.ts';

/** Held-out sentences of each length at most. */
export const SENTENCES_PER_LENGTH = 64;

export interface RacePanel {
  readonly store: RaceStore;
  readonly plans: readonly LanePlan[];
  /** The settings of the page, which the lanes change. */
  readonly base: Config;
  /** Step at which it is over. */
  readonly until: number;
  readonly isRunning: boolean;
  /** What there is can go on; else a start begins anew. */
  readonly canGoOn: boolean;
  /** The settings are not those of the race any more. */
  readonly isStale: boolean;
  /** Models of another kind do not race. */
  readonly isPossible: boolean;
  readonly sentence: string;
  change(plans: readonly LanePlan[]): void;
  /** Starts, goes on or pauses, whichever there is to do. */
  press(): void;
}

export function useRace(measure: RaceMeasure): RacePanel {
  const session = useSession();
  const kind = measure === 'lengths' ? 'lengths' : 'race';
  const key = measure === 'lengths' ? 'lengthLanes' : 'raceLanes';
  const store = raceStoresOf(session)[kind];
  const text = useView((state) => state[key]);
  const plans = useMemo(() => parseLanes(text) ?? [], [text]);
  const base = useSettings(({ config }) => config);
  const wanted = useView((state) => state.raceSteps);
  const sentence = useStaged();
  const phase = useStore(store, (state) => state.phase);
  const isStarting = useStore(store, (state) => state.isStarting);
  const step = useStore(store, (state) => state.step);
  const setup = useStore(store, (state) => state.setup);
  const isReady = useRun((state) => state.phase === 'ready');
  const lanes = useMemo(() => plans.map((plan) => laneConfig(base, plan)), [plans, base]);
  const until = wanted || base.decaySteps;
  const isStale = setup !== null && !isSameSetup(setup.lanes, lanes);
  const isRunning = phase === 'running' || phase === 'opening' || (isStarting && phase !== 'gone');
  const canGoOn = isHeld({ phase }) && !isStale;

  useEffect(() => {
    return () => void store.park();
  }, [store]);

  // Another sentence on the stage is another one to follow, where the race knows its words.
  const task = setup?.lanes[0]?.task;
  useEffect(() => {
    const { phase: now } = store.getState();
    if (sentence && task === base.task && isHeld({ phase: now })) void store.follow(sentence);
  }, [store, sentence, task, base.task]);

  return {
    store,
    plans,
    base,
    until,
    isRunning,
    canGoOn,
    isStale,
    isPossible: familyOf(base.task) === 'translator',
    sentence,
    change: (next) => session.view.setState({ [key]: printLanes(next) }),
    press() {
      if (isRunning) void store.pause();
      else if (!isReady || !sentence) return;
      else if (canGoOn) {
        if (step < until) void store.goOn(until);
      } else {
        const sentencesPerLength = SENTENCES_PER_LENGTH;
        void store.start({ lanes, sentence, measure, sentencesPerLength }, until);
      }
    },
  };
}

const isSameSetup = (a: readonly Config[], b: readonly Config[]): boolean =>
  a.length === b.length && a.every((config, i) => changesBetween(config, b[i] as Config).length === 0);

/** The text of the sentence on the stage. */
function useStaged(): string {
  const samples = useRun(({ run }) => run?.samples);
  return useFrames(({ staged, own }) =>
    staged.kind === 'own' ? (own?.text ?? '') : (samples?.[staged.index]?.sourceText ?? ''),
  );
}

export const useRaceState = <Slice>(store: RaceStore, selector: (state: RaceState) => Slice): Slice =>
  useStore(store, selector);
