/** A sentence of one's own, translated at once; and the choice of what stands on the stage. */

import { type FormEvent, useId, useState } from 'react';
import type { Staged } from '../../store/frame-store.ts';
import { useActions, useFrames, useRun, useSession, useStrings } from '../context.ts';
import { SENTENCE_INPUT_ID } from '../header/shortcuts.ts';
import { Segmented } from '../parts/segmented.tsx';
import { useErrorText } from '../status/error-text.ts';

export function SentenceBox() {
  const { sentence } = useStrings();
  const { frames } = useSession();
  const { translate } = useActions();
  const own = useFrames((state) => state.own?.text ?? null);
  const isTranslating = useFrames((state) => state.isTranslating);
  const example = useRun((state) => state.run?.samples.at(-1)?.sourceText ?? '');
  const language = useRun((state) => state.run?.sourceLanguage);
  const isFailed = useRun((state) => state.phase === 'failed');
  const [draft, setDraft] = useState<string | null>(null);
  const messageId = useId();
  const errorText = useErrorText();
  const problem = useFrames((state) => state.problem);

  const change = (text: string): void => {
    setDraft(text);
    if (problem) frames.setState({ problem: null });
  };
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    void translate(draft ?? own ?? '');
  };
  return (
    <div className="sentence-box">
      <form className="sentence-form" onSubmit={submit}>
        <input
          id={SENTENCE_INPUT_ID}
          aria-label={sentence.label}
          aria-describedby={messageId}
          aria-invalid={problem !== null}
          placeholder={example && sentence.placeholder(example)}
          value={draft ?? own ?? ''}
          onChange={(event) => change(event.target.value)}
          autoComplete="off"
          spellCheck={false}
          enterKeyHint="go"
          {...(language && { lang: language })}
        />
        <button type="submit" disabled={isTranslating || isFailed}>
          {isTranslating ? sentence.translating : sentence.translate}
        </button>
        <span id={messageId} role="status" className={problem ? 'bubble' : ''}>
          {problem && errorText(problem)}
        </span>
      </form>
      <SentenceChoice />
    </div>
  );
}

/** Probes by number, and the typed sentence once there is one. */
function SentenceChoice() {
  const { sentence } = useStrings();
  const { stage } = useActions();
  const staged = useFrames((state) => (state.staged.kind === 'own' ? 'own' : String(state.staged.index)));
  const probeCount = useFrames((state) => state.probeKeys.length);
  const hasOwn = useFrames((state) => state.own !== null);
  const samples = useRun((state) => state.run?.samples ?? null);
  const options = Array.from({ length: probeCount }, (_, index) => ({
    value: String(index),
    label: String(index + 1),
    name: `${sentence.probe(index + 1)}: ${samples?.[index]?.sourceText ?? ''}`,
  }));
  if (hasOwn) options.push({ value: 'own', label: sentence.own, name: sentence.own });
  const choose = (value: string): void => {
    const next: Staged = value === 'own' ? { kind: 'own' } : { kind: 'probe', index: Number(value) };
    stage(next);
  };
  return (
    <div className="sentence-choice">
      <span aria-hidden="true">{sentence.probes}</span>
      <Segmented label={sentence.choose} value={staged} options={options} onChange={choose} />
    </div>
  );
}
