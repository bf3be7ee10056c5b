/** The words nearest to a chosen one, each of which can be chosen in turn. */

import { litWord } from '../../store/view-store.ts';
import type { WordMap } from '../../training/questions.ts';
import { useFormat, useSession, useStrings } from '../context.ts';
import { type Side, tokenName, tokenText } from '../parts/word.tsx';

export interface NeighboursProps {
  readonly word: string | null;
  readonly neighbours: WordMap['neighbours'];
  readonly side: Side;
  readonly language: string | undefined;
  readonly onChoose: (token: string) => void;
}

export function Neighbours({ word, neighbours, side, language, onChoose }: NeighboursProps) {
  const strings = useStrings();
  const { words } = strings;
  const { view } = useSession();
  const format = useFormat();
  if (word === null) return <p className="drawer-note neighbours-none">{words.noWord}</p>;
  return (
    <table className="neighbours">
      <caption>{words.neighbours(tokenName(word, strings))}</caption>
      <thead>
        <tr>
          <th scope="col">{words.word}</th>
          <th scope="col">{words.cosine}</th>
        </tr>
      </thead>
      <tbody>
        {neighbours.map(({ token, cosine }) => (
          <tr key={token}>
            <td>
              <button
                type="button"
                className={`word ${side} neighbour`}
                onPointerEnter={() => view.setState({ hovered: litWord(side, token) })}
                onPointerLeave={() => view.setState({ hovered: null })}
                onFocus={() => view.setState({ hovered: litWord(side, token) })}
                onBlur={() => view.setState({ hovered: null })}
                onClick={() => onChoose(token)}
                {...(tokenName(token, strings) !== token && { 'aria-label': tokenName(token, strings) })}
                {...(language && { lang: language })}
              >
                {tokenText(token)}
              </button>
            </td>
            <td className="neighbour-cosine">
              <span className="neighbour-bar" style={{ inlineSize: `${48 * Math.max(0, cosine)}px` }} />
              {format.weight(cosine)}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
