/** For each target position the likeliest words, with their probabilities as bars: one tab stop, walked with the arrows. */

import { type KeyboardEvent, useRef, useState } from 'react';
import { activeLit, isWordLit, litWord, togglePin } from '../../store/view-store.ts';
import type { Token } from '../../training/protocol.ts';
import type { Candidate, Scene } from '../../training/questions.ts';
import { useFormat, useRun, useSession, useStrings, useView } from '../context.ts';
import { tokenName, tokenText } from '../parts/word.tsx';

export interface CandidatesProps {
  /** The translation that they belong to. */
  readonly target: readonly Token[];
  /** Of each position. */
  readonly lists: readonly (readonly Candidate[])[];
  /** Of each position, nats; null where they are not known. */
  readonly entropies: readonly number[] | null;
  /** What the scene forces. */
  readonly words: Scene['words'];
}

export function Candidates({ target, lists, entropies, words }: CandidatesProps) {
  const { nextWords, access } = useStrings();
  const { candidates } = nextWords;
  const format = useFormat();
  const language = useRun(({ run }) => run?.targetLanguage);
  const frame = useRef<HTMLOListElement>(null);
  const [wanted, setWanted] = useState({ position: 0, rank: 0 });
  const held = (position: number, rank: number) => {
    const at = Math.max(0, Math.min(lists.length - 1, position));
    return { position: at, rank: Math.max(0, Math.min((lists[at]?.length ?? 1) - 1, rank)) };
  };
  const stop = held(wanted.position, wanted.rank);
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.altKey || event.metaKey || event.ctrlKey) return;
    const { position, rank } = stop;
    const moves: Record<string, { position: number; rank: number }> = {
      ArrowRight: held(position + 1, rank),
      ArrowLeft: held(position - 1, rank),
      ArrowDown: held(position, rank + 1),
      ArrowUp: held(position, rank - 1),
      Home: held(0, rank),
      End: held(lists.length - 1, rank),
    };
    const next = moves[event.key];
    if (!next) return;
    event.preventDefault();
    setWanted(next);
    frame.current?.querySelector<HTMLElement>(`[data-candidate="${next.position} ${next.rank}"]`)?.focus();
  };
  return (
    <ol ref={frame} className="candidates" aria-label={access.candidates} onKeyDown={onKeyDown}>
      {lists.map((list, position) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a list is its position
        <li key={position}>
          <p className="candidates-head">
            <span>{candidates.position(position + 1)}</span>
            {entropies && (
              <span className="candidates-entropy" title={candidates.entropyHint}>
                {candidates.entropy(format.weight(entropies[position] ?? 0))}
              </span>
            )}
          </p>
          <ol className="candidate-list">
            {list.map(({ token, probability }, rank) => {
              const isTaken = (target[position]?.text ?? '</s>') === token;
              return (
                <li key={token} className={`candidate ${isTaken ? 'taken' : ''}`}>
                  <span className="candidate-bar" style={{ inlineSize: `${100 * probability}%` }} aria-hidden="true" />
                  <CandidateWord
                    token={token}
                    place={isTaken && position < target.length ? position : null}
                    position={position}
                    rank={rank}
                    probability={format.weight(probability)}
                    isTaken={isTaken}
                    isStop={position === stop.position && rank === stop.rank}
                    language={language}
                    onFocus={() => setWanted({ position, rank })}
                  />
                  <span className="candidate-probability">{format.weight(probability)}</span>
                  {isTaken && rank > 0 && words[position] === token && (
                    <span className="visually-hidden"> ({candidates.forced})</span>
                  )}
                </li>
              );
            })}
          </ol>
        </li>
      ))}
    </ol>
  );
}

interface CandidateWordProps {
  readonly token: string;
  /** Row on the stage; null for a word that is not on it. */
  readonly place: number | null;
  readonly position: number;
  readonly rank: number;
  readonly probability: string;
  readonly isTaken: boolean;
  readonly isStop: boolean;
  readonly language: string | undefined;
  readonly onFocus: () => void;
}

function CandidateWord({ token, place, position, rank, isStop, language, onFocus, ...spoken }: CandidateWordProps) {
  const strings = useStrings();
  const { view } = useSession();
  const isLit = useView((state) => isWordLit(activeLit(state), 'target', token, place));
  const isPinned = useView(({ pinned }) => isWordLit(pinned, 'target', token, place));
  const lit = litWord('target', token, place);
  const light = (): void => view.setState({ hovered: lit });
  const rest = (): void => view.setState({ hovered: null });
  return (
    <button
      type="button"
      className={`candidate-word word target ${isLit ? 'lit' : ''}`}
      data-candidate={`${position} ${rank}`}
      tabIndex={isStop ? 0 : -1}
      aria-pressed={isPinned}
      aria-label={strings.access.candidate(
        position + 1,
        rank + 1,
        tokenName(token, strings),
        spoken.probability,
        spoken.isTaken,
      )}
      onPointerEnter={light}
      onPointerLeave={rest}
      onFocus={(event) => {
        onFocus();
        if (event.target.matches(':focus-visible')) light();
      }}
      onBlur={rest}
      onClick={() => togglePin(view, lit)}
    >
      <span {...(language && { lang: language })}>{tokenText(token)}</span>
    </button>
  );
}
