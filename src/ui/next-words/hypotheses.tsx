/** The translations that a beam search found, ranked; any of them can stand on the stage. */

import { useMemo } from 'react';
import { useStore } from 'zustand';
import { forcesWords, hypothesisWords, stageHypothesis } from '../../store/hypotheses.ts';
import type { BeamSearch } from '../../training/questions.ts';
import { useFormat, useRun, useSession, useStrings } from '../context.ts';
import { SteadyButton } from '../parts/steady-button.tsx';
import { Sentence } from '../parts/word.tsx';
import { isCharacters } from '../task/task-panel.tsx';

export interface HypothesesProps {
  readonly search: BeamSearch;
  /** The translation under the pointer or the focus. */
  readonly onPoint: (index: number | null) => void;
}

export function Hypotheses({ search, onPoint }: HypothesesProps) {
  const { beam } = useStrings().nextWords;
  const { edits } = useSession();
  const format = useFormat();
  const language = useRun(({ run }) => run?.targetLanguage ?? '');
  const now = useStore(edits, (state) => state.edits);
  const words = useMemo(() => search.hypotheses.map((_, index) => hypothesisWords(search, index)), [search]);
  return (
    <table className="hypotheses">
      <caption>{beam.hypotheses}</caption>
      <thead>
        <tr>
          <th scope="col" className="visually-hidden">
            #
          </th>
          <th scope="col">{beam.translation}</th>
          <th scope="col" className="hypothesis-score">
            {beam.score}, {beam.scoreUnit}
          </th>
          <td />
        </tr>
      </thead>
      <tbody>
        {search.hypotheses.map(({ node, translation, score }, index) => {
          const tokens = translation.target.map(({ text }) => text);
          const isShown = forcesWords(now, words[index] ?? []);
          return (
            <tr
              key={node}
              onPointerEnter={() => onPoint(index)}
              onPointerLeave={() => onPoint(null)}
              onFocus={() => onPoint(index)}
              onBlur={() => onPoint(null)}
            >
              <th scope="row" className="hypothesis-rank">
                {format.integer(index + 1)}
              </th>
              <td>
                {tokens.length > 0 ? (
                  <Sentence
                    side="target"
                    tokens={tokens}
                    text={translation.targetText}
                    language={language}
                    isTight={isCharacters(tokens)}
                  />
                ) : (
                  <span className="note">{beam.empty}</span>
                )}
                {!translation.isComplete && <span className="note"> ({beam.cutOff})</span>}
              </td>
              <td className="hypothesis-score">{format.figure(score)}</td>
              <td>
                <SteadyButton
                  aria-pressed={isShown}
                  aria-label={isShown ? beam.shown : beam.showing(translation.targetText)}
                  isIdle={isShown}
                  onClick={() => stageHypothesis(edits, search, index)}
                >
                  {isShown ? beam.shown : beam.show}
                </SteadyButton>
              </td>
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}
