/** A sentence of one's own, translated at once; and the choice of what stands on the stage. */

import { type FormEvent, useId, useState } from 'react';
import type { Staged } from '../../store/frame-store.ts';
import { useActions, useFrames, useRun, useStrings } from '../context.ts';
import { SENTENCE_INPUT_ID } from '../header/shortcuts.ts';
import { Segmented } from '../parts/segmented.tsx';
import { useErrorText } from '../status/error-text.ts';

export function SentenceBox() {
  const { sentence } = useStrings();
  const { translate } = useActions();
  const own = useFrames((state) => state.own?.text ?? null);
  const isTranslating = useFrames((state) => state.isTranslating);
  const example = useRun((state) => state.run?.samples.at(-1)?.sourceText ?? '');
  const language = useRun((state) => state.run?.sourceLanguage);
  const isFailed = useRun((state) => state.phase === 'failed');
  const [draft, setDraft] = useState<string | null>(null);
  const messageId = useId();
  const message = useMessage();

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
          placeholder={example && sentence.placeholder(example)}
          value={draft ?? own ?? ''}
          onChange={(event) => setDraft(event.target.value)}
          autoComplete="off"
          spellCheck={false}
          enterKeyHint="go"
          {...(language && { lang: language })}
        />
        <button type="submit" disabled={isTranslating || isFailed}>
          {isTranslating ? sentence.translating : sentence.translate}
        </button>
      </form>
      <SentenceChoice />
      <p className="sentence-message" id={messageId} role="status">
        {message}
      </p>
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
  return <Segmented label={sentence.choose} value={staged} options={options} onChange={choose} />;
}

/** Why the last sentence could not be translated, or which of its words the model does not know. */
function useMessage(): string {
  const { sentence } = useStrings();
  const errorText = useErrorText();
  const problem = useFrames((state) => state.problem);
  const isOwn = useFrames((state) => state.staged.kind === 'own');
  const source = useFrames((state) => state.shape?.source ?? null);
  if (problem) return errorText(problem);
  if (!isOwn || !source) return '';
  const unknown = source.filter((token) => token.isUnknown).map((token) => token.text);
  if (unknown.length === 0) return '';
  return unknown.length === source.length ? sentence.allUnknown : sentence.unknownWords([...new Set(unknown)]);
}
