/** A sentence of one's own, translated at once. */

import { type FormEvent, useId, useState } from 'react';
import { useActions, useFrames, useRun, useSession, useStrings } from '../context.ts';
import { SENTENCE_INPUT_ID } from '../header/shortcuts.ts';
import { useErrorText } from '../status/error-text.ts';
import { SentenceChoice } from './sentence-choice.tsx';

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
          dir="auto"
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
