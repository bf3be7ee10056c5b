/** Place by place: the untouched word, the edited one, and the words that could stand there instead. */

import { withWord } from '../../store/edits.ts';
import { type Comparison, edit, probabilityChange } from '../../store/edits-store.ts';
import type { Candidate } from '../../training/questions.ts';
import { useEdits, useFormat, useRun, useSession, useStrings } from '../context.ts';
import { Icon } from '../parts/icon.tsx';
import { ScrollFrame } from '../parts/scroll-frame.tsx';
import { tokenName, tokenText, Word } from '../parts/word.tsx';

/** Other words offered in each place. */
const OTHERS = 3;
/** The smallest probability that is printed. */
const LEAST = 0.01;
/** A probability that moved by less is not worth a line. */
const LEAST_CHANGE = 0.01;

export function Result() {
  const { whatIf } = useStrings();
  const result = useEdits((state) => state.result);
  const language = useRun((state) => state.run?.targetLanguage);
  const changed = useEdits((state) => state.isChanged.filter(Boolean).length);
  if (!result) return <section className="what-if-result" />;
  const { plain, edited } = result;
  const places = Math.max(plain.translation.target.length, edited.candidates.length, edited.translation.target.length);
  const isSame = changed === 0 && plain.translation.targetText === edited.translation.targetText;
  return (
    <section className="what-if-result" aria-labelledby="what-if-result">
      <h3 id="what-if-result">
        {whatIf.result.title}
        <span className="what-if-verdict" role="status">
          {plain !== edited && (isSame ? whatIf.result.same : whatIf.result.changed(changed))}
        </span>
      </h3>
      <ScrollFrame className="what-if-scroll" label={whatIf.result.caption}>
        <table lang={language}>
          <caption className="visually-hidden">{whatIf.result.caption}</caption>
          <tbody>
            <tr className="untouched">
              <th scope="row">{whatIf.result.untouched}</th>
              {range(places, (place) => (
                <Untouched key={place} result={result} place={place} />
              ))}
            </tr>
            <tr className="edited">
              <th scope="row">{whatIf.result.edited}</th>
              {range(places, (place) => (
                <EditedWord key={place} result={result} place={place} />
              ))}
            </tr>
            <tr className="others">
              <th scope="row">{whatIf.result.others}</th>
              {range(places, (place) => (
                <Others key={place} result={result} place={place} />
              ))}
            </tr>
          </tbody>
        </table>
      </ScrollFrame>
    </section>
  );
}

const range = <T,>(count: number, item: (index: number) => T): T[] => Array.from({ length: count }, (_, i) => item(i));

/** Two decimals, and `< 0.01` for what would read 0.00 though it is not; and how an upper bound is written. */
function useProbability(): readonly [print: (value: number) => string, bound: (value: number) => string] {
  const { result } = useStrings().whatIf;
  const format = useFormat();
  const bound = (value: number): string =>
    result.bound(format.weight(Math.max(LEAST, Math.ceil(value / LEAST) * LEAST)));
  return [(value) => (value >= LEAST / 2 ? format.weight(value) : bound(LEAST)), bound];
}

interface PlaceProps {
  readonly result: Comparison;
  readonly place: number;
}

function Untouched({ result: { plain }, place }: PlaceProps) {
  const [probability] = useProbability();
  const token = plain.translation.target[place];
  if (!token) return <td />;
  return (
    <td>
      <Word side="target" token={token.text} />
      <span className="p">{probability(plain.translation.probabilities[place])}</span>
    </td>
  );
}

/** What stands in a place of the edited translation; its end stands behind the last word. */
const wordAt = (
  { edited }: Comparison,
  place: number,
): { readonly token: string; readonly probability: number } | null => {
  const token = edited.translation.target[place]?.text;
  if (token !== undefined) return { token, probability: edited.translation.probabilities[place] };
  const isEnd = place === edited.translation.target.length && edited.translation.isComplete;
  return isEnd ? (edited.candidates[place]?.find((candidate) => candidate.token === END) ?? null) : null;
};
const END = '</s>';

function EditedWord({ result, place }: PlaceProps) {
  const strings = useStrings();
  const { result: words } = strings.whatIf;
  const [probability, bound] = useProbability();
  const { edits } = useSession();
  const forced = useEdits((state) => state.edits.words[place] ?? null);
  const isChanged = useEdits((state) => state.isChanged[place] ?? false);
  const word = wordAt(result, place);
  if (!word) return <td />;
  const change = result.plain === result.edited ? null : probabilityChange(result, place);
  const hasMoved = change && (change.token !== word.token || Math.abs(change.after - change.before) >= LEAST_CHANGE);
  const after = change && (change.isBound ? bound(change.after) : probability(change.after));
  const name = tokenName(word.token, strings);
  return (
    <td className={forced === null ? '' : 'forced'}>
      {/* Another word is another element, so that it flashes once. */}
      <span key={word.token} className={`what-if-word ${isChanged ? 'changed' : ''}`}>
        <Word side="target" token={word.token} />
        {isChanged && <span className="visually-hidden"> ({strings.whatIf.changedWord})</span>}
        {forced !== null && (
          <button
            type="button"
            className="release"
            aria-label={words.letGo(name, place + 1)}
            title={words.letGo(name, place + 1)}
            onClick={() => edit(edits, (now) => withWord(now, place, null))}
          >
            <Icon name="close" />
          </button>
        )}
      </span>
      <span className="p">{probability(word.probability)}</span>
      {/* Its line is always there, so that nothing below it moves. */}
      <span className="change">
        {hasMoved &&
          after &&
          (change.token === word.token
            ? words.change(probability(change.before), after)
            : words.changeOf(tokenText(change.token), probability(change.before), after))}
      </span>
    </td>
  );
}

function Others({ result, place }: PlaceProps) {
  const strings = useStrings();
  const { result: words } = strings.whatIf;
  const { edits } = useSession();
  const word = wordAt(result, place);
  const prefix = result.edited.translation.target.slice(0, place + 1).map((token) => token.text);
  const isFixed = useEdits((state) => prefix.every((token, at) => state.edits.words[at] === token));
  const candidates = result.edited.candidates[place] ?? [];
  if (!word && candidates.length === 0) return <td />;
  const others = candidates.filter((candidate) => candidate.token !== word?.token).slice(0, OTHERS);
  return (
    <td>
      {others.map((candidate) => (
        <OtherWord key={candidate.token} candidate={candidate} place={place} />
      ))}
      {prefix.length === place + 1 && (
        <button
          type="button"
          className="text-button fix"
          disabled={isFixed}
          title={words.fixHint}
          aria-label={words.fixUpTo(prefix.map((token) => tokenName(token, strings)).join(' '))}
          onClick={() =>
            edit(edits, (now) => prefix.reduce((all, token, position) => withWord(all, position, token), now))
          }
        >
          {words.fix}
        </button>
      )}
    </td>
  );
}

function OtherWord({
  candidate: { token, probability },
  place,
}: {
  readonly candidate: Candidate;
  readonly place: number;
}) {
  const strings = useStrings();
  const [print] = useProbability();
  const { edits } = useSession();
  return (
    <button
      type="button"
      className="other"
      aria-label={strings.whatIf.result.pick(tokenName(token, strings), place + 1, print(probability))}
      onClick={() => edit(edits, (now) => withWord(now, place, token))}
    >
      <span>{tokenText(token)}</span>
      <span className="p">{print(probability)}</span>
    </button>
  );
}
