/** The source, the model's translation with its wrong words marked, and the reference. */

import type { ReactNode } from 'react';
import { useFrames, useRun, useStrings } from '../context.ts';
import { Sentence, Word } from '../parts/word.tsx';
import type { Strings } from '../strings/strings.ts';
import { isCharacters } from '../task/task-panel.tsx';

export function TranslationLines() {
  const { sentence } = useStrings();
  const shape = useFrames((state) => state.shape);
  const run = useRun((state) => state.run);
  const wrong = shape?.isWrong.filter(Boolean).length ?? 0;
  const source = shape?.source.map((token) => token.text) ?? [];
  const target = shape?.target.map((token) => token.text) ?? [];
  return (
    <dl className="translation">
      <Line label={sentence.source}>
        <span className={`sentence ${isCharacters(source) ? 'tight' : ''}`} lang={run?.sourceLanguage}>
          {shape?.source.map((token, place) => (
            <Word
              // biome-ignore lint/suspicious/noArrayIndexKey: a word is its place in the sentence
              key={place}
              side="source"
              token={token.text}
              place={place}
              mark={token.isUnknown ? 'unknown' : undefined}
            />
          ))}
        </span>
      </Line>
      <Line label={sentence.model}>
        <span className={`sentence ${isCharacters(target) ? 'tight' : ''}`} lang={run?.targetLanguage}>
          {shape?.target.map((token, place) => (
            <Word
              // biome-ignore lint/suspicious/noArrayIndexKey: a word is its place in the sentence
              key={place}
              side="target"
              token={token.text}
              place={place}
              mark={shape.isWrong[place] ? 'wrong' : undefined}
            />
          ))}
        </span>
        {shape?.target.length === 0 && <span className="verdict">{sentence.nothing}</span>}
        {shape?.reference && <span className="verdict">{verdict(wrong, shape.missing, sentence)}</span>}
        {shape && !shape.isComplete && <span className="verdict">{sentence.incomplete}</span>}
      </Line>
      <Line label={sentence.reference}>
        {shape?.reference ? (
          <Sentence
            side="target"
            tokens={shape.reference}
            language={run?.targetLanguage ?? ''}
            isTight={isCharacters(shape.reference)}
          />
        ) : (
          <span className="verdict">{shape ? sentence.noReference : ''}</span>
        )}
      </Line>
    </dl>
  );
}

function verdict(wrong: number, missing: number, sentence: Strings['sentence']): string {
  if (wrong > 0) return sentence.wrongWords(wrong);
  return missing > 0 ? sentence.missingWords(missing) : sentence.isRight;
}

function Line({ label, children }: { readonly label: string; readonly children: ReactNode }) {
  return (
    <div className="translation-line">
      <dt>{label}</dt>
      <dd>{children}</dd>
    </div>
  );
}
