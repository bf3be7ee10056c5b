/** Finds a word on the map: typed, or taken from the list of those that the model has. */

import { type FormEvent, useId, useState } from 'react';
import { useStrings } from '../context.ts';

/** Words offered while one types; a longer list helps nobody. */
const MAX_OFFERED = 30;

export interface WordSearchProps {
  readonly tokens: readonly string[];
  readonly language: string | undefined;
  readonly onFound: (token: string) => void;
}

export function WordSearch({ tokens, language, onFound }: WordSearchProps) {
  const { words } = useStrings();
  const [text, setText] = useState('');
  const [missing, setMissing] = useState<string | null>(null);
  const listId = useId();
  const messageId = useId();
  const wanted = text.trim().toLocaleLowerCase();
  const offered = wanted === '' ? [] : tokens.filter((token) => token.toLocaleLowerCase().startsWith(wanted));
  /** Exactly what was typed, else the same in other capitals. */
  const match = (typed: string): string | undefined =>
    tokens.find((token) => token === typed.trim()) ??
    tokens.find((token) => token.toLocaleLowerCase() === typed.trim().toLocaleLowerCase());
  const change = (typed: string): void => {
    setText(typed);
    setMissing(null);
  };
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (wanted === '') return;
    const token = match(text) ?? offered[0];
    if (token === undefined) setMissing(text.trim());
    else onFound(token);
  };
  return (
    <form className="words-tool" onSubmit={submit}>
      <input
        className="word-search"
        aria-label={words.search}
        aria-describedby={messageId}
        placeholder={words.search}
        list={listId}
        value={text}
        autoComplete="off"
        spellCheck={false}
        onChange={(event) => change(event.target.value)}
        {...(language && { lang: language })}
      />
      <datalist id={listId}>
        {offered.slice(0, MAX_OFFERED).map((token) => (
          <option key={token} value={token} />
        ))}
      </datalist>
      <span id={messageId} role="status">
        {missing !== null && words.noSuchWord(missing)}
      </span>
    </form>
  );
}
