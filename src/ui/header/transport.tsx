/** Train or pause, one step, n steps, reset. */

import { type FormEvent, useId, useState } from 'react';
import { isRunning } from '../../store/run-store.ts';
import { useActions, useRun, useSession, useStrings, useView } from '../context.ts';
import { Icon } from '../parts/icon.tsx';
import { SteadyButton } from '../parts/steady-button.tsx';

const MAX_STEPS = 100_000;

export function Transport() {
  const { header, app } = useStrings();
  const { toggle, step, reset } = useActions();
  const running = useRun(isRunning);
  const isReady = useRun((state) => state.phase === 'ready');
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset would draw its own frame and legend
    <div className="transport" role="group" aria-label={app.controls}>
      <button type="button" className="primary" disabled={!isReady} onClick={toggle} aria-keyshortcuts="Space">
        <Icon name={running ? 'pause' : 'play'} />
        <span>{running ? header.pause : header.train}</span>
      </button>
      <button type="button" disabled={!isReady} onClick={() => step(1)} aria-keyshortcuts="s">
        <Icon name="step" />
        <span>{header.step}</span>
      </button>
      <ManySteps isReady={isReady} />
      <SteadyButton className="quiet" isIdle={!isReady} onClick={reset} aria-keyshortcuts="r">
        <Icon name="reset" />
        <span>{header.reset}</span>
      </SteadyButton>
    </div>
  );
}

function ManySteps({ isReady }: { readonly isReady: boolean }) {
  const { header } = useStrings();
  const { view } = useSession();
  const { step } = useActions();
  const stepCount = useView((state) => state.stepCount);
  const [draft, setDraft] = useState<string | null>(null);
  const problemId = useId();
  const isBad = draft !== null && !isCount(draft);

  const change = (text: string): void => {
    setDraft(text);
    if (isCount(text)) view.setState({ stepCount: Number(text) });
  };
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (!isBad) step(stepCount);
  };
  return (
    <form className="many-steps" onSubmit={submit} noValidate>
      <input
        inputMode="numeric"
        size={5}
        aria-label={header.stepCount}
        aria-invalid={isBad}
        {...(isBad && { 'aria-describedby': problemId })}
        value={draft ?? String(stepCount)}
        onChange={(event) => change(event.target.value)}
        onBlur={() => !isBad && setDraft(null)}
      />
      <button type="submit" disabled={!isReady || isBad} aria-keyshortcuts="n">
        {header.steps}
      </button>
      {isBad && (
        <span className="bubble" id={problemId} role="status">
          {header.badStepCount}
        </span>
      )}
    </form>
  );
}

const isCount = (text: string): boolean => /^\s*\d+\s*$/.test(text) && Number(text) >= 1 && Number(text) <= MAX_STEPS;
