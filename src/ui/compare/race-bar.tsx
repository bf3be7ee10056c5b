/** Start, pause and reset of a race, where it ends, and how far it is. */

import { useState } from 'react';
import { timeLeftMs } from '../../store/race-store.ts';
import { MAX_RACE_STEPS } from '../../store/view-store.ts';
import { useFormat, useRun, useSession } from '../context.ts';
import { Icon } from '../parts/icon.tsx';
import { Segmented } from '../parts/segmented.tsx';
import { SteadyButton } from '../parts/steady-button.tsx';
import { useErrorText } from '../status/error-text.ts';
import type { RaceFigure } from '../strings/en-compare.ts';
import { type RacePanel, useRaceState } from './use-race.ts';
import { useCompareStrings } from './words.ts';

export interface RaceBarProps {
  readonly race: RacePanel;
  readonly figures: readonly RaceFigure[];
  readonly figure: RaceFigure;
  readonly onFigure: (figure: RaceFigure) => void;
}

export function RaceBar({ race, figures, figure, onFigure }: RaceBarProps) {
  const words = useCompareStrings();
  const { store, isRunning, canGoOn, until } = race;
  const step = useRaceState(store, (state) => state.step);
  const phase = useRaceState(store, (state) => state.phase);
  const isReady = useRun((state) => state.phase === 'ready');
  const isOver = canGoOn && step >= until;
  const label = isRunning ? words.pause : canGoOn ? words.goOn : phase === 'none' ? words.start : words.startAnew;
  return (
    <div className="race-bar">
      <SteadyButton
        className="primary race-start"
        isIdle={!isRunning && (!isReady || isOver || !race.isPossible)}
        onClick={race.press}
      >
        <Icon name={isRunning ? 'pause' : 'play'} />
        {label}
      </SteadyButton>
      <SteadyButton
        isIdle={step === 0 || isRunning || phase === 'gone' || phase === 'failed'}
        title={words.resetHint}
        onClick={() => void store.reset()}
      >
        {words.reset}
      </SteadyButton>
      <Until until={until} />
      <Segmented
        label={words.figure}
        value={figure}
        options={figures.map((value) => ({ value, label: words.figures[value] }))}
        onChange={onFigure}
      />
      <RaceStatus race={race} />
    </div>
  );
}

function RaceStatus({ race }: { readonly race: RacePanel }) {
  const { state } = useCompareStrings();
  const words = useCompareStrings();
  const format = useFormat();
  const errorText = useErrorText();
  const { phase, step, until, error, isStarting, ...rest } = useRaceState(race.store, (all) => all);
  const now = format.integer(step);
  const end = format.integer(until);
  const leftMs = timeLeftMs({ ...rest, step, until });
  const text = {
    none: state.mainPauses,
    opening: state.opening,
    running: state.running(now, end, leftMs === null ? null : words.left(leftMs)),
    paused: isStarting ? state.opening : state.paused(now, end),
    parked: isStarting ? state.opening : state.parked(now),
    finished: state.finished(now),
    gone: step > 0 ? state.gone(now) : state.mainPauses,
    failed: '',
  }[phase];
  return (
    <p className="race-status" role="status">
      {!race.isPossible
        ? words.onlyTranslators
        : error
          ? words.failed(errorText(error))
          : race.isStale && phase !== 'none'
            ? `${text} ${state.changed}`
            : text}
    </p>
  );
}

/** Where the race ends; what is typed counts as soon as it can be read. */
function Until({ until }: { readonly until: number }) {
  const words = useCompareStrings();
  const { view } = useSession();
  const format = useFormat();
  const [draft, setDraft] = useState<string | null>(null);
  const isBad = draft !== null && !isReadable(draft);
  return (
    <label className="race-until">
      {words.until}
      <input
        className="number-input"
        inputMode="numeric"
        size={6}
        value={draft ?? format.setting(until)}
        aria-invalid={isBad}
        title={isBad ? words.badUntil(format.integer(MAX_RACE_STEPS)) : undefined}
        onChange={({ target }) => {
          setDraft(target.value);
          if (isReadable(target.value)) view.setState({ raceSteps: Number(target.value) });
        }}
        onBlur={() => setDraft(null)}
      />
    </label>
  );
}

const isReadable = (text: string): boolean =>
  /^\d{1,6}$/.test(text) && Number(text) >= 1 && Number(text) <= MAX_RACE_STEPS;
