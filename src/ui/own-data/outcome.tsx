/** What a choice gives: pairs, vocabulary, what is left out and why; and the button that trains on it. */

import { useStore } from 'zustand';
import type { ImportedTable, ImportPreview } from '../../training/protocol.ts';
import { useActions, useFormat, useSession, useStrings } from '../context.ts';
import { ScrollFrame } from '../parts/scroll-frame.tsx';
import { Sentence } from '../parts/word.tsx';
import { useErrorText } from '../status/error-text.ts';
import type { Strings } from '../strings/strings.ts';
import { isCharacters } from '../task/task-panel.tsx';

export interface OutcomeProps {
  readonly table: ImportedTable;
  readonly preview: ImportPreview;
}

export function Outcome({ table, preview }: OutcomeProps) {
  const strings = useStrings();
  const { data } = strings;
  const format = useFormat();
  const errorText = useErrorText();
  const { imports } = useSession();
  const { trainOnImported } = useActions();
  const isInUse = useStore(imports, (state) => state.isInUse);
  const isBusy = useStore(imports, (state) => state.progress !== null);
  const { corpus } = preview;
  return (
    <section className="data-outcome">
      <h3>{data.resultTitle}</h3>
      {preview.problem && <p role="status">{errorText(preview.problem)}</p>}
      <dl>
        {corpus && (
          <>
            <Row label={data.pairs}>
              {data.pairsValue(
                format.integer(corpus.trainPairs),
                format.integer(corpus.validationPairs),
                format.integer(corpus.testPairs),
              )}
            </Row>
            <Row label={data.vocabulary}>
              {data.vocabularyValue(
                format.integer(corpus.sourceVocabularySize),
                format.integer(corpus.targetVocabularySize),
              )}
            </Row>
            {corpus.unknownSourceWords + corpus.unknownTargetWords > 0 && (
              <Row label={data.becomeUnknown}>
                {data.becomeUnknownValue(
                  format.integer(corpus.unknownSourceWords),
                  format.integer(corpus.unknownTargetWords),
                )}
                <span className="data-examples">
                  {data.suchAs}
                  <Sentence side="source" tokens={corpus.unknownSourceExamples} language={corpus.sourceLanguage} />
                  <Sentence side="target" tokens={corpus.unknownTargetExamples} language={corpus.targetLanguage} />
                </span>
              </Row>
            )}
            <Row label={data.unknown}>
              {data.unknownValue(format.percent(corpus.unknownSource), format.percent(corpus.unknownTarget))}
            </Row>
            <Row label={data.conflicting}>
              {data.conflictingValue(format.integer(preview.conflicting), format.integer(preview.sources))}
            </Row>
          </>
        )}
        <Row label={data.leftOut}>{leftOut(table, preview, strings, format.integer)}</Row>
      </dl>
      {corpus && (
        <div className="data-use">
          <button type="button" className="primary" disabled={isInUse || isBusy} onClick={() => void trainOnImported()}>
            {data.use}
          </button>
          <span role="status">{isInUse && data.inUse}</span>
        </div>
      )}
      <Rejected table={table} preview={preview} />
      {corpus && (
        <>
          <h3>{data.sample}</h3>
          <ul className="samples">
            {corpus.sample.map(({ source, target, sourceText, targetText }, i) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: pairs of a sample
              <li key={i}>
                <Sentence
                  side="source"
                  tokens={source}
                  text={sourceText}
                  language={corpus.sourceLanguage}
                  isTight={isCharacters(source)}
                />
                <Sentence
                  side="target"
                  tokens={target}
                  text={targetText}
                  language={corpus.targetLanguage}
                  isTight={isCharacters(target)}
                />
              </li>
            ))}
          </ul>
        </>
      )}
    </section>
  );
}

function leftOut(
  table: ImportedTable,
  { droppedTooLong, droppedEmptySide, droppedDuplicate }: ImportPreview,
  { data, joined }: Pick<Strings, 'data' | 'joined'>,
  integer: (value: number) => string,
): string {
  const counts = [
    ['too-long', droppedTooLong],
    ['empty-side', droppedEmptySide],
    ['duplicate', droppedDuplicate],
    ['unreadable', table.rejectedCount],
  ] as const;
  const texts = counts.flatMap(([kind, count]) => (count > 0 ? [data.dropped(kind, integer(count))] : []));
  return texts.length > 0 ? joined.list(texts) : data.nothingLeftOut;
}

function Row({ label, children }: { readonly label: string; readonly children: React.ReactNode }) {
  return (
    <div>
      <dt>{label}</dt>
      <dd>{children}</dd>
    </div>
  );
}

/** Every line that was left out, with its reason; folded until somebody wants to know. */
function Rejected({ table, preview }: OutcomeProps) {
  const { data } = useStrings();
  const format = useFormat();
  const told = [...table.rejected, ...preview.rejected].sort((a, b) => a.line - b.line);
  const { droppedTooLong, droppedEmptySide, droppedDuplicate } = preview;
  const count = table.rejectedCount + droppedTooLong + droppedEmptySide + droppedDuplicate;
  if (count === 0) return null;
  return (
    <details className="data-rejected">
      <summary>{data.showRejected(format.integer(count))}</summary>
      <ScrollFrame className="data-scroll" label={data.leftOut}>
        <table>
          <thead>
            <tr>
              <th scope="col">{data.rejectedLine}</th>
              <th scope="col">{data.rejectedReason}</th>
              <th scope="col">{data.rejectedText}</th>
            </tr>
          </thead>
          <tbody>
            {told.map(({ line, reason, excerpt }, i) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: a line may be told twice
              <tr key={i}>
                <td className="number">{format.integer(line)}</td>
                <td>{data.reasons[reason]}</td>
                <td>{excerpt}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </ScrollFrame>
      {count > told.length && <p className="hint">{data.moreRejected(format.integer(count - told.length))}</p>}
    </details>
  );
}
