/** The source sentence, word by word: type another one, or remove it. */

import { type ChangeEvent, useEffect, useState } from 'react';
import { keptPlaces, withSource } from '../../store/edits.ts';
import { edit } from '../../store/edits-store.ts';
import { useActions, useEdits, useRun, useSession, useStrings } from '../context.ts';
import { Icon } from '../parts/icon.tsx';
import { tokenName, tokenText } from '../parts/word.tsx';
import { isCharacters } from '../task/task-panel.tsx';

const VOCABULARY_ID = 'source-vocabulary';
const MAX_LENGTH = 40;

export function SourceWords() {
  const { whatIf } = useStrings();
  const words = useEdits((state) => state.base?.source ?? NONE);
  const source = useEdits((state) => state.edits.source);
  const read = useEdits((state) => state.result?.edited.translation.source ?? null);
  const language = useRun((state) => state.run?.sourceLanguage);
  const vocabulary = useSourceVocabulary();
  const kept = keptPlaces({ source }, words.length);
  const isTight = isCharacters(words);
  const unknown = read?.filter((token) => token.isUnknown).map((token) => token.text) ?? [];
  return (
    <section className="what-if-source" aria-labelledby="what-if-source">
      <div className="what-if-head">
        <h3 id="what-if-source">{whatIf.source.title}</h3>
        <p className="hint">{unknown.length > 0 ? whatIf.source.unknown(unknown) : whatIf.source.hint}</p>
      </div>
      <ol className={isTight ? 'tight' : ''} lang={language}>
        {words.map((word, place) => (
          <SourceWord
            // biome-ignore lint/suspicious/noArrayIndexKey: a word is its place in the sentence
            key={`${place} ${source[place] ?? word}`}
            place={place}
            word={word}
            edited={source[place]}
            isLast={kept.length === 1 && kept[0] === place}
            isUnknown={read?.[kept.indexOf(place)]?.isUnknown ?? false}
            isCharacter={isTight}
            vocabulary={vocabulary}
          />
        ))}
      </ol>
      <datalist id={VOCABULARY_ID}>
        {vocabulary.map((word) => (
          <option key={word} value={word} />
        ))}
      </datalist>
    </section>
  );
}

const NONE: readonly string[] = [];

/** The words that the encoder knows, asked for once a run. */
function useSourceVocabulary(): readonly string[] {
  const { ask } = useActions();
  const run = useRun((state) => state.run);
  const [words, setWords] = useState<readonly string[]>(NONE);
  useEffect(() => {
    if (!run) return;
    let isWanted = true;
    void ask('vocabulary', { side: 'source' }).then(({ answer }) => {
      if (isWanted && answer) setWords(answer.tokens);
    });
    return () => {
      isWanted = false;
    };
  }, [ask, run]);
  return words;
}

interface SourceWordProps {
  readonly place: number;
  readonly word: string;
  /** What stands in its place; null where it is removed, undefined where it is as it was. */
  readonly edited: string | null | undefined;
  readonly isLast: boolean;
  readonly isUnknown: boolean;
  readonly isCharacter: boolean;
  readonly vocabulary: readonly string[];
}

function SourceWord({ place, word, edited, isLast, isUnknown, isCharacter, vocabulary }: SourceWordProps) {
  const strings = useStrings();
  const { source } = strings.whatIf;
  const { edits } = useSession();
  const current = edited ?? word;
  const [draft, setDraft] = useState(tokenText(current));
  const name = tokenName(current, strings);
  const isRemoved = edited === null;

  const put = (text: string): void => {
    const typed = text === '␣' || (isCharacter && text === ' ') ? ' ' : text.trim() || text.slice(0, 1);
    const known = vocabulary.includes(typed) ? typed : vocabulary.find((item) => item === typed.toLowerCase());
    const next = known ?? typed;
    setDraft(tokenText(next === '' ? current : next));
    if (next === '' || next === current) return;
    edit(edits, (now) => withSource(now, place, next === word ? undefined : next));
  };
  const change = (event: ChangeEvent<HTMLInputElement>): void => {
    const { value } = event.target;
    setDraft(value);
    // Chosen from the list rather than typed.
    const { nativeEvent } = event;
    const isTyped = nativeEvent instanceof InputEvent && nativeEvent.inputType !== 'insertReplacementText';
    if (!isTyped && vocabulary.includes(value)) put(value);
  };
  return (
    <li
      className={`${isRemoved ? 'removed' : ''} ${edited === undefined ? '' : 'edited'} ${isUnknown ? 'unknown' : ''}`}
    >
      <input
        aria-label={source.word(place + 1)}
        list={VOCABULARY_ID}
        value={draft}
        style={{ inlineSize: `calc(${Math.max(2, [...draft].length + 1)}ch + 12px)` }}
        maxLength={isCharacter ? 1 : MAX_LENGTH}
        disabled={isRemoved}
        autoComplete="off"
        spellCheck={false}
        onFocus={(event) => event.target.select()}
        onChange={change}
        onBlur={() => put(draft)}
        onKeyDown={(event) => {
          if (event.key === 'Enter') put(draft);
          if (event.key !== 'Escape' || draft === tokenText(current)) return;
          event.stopPropagation();
          setDraft(tokenText(current));
        }}
      />
      {edited === undefined ? (
        <button
          type="button"
          disabled={isLast}
          aria-label={source.remove(name)}
          title={isLast ? source.last : source.remove(name)}
          onClick={() => edit(edits, (now) => withSource(now, place, null))}
        >
          <Icon name="close" />
        </button>
      ) : (
        <button
          type="button"
          aria-label={source.giveBack(tokenName(word, strings))}
          title={source.giveBack(tokenName(word, strings))}
          onClick={() => edit(edits, (now) => withSource(now, place, undefined))}
        >
          <Icon name="reset" />
        </button>
      )}
    </li>
  );
}
