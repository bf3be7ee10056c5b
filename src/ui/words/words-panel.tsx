/** The word vectors as a map, moving as the training goes on, and the neighbours of a word. */

import '../styles/words.css';
import { familyOf } from '../../model/config.ts';
import { activeLit, litWord, togglePin, WORD_SIDES } from '../../store/view-store.ts';
import { useRun, useSession, useStrings, useView } from '../context.ts';
import { PanelFrame } from '../drawer/panel-frame.tsx';
import { useAnswer } from '../drawer/use-answer.ts';
import { useHeld } from '../drawer/use-held.ts';
import { Segmented } from '../parts/segmented.tsx';
import type { Side } from '../parts/word.tsx';
import { Neighbours } from './neighbours.tsx';
import { WordMapPicture } from './word-map-picture.tsx';
import { WordSearch } from './word-search.tsx';

export default function WordsPanel() {
  const { words } = useStrings();
  const { view } = useSession();
  const held = useHeld();
  // A picture has no words, and a class no vector.
  const family = useRun(({ run }) => (run ? familyOf(run.config.task) : 'translator'));
  const sides = WORD_SIDES.filter(
    (value) => (value === 'target' || family !== 'reader') && (value === 'source' || family !== 'classifier'),
  );
  const mapped = useView((state) => state.mapSide);
  const side = sides.includes(mapped) ? mapped : (sides[0] ?? mapped);
  const found = useView((state) => state.near);
  const pinned = useView(
    (state) => (side === 'source' ? state.pinned?.sourceToken : state.pinned?.targetToken) ?? null,
  );
  const lit = useView((state) => {
    const now = activeLit(state);
    return (side === 'source' ? now?.sourceToken : now?.targetToken) ?? null;
  });
  const language = useRun(({ run }) => (side === 'source' ? run?.sourceLanguage : run?.targetLanguage));
  const near = pinned ?? found;
  const asked = useAnswer('word-map', { side, near }, { isLive: true, isHeld: held.isHeld });
  const answer = asked.question?.side === side ? asked.answer : null;
  const isKnown = near !== null && (answer?.tokens.includes(near) ?? false);
  const choose = (token: string): void => {
    view.setState({ near: token });
    if (token !== pinned) togglePin(view, litWord(side, token));
  };
  const change = (mapSide: Side): void => view.setState({ mapSide, near: null });
  return (
    <PanelFrame
      step={answer?.step ?? null}
      isBehind={asked.isBehind}
      error={asked.error}
      held={held}
      tools={
        <>
          <span className="words-tool">
            <span aria-hidden="true">{words.side}</span>
            <Segmented
              label={words.side}
              value={side}
              options={sides.map((value) => ({
                value,
                label: words.sides[value],
              }))}
              onChange={change}
            />
          </span>
          <WordSearch key={side} tokens={answer?.tokens ?? []} language={language} onFound={choose} />
        </>
      }
    >
      {answer ? (
        <div className="words">
          <WordMapPicture map={answer} side={side} lit={lit} chosen={near} onChoose={choose} />
          <div className="words-beside">
            <p className="drawer-note">{words.hint}</p>
            <Neighbours
              word={isKnown ? near : null}
              neighbours={asked.question?.near === near ? answer.neighbours : []}
              side={side}
              language={language}
              onChoose={choose}
            />
          </div>
        </div>
      ) : (
        !asked.error && <p className="drawer-note">{words.loading}</p>
      )}
    </PanelFrame>
  );
}
