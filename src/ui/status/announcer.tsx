/** Speaks now and then how the training stands: at most every ten seconds, and when it pauses. */

import { useEffect, useRef, useState } from 'react';
import type { RunState } from '../../store/run-store.ts';
import { useFormat, useSession, useStrings } from '../context.ts';
import type { Format } from '../format.ts';
import type { Strings } from '../strings/strings.ts';

const INTERVAL_MS = 10_000;

export function Announcer() {
  const { run } = useSession();
  const strings = useStrings();
  const format = useFormat();
  const [message, setMessage] = useState('');
  const spokenAt = useRef(0);
  useEffect(
    () =>
      run.subscribe((state, before) => {
        const isHalt = state.status === 'paused' && (before.status !== 'paused' || state.phase !== before.phase);
        const isDue = state.status !== 'paused' && performance.now() - spokenAt.current >= INTERVAL_MS;
        if (!isHalt && !isDue) return;
        spokenAt.current = performance.now();
        setMessage(report(state, strings, format));
      }),
    [run, strings, format],
  );
  return (
    <div className="visually-hidden" role="status">
      {message}
    </div>
  );
}

function report({ phase, status, step, figures, evaluation }: RunState, strings: Strings, format: Format): string {
  if (phase !== 'ready') return '';
  const loss = figures ? format.figure(figures.loss) : null;
  const exact = evaluation ? format.percent(evaluation.exactMatch) : null;
  if (status !== 'paused' && loss) return strings.status.training(format.integer(step), loss, exact);
  return step === 0 ? strings.status.opened : strings.status.paused(format.integer(step), loss, exact);
}
