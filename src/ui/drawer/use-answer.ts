/** Asks the worker what a panel shows, and asks again when it may have changed: never while somebody reads the answer. */

import { useCallback, useEffect, useRef, useState } from 'react';
import type { ReportedError } from '../../lib/errors.ts';
import { isRunning as runs } from '../../store/run-store.ts';
import type { Answer, Question, QuestionKind } from '../../training/questions.ts';
import { useActions, useFrames, useRun } from '../context.ts';

/** How often an open panel follows the training, ms. */
const REFRESH_MS = 1000;

export interface Asked<K extends QuestionKind> {
  /** The newest answer; that to an earlier question until the new one is answered. Null before the first. */
  readonly answer: Answer<K> | null;
  /** The question that it answers. */
  readonly question: Question<K> | null;
  readonly error: ReportedError | null;
  readonly isAsking: boolean;
  /** True while the run has gone on since. */
  readonly isBehind: boolean;
  /** Asks again now. */
  readonly refresh: () => void;
}

export interface AskOptions {
  /** Ask again while the run goes on. */
  readonly isLive: boolean;
  /** Somebody reads: nothing is replaced meanwhile, but for the answer to another question. */
  readonly isHeld: boolean;
}

/**
 * The answer to `question`, which is compared by its content; null asks nothing. A new run, a reset and a pause at another
 * step are asked about at once, a run that goes on once a second.
 */
export function useAnswer<K extends QuestionKind>(
  kind: K,
  question: Question<K> | null,
  { isLive, isHeld }: AskOptions,
): Asked<K> {
  const { ask } = useActions();
  const step = useFrames((state) => state.step);
  const run = useRun((state) => state.run);
  const isRunning = useRun(runs);
  const [state, setState] = useState<Omit<Asked<K>, 'refresh' | 'isBehind' | 'isAsking'>>(NOTHING);
  const [isAsking, setAsking] = useState(false);
  const asked = useRef(0);
  const text = question === null ? null : JSON.stringify(question);

  const refresh = useCallback(() => {
    if (text === null) return;
    const turn = ++asked.current;
    const wanted = JSON.parse(text) as Question<K>;
    setAsking(true);
    void ask(kind, wanted).then(({ answer, error }) => {
      if (turn !== asked.current) return;
      setAsking(false);
      setState((before) => (error ? { ...before, error } : { answer, question: wanted, error: null }));
    });
  }, [ask, kind, text]);

  // biome-ignore lint/correctness/useExhaustiveDependencies: another run answers otherwise
  useEffect(() => {
    refresh();
    return () => {
      asked.current++;
    };
  }, [refresh, run]);

  const answered = state.answer?.step ?? null;
  const isBehind = answered !== null && answered !== step;
  const mayFollow = isBehind && !isHeld && !isAsking;
  useEffect(() => {
    if (!mayFollow || (isRunning && !isLive)) return;
    if (!isRunning) return refresh();
    const timer = setTimeout(refresh, REFRESH_MS);
    return () => clearTimeout(timer);
  }, [mayFollow, isRunning, isLive, refresh]);

  return { ...state, isAsking, isBehind, refresh };
}

const NOTHING = { answer: null, question: null, error: null };
