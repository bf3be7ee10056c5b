/** Under the heatmap: the run as a line. Its end is live; everything before it is the past, which never stops the training. */

import { useRef } from 'react';
import { isRunning } from '../../store/run-store.ts';
import { TIMELINE_BUDGET_BYTES } from '../../store/timeline-record.ts';
import { PLAY_SPEEDS, type PlaySpeed } from '../../store/timeline-store.ts';
import '../styles/time.css';
import { useFormat, useRun, useSession, useStrings, useTimeline } from '../context.ts';
import { useHeld } from '../drawer/use-held.ts';
import { Icon } from '../parts/icon.tsx';
import { Popover } from '../parts/popover.tsx';
import { Compare } from './compare.tsx';
import { KeepButton, KeptMoments } from './kept-moments.tsx';
import { type Moments, useMoments } from './use-moments.ts';

export function TimeTravel() {
  const { time } = useStrings();
  const held = useHeld();
  const moments = useMoments(held.isHeld);
  const isPast = useTimeline((state) => state.past !== null);
  return (
    <section className={`time ${isPast ? 'past' : ''}`} aria-label={time.controls} {...held.handlers}>
      <div className="time-line-row">
        <PlayButton moments={moments} />
        <Slider moments={moments} />
        <Position moments={moments} />
        <LiveButton />
      </div>
      <div className="time-row">
        <Transport moments={moments} />
        <PastMeters />
        <div className="time-tools">
          <KeepButton />
          <Compare />
        </div>
      </div>
      <KeptMoments moments={moments} />
    </section>
  );
}

interface Props {
  readonly moments: Moments;
}

function PlayButton({ moments }: Props) {
  const { time } = useStrings();
  const { timeline } = useSession();
  const isPlaying = useTimeline((state) => state.isPlaying);
  return (
    <button
      type="button"
      className="time-button"
      aria-label={isPlaying ? time.pause : time.play}
      title={isPlaying ? time.pause : time.play}
      aria-disabled={moments.count < 2}
      aria-keyshortcuts="p"
      onClick={isPlaying ? timeline.pause : timeline.play}
    >
      <Icon name={isPlaying ? 'pause' : 'play'} />
    </button>
  );
}

function Slider({ moments }: Props) {
  const { time } = useStrings();
  const format = useFormat();
  const { timeline } = useSession();
  const past = useTimeline((state) => state.past);
  const kept = useTimeline((state) => state.kept);
  const from = useTimeline((state) => state.difference?.from ?? null);
  const state = useStateText();
  const { count, place, newestStep, shareOf } = moments;
  const most = Math.max(1, count - 1);
  const choose = (to: number): void => {
    timeline.pause();
    // The end is where the training is, also where the slider has stood still meanwhile.
    if (to >= most) timeline.live();
    else timeline.goTo(to);
  };
  const mark = (step: number) => ({ left: `calc(8px + ${shareOf(step)} * (100% - 16px))` });
  return (
    <div className="time-slider">
      <input
        type="range"
        min={0}
        max={most}
        step={1}
        value={count < 2 ? most : place}
        aria-label={time.label}
        aria-valuetext={time.spoken(format.integer(past?.step ?? newestStep), format.integer(newestStep), state)}
        aria-disabled={count < 2}
        onChange={(event) => choose(Number(event.target.value))}
      />
      <span className="time-marks" aria-hidden="true">
        {kept.map(({ step }) => (
          <span key={step} className="time-mark" style={mark(step)} />
        ))}
        {from !== null && <span className="time-mark base" style={mark(from)} />}
      </span>
    </div>
  );
}

/** Whether the stage is live, in words. */
function useStateText(): string {
  const { time } = useStrings();
  const isPast = useTimeline((state) => state.past !== null);
  const running = useRun(isRunning);
  return !isPast ? time.live : running ? time.pastWhileTraining : time.past;
}

function LiveButton() {
  const { time } = useStrings();
  const { timeline } = useSession();
  const isPast = useTimeline((state) => state.past !== null);
  return (
    <button
      type="button"
      className="time-button time-live"
      aria-pressed={!isPast}
      aria-keyshortcuts="."
      title={time.toLiveHint}
      onClick={timeline.live}
    >
      {time.toLive}
    </button>
  );
}

function Transport({ moments }: Props) {
  const { time } = useStrings();
  const format = useFormat();
  const { timeline } = useSession();
  const isPast = useTimeline((state) => state.past !== null);
  const speed = useTimeline((state) => state.speed);
  return (
    <div className="time-transport">
      <button
        type="button"
        className="time-button"
        aria-label={time.back}
        title={time.back}
        aria-disabled={moments.place === 0}
        aria-keyshortcuts="["
        onClick={() => timeline.move(-1)}
      >
        <Icon name="back" />
      </button>
      <button
        type="button"
        className="time-button"
        aria-label={time.forth}
        title={time.forth}
        aria-disabled={!isPast}
        aria-keyshortcuts="]"
        onClick={() => timeline.move(1)}
      >
        <Icon name="step" />
      </button>
      <select
        aria-label={time.speed}
        title={time.speed}
        value={speed}
        onChange={(event) => timeline.setSpeed(Number(event.target.value) as PlaySpeed)}
      >
        {PLAY_SPEEDS.map((factor) => (
          <option key={factor} value={factor}>
            {time.speedOption(format.setting(factor))}
          </option>
        ))}
      </select>
    </div>
  );
}

/** Where the stage stands in the run. */
function Position({ moments }: Props) {
  const { time, model } = useStrings();
  const format = useFormat();
  const { timeline } = useSession();
  const past = useTimeline((state) => state.past);
  const isPlaying = useTimeline((state) => state.isPlaying);
  const state = useStateText();
  /** Where the run stood when the moment was chosen, so that it is said once. */
  const last = useRef(0);
  const told = useRef(past);
  if (told.current !== past || past === null) last.current = moments.newestStep;
  told.current = past;
  const { record } = timeline;
  return (
    <p className="time-position">
      <Popover
        className="term"
        label={`${time.title}: ${time.position(format.integer(past?.step ?? moments.newestStep), format.integer(moments.newestStep))}`}
        panelClassName="term-sentence"
        button={time.position(format.integer(past?.step ?? moments.newestStep), format.integer(moments.newestStep))}
      >
        <strong>{time.title}</strong>{' '}
        {time.about(
          time.momentCount(record.moments.length, format.integer(record.moments.length)),
          time.stepCount(record.stride, format.integer(record.stride)),
          model.bytes(record.bytes),
          model.bytes(TIMELINE_BUDGET_BYTES),
        )}
      </Popover>
      <span className="time-state">{past && state}</span>
      <span className="visually-hidden" role="status">
        {past && !isPlaying && time.spoken(format.integer(past.step), format.integer(last.current), state)}
      </span>
    </p>
  );
}

/** The figures as they stood then. */
function PastMeters() {
  const { time } = useStrings();
  const format = useFormat();
  const meters = useTimeline((state) => state.past?.meters ?? null);
  const exact = meters && Number.isFinite(meters.exactMatch) ? format.percent(meters.exactMatch) : null;
  return (
    <p className="time-meters">
      {meters && Number.isFinite(meters.loss) && time.meters(format.figure(meters.loss), exact)}
    </p>
  );
}
