/** A word of a sentence: lights with the same word everywhere, and pins on a click. */

import { Fragment, type ReactNode } from 'react';
import { readCell } from '../../lib/picture-cells.ts';
import { activeLit, isWordLit, litWord, togglePin } from '../../store/view-store.ts';
import { useRun, useSession, useStrings, useView } from '../context.ts';
import type { Strings } from '../strings/strings.ts';
import { SmallPicture } from './small-picture.tsx';
import { attachedTokens } from './spacing.ts';

export type Side = 'source' | 'target';

/** A token as people read it: a lone space and the end symbol are made visible, a cell of a picture is its row and column. */
export function tokenText(token: string): string {
  const cell = readCell(token);
  if (cell) return `${cell.row},${cell.column}`;
  return token === ' ' ? '␣' : token === '</s>' ? '∎' : token;
}

/** A token as it is spoken. */
export function tokenName(token: string, strings: Strings): string {
  const cell = readCell(token);
  if (cell) return strings.picture.cell(cell.row, cell.column);
  if (token === ' ') return strings.sentence.space;
  if (token === '</s>') return strings.sentence.end;
  return token === '<unk>' ? strings.sentence.unknown : token;
}

export interface WordProps {
  readonly side: Side;
  readonly token: string;
  /** BCP 47, where it is not that of the run's sentences. */
  readonly language?: string;
  /** Row or column on the stage; null for a word that stands elsewhere. */
  readonly place?: number | null;
  readonly mark?: 'wrong' | 'unknown' | undefined;
  /** In words, what stood here at the moment that the stage is compared with. */
  readonly changed?: string | undefined;
}

export function Word({ side, token, language: own, place = null, mark, changed }: WordProps) {
  const { view } = useSession();
  const { sentence, joined } = useStrings();
  const ofRun = useRun(({ run }) => (side === 'source' ? run?.sourceLanguage : run?.targetLanguage));
  const language = own ?? ofRun;
  const isLit = useView((state) => isWordLit(activeLit(state), side, token, place));
  const lit = litWord(side, token, place);
  const state = mark === 'wrong' ? sentence.wrongWord : mark === 'unknown' ? sentence.unknownWord : undefined;
  const note = joined.list([state, changed].filter((text) => text !== undefined));
  return (
    // The same words are reached by keyboard through the grid; a tab stop for each would bury every other control.
    // biome-ignore lint/a11y/noStaticElementInteractions: pointing is an extra here, the grid is the way in
    // biome-ignore lint/a11y/useKeyWithClickEvents: as above
    <span
      className={`word ${side} ${mark ?? ''} ${isLit ? 'lit' : ''} ${changed === undefined ? '' : 'differs'}`}
      onPointerEnter={() => view.setState({ hovered: lit })}
      onPointerLeave={() => view.setState({ hovered: null })}
      onClick={() => togglePin(view, lit)}
      {...(note && { title: note })}
    >
      <span {...(language && { lang: language })}>{tokenText(token)}</span>
      {note && <span className="visually-hidden"> ({note})</span>}
    </span>
  );
}

export interface SentenceProps {
  readonly side: Side;
  readonly tokens: readonly string[];
  readonly language: string;
  /** The sentence as people write it, which has the spaces between the tokens. */
  readonly text?: string;
  /** Characters stand closer than words. */
  readonly isTight?: boolean;
}

/** A sentence that is not the one on the stage; of a picture, the picture. */
export function Sentence({ side, tokens, language, text, isTight = false }: SentenceProps) {
  const strings = useStrings();
  if (side === 'source' && readCell(tokens[0] ?? ''))
    return <SmallPicture tokens={tokens} label={strings.picture.name} />;
  return (
    <SentenceText tokens={tokens} text={text} language={language} isTight={isTight}>
      {(token) => <Word side={side} token={token} language={language} />}
    </SentenceText>
  );
}

/** True between two words that are written as one: a line may end there. */
const isInnerBreak = (tokens: readonly string[], place: number): boolean =>
  /\p{L}$/u.test(tokens[place - 1]) && /^\p{L}/u.test(tokens[place]);

interface SentenceTextProps {
  readonly tokens: readonly string[];
  readonly text: string | undefined;
  readonly language: string | undefined;
  readonly isTight: boolean;
  children(token: string, place: number): ReactNode;
}

/** The words of a sentence with the spaces that belong between them, from the right where its script is written so. */
export function SentenceText({ tokens, text, language, isTight, children }: SentenceTextProps) {
  const attached = attachedTokens(tokens, text);
  return (
    <span className={`sentence ${isTight ? 'tight' : ''}`} lang={language} dir="auto">
      {tokens.map((token, place) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a word is its place in the sentence
        <Fragment key={place}>
          {place > 0 && !isTight && (attached[place] ? isInnerBreak(tokens, place) && <wbr /> : ' ')}
          {children(token, place)}
        </Fragment>
      ))}
    </span>
  );
}
