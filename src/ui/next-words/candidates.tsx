/** For each target position the likeliest words, with their probabilities as bars. */

import type { Token } from '../../training/protocol.ts';
import type { Candidate, Scene } from '../../training/questions.ts';
import { useFormat, useRun, useStrings } from '../context.ts';
import { Word } from '../parts/word.tsx';

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
  const { candidates } = useStrings().nextWords;
  const format = useFormat();
  const language = useRun(({ run }) => run?.targetLanguage);
  return (
    <ol className="candidates">
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
          <ol className="candidate-list" {...(language && { lang: language })}>
            {list.map(({ token, probability }, rank) => {
              const isTaken = (target[position]?.text ?? '</s>') === token;
              return (
                <li key={token} className={`candidate ${isTaken ? 'taken' : ''}`}>
                  <span className="candidate-bar" style={{ inlineSize: `${100 * probability}%` }} aria-hidden="true" />
                  <Word side="target" token={token} place={isTaken && position < target.length ? position : null} />
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
