/** The source, the model's translation with its wrong words marked, and the reference. */

import type { ReactNode } from 'react';
import { pictureOf, readCell } from '../../lib/picture-cells.ts';
import { familyOf } from '../../model/config.ts';
import type { Shape } from '../../store/shape.ts';
import type { Token } from '../../training/protocol.ts';
import { useFrames, useRun, useSettings, useStrings } from '../context.ts';
import { wasText } from '../heatmap/readout.tsx';
import { SmallPicture } from '../parts/small-picture.tsx';
import { Term } from '../parts/term.tsx';
import { Sentence, SentenceText, type Side, Word } from '../parts/word.tsx';
import type { Strings } from '../strings/strings.ts';
import { isCharacters } from '../task/task-panel.tsx';
import { useChangedWords } from '../time/use-changed-words.ts';

export function TranslationLines() {
  const { sentence, picture } = useStrings();
  const isPicture = useFrames((state) => readCell(state.shape?.source[0]?.text ?? '') !== null);
  const shape = useFrames((state) => state.shape);
  const hasDecoder = useSettings(({ config }) => familyOf(config.task) !== 'classifier');
  const isForced = useFrames((state) => state.mode === 'teacher-forced');
  const language = useRun((state) => state.run?.targetLanguage ?? '');
  return (
    <dl className="translation">
      {shape && !shape.hasAttention && (
        <Line label={sentence.source}>
          <StagedSentence side="source" shape={shape} />
        </Line>
      )}
      <Line
        label={
          hasDecoder ? <Term name={isForced ? 'teacherForcing' : 'freeRunning'}>{sentence.model}</Term> : sentence.model
        }
        isSingle
        verdict={shape && verdictOn(shape, sentence)}
      >
        {shape && <StagedSentence side="target" shape={shape} />}
      </Line>
      <Line label={shape && !shape.reference ? sentence.note : sentence.reference}>
        {shape?.reference ? (
          <Sentence
            side="target"
            tokens={shape.reference}
            text={shape.referenceText}
            language={language}
            isTight={isCharacters(shape.reference)}
          />
        ) : (
          <span className="note">{shape && (isPicture ? picture.noReference : noteOn(shape.source, sentence))}</span>
        )}
      </Line>
    </dl>
  );
}

/** The sentence of the heatmap: its words light with their row or column. */
function StagedSentence({ side, shape }: { readonly side: Side; readonly shape: Shape }) {
  const language = useRun(({ run }) => (side === 'source' ? run?.sourceLanguage : run?.targetLanguage));
  const strings = useStrings();
  const was = useChangedWords();
  const changedAt = (place: number): string | undefined => {
    const word = side === 'target' ? (was?.[place] ?? null) : null;
    return word === null ? undefined : wasText(word, strings);
  };
  const tokens = shape[side];
  const texts = tokens.map((token) => token.text);
  if (pictureOf(texts)) return <SmallPicture tokens={texts} label={strings.picture.name} />;
  return (
    <SentenceText
      tokens={texts}
      text={side === 'target' ? shape.targetText : undefined}
      language={language}
      isTight={isCharacters(texts)}
    >
      {(token, place) => (
        <Word
          side={side}
          token={token}
          place={place}
          mark={side === 'target' && shape.isWrong[place] ? 'wrong' : tokens[place].isUnknown ? 'unknown' : undefined}
          changed={changedAt(place)}
        />
      )}
    </SentenceText>
  );
}

/** Which words of a typed sentence the model does not know. */
function noteOn(source: readonly Token[], sentence: Strings['sentence']): string {
  const unknown = source.filter((token) => token.isUnknown).map((token) => token.text);
  if (unknown.length === 0) return sentence.noReference;
  return unknown.length === source.length ? sentence.allUnknown : sentence.unknownWords([...new Set(unknown)]);
}

function verdictOn(shape: Shape, sentence: Strings['sentence']): string {
  if (!shape.isComplete) return sentence.incomplete;
  if (shape.target.length === 0) return sentence.nothing;
  if (!shape.reference) return '';
  const wrong = shape.isWrong.filter(Boolean).length;
  if (wrong > 0) return sentence.wrongWords(wrong);
  return shape.missing > 0 ? sentence.missingWords(shape.missing) : sentence.isRight;
}

interface LineProps {
  readonly label: ReactNode;
  readonly verdict?: string | null;
  /** Keeps to its room however many words there are, so that nothing below it moves. */
  readonly isSingle?: boolean;
  readonly children: ReactNode;
}

function Line({ label, verdict, isSingle, children }: LineProps) {
  return (
    <div className="translation-line">
      <dt>{label}</dt>
      <dd className={isSingle ? 'single' : ''}>{children}</dd>
      {verdict && <dd className="verdict">{verdict}</dd>}
    </div>
  );
}
