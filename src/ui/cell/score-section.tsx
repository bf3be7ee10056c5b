/** Step one of a card: the score's formula, and the same with this cell's numbers. */

import type { ScoreKind } from '../../model/config.ts';
import type { Trace } from '../../training/questions.ts';
import { useStrings } from '../context.ts';
import { Formula } from '../parts/formula.tsx';
import { Added, factor, Step } from './arithmetic.tsx';
import { type AdditiveTerm, type ProductTerm, type ScoreCard, SHOWN_UNITS } from './score-card.ts';
import { limitOf, SignedBar } from './signed-bar.tsx';
import { UnitTable } from './unit-table.tsx';

/** The score of word j at step t, in the letters of `MODEL.md`. */
const FORMULAS: Readonly<Record<Exclude<ScoreKind, 'none'>, (query: string) => string>> = {
  additive: (s) => `a_j = Σ_k v_k tanh({(W h_j)}_k + {(U ${s})}_k + b_k)`,
  'linear-concat': (s) => `a_j = W h_j + U ${s} + b`,
  general: (s) => `a_j = Σ_k {(W h_j)}_k · ${s}`,
  dot: (s) => `a_j = Σ_k h_{j,k} · ${s}`,
  'scaled-dot': (s) => `a_j = \\frac{1}{\\sqrt{D_e}} Σ_k h_{j,k} · ${s}`,
  uniform: () => 'a_j = 0',
};

/** The state that the decoder looks with, or the classifier's query; and its unit k. */
const queryName = ({ placement, tensors }: Trace, hasUnit: boolean): string => {
  if (tensors.query) return hasUnit ? 'q_k' : 'q';
  const step = placement === 'before' ? 't−1' : 't';
  return `s_{${step}${hasUnit ? ',k' : ''}}`;
};

export function ScoreSection({ trace, card }: { readonly trace: Trace; readonly card: ScoreCard | null }) {
  const { cell } = useStrings();
  const { score: kind } = trace;
  if (kind === 'none') return null;
  const isProduct = kind === 'general' || kind === 'dot' || kind === 'scaled-dot';
  return (
    <Step number={1} title={cell.score}>
      <Formula isBlock text={FORMULAS[kind](queryName(trace, isProduct))} />
      {card ? <Numbers card={card} /> : <p className="hint">{cell.misfit}</p>}
    </Step>
  );
}

function Numbers({ card }: { readonly card: ScoreCard }) {
  const { cell } = useStrings();
  if (card.kind === 'uniform')
    return (
      <>
        <p className="hint">{cell.uniformHint(card.words)}</p>
        <Total text={card.score.text} />
      </>
    );
  if (card.kind === 'linear-concat') {
    const parts = [card.key, card.query, card.bias];
    const limit = limitOf(parts);
    return (
      <>
        <ul className="terms">
          {parts.map((part, i) => (
            <li key={cell.linearParts[i]}>
              <span className="term-name">{cell.linearParts[i]}</span>
              <SignedBar value={part.value} limit={limit} />
              <span className="term-value">{part.text}</span>
            </li>
          ))}
        </ul>
        <Total text={card.score.text} sum={<Added terms={parts} />} />
      </>
    );
  }
  const shown = card.rest ? card.terms.slice(0, SHOWN_UNITS) : card.terms;
  const limit = limitOf([...shown.map(({ term }) => term), ...(card.rest ? [card.rest] : [])]);
  const others = card.terms.length - shown.length;
  return (
    <>
      <p className="hint">{cell.scoreHint(card.terms.length)}</p>
      <ul className="terms">
        {shown.map((term) => (
          <li key={term.unit}>
            <span className="term-name">{cell.unit(term.unit)}</span>
            <SignedBar value={term.term.value} limit={limit} />
            <span className="term-value">{term.term.text}</span>
            <span className="term-sum">{isAdditive(term) ? <Additive term={term} /> : <Product term={term} />}</span>
          </li>
        ))}
        {card.rest && (
          <li>
            <span className="term-name">{cell.rest(others)}</span>
            <SignedBar value={card.rest.value} limit={limit} />
            <span className="term-value">{card.rest.text}</span>
          </li>
        )}
      </ul>
      <Total
        text={card.score.text}
        sum={'divisor' in card && card.divisor ? `${card.sum.text} / ${card.divisor.text}` : null}
        rows={'sum' in card ? card.sum.text : null}
      />
      <UnitTable card={card} />
    </>
  );
}

const isAdditive = (term: AdditiveTerm | ProductTerm): term is AdditiveTerm => 'v' in term;

const Additive = ({ term }: { readonly term: AdditiveTerm }) => (
  <>
    {term.v.text} · tanh(
    <Added terms={[term.key, term.query, term.bias]} />){' '}
    <span>
      = {term.v.text} · {factor(term.tanh)}
    </span>
  </>
);

const Product = ({ term }: { readonly term: ProductTerm }) => (
  <>
    {term.key.text} · {factor(term.query)}
  </>
);

interface TotalProps {
  readonly text: string;
  readonly sum?: React.ReactNode;
  /** Σ of the lines above, where the score is not just that. */
  readonly rows?: string | null;
}

function Total({ text, sum = null, rows = null }: TotalProps) {
  const { cell } = useStrings();
  return (
    <p className="card-total">
      <span>
        {cell.scoreTotal} <Formula text="a_j" />
      </span>
      <span>
        {sum ? <>= {sum} </> : rows && rows !== text ? <>= {rows} </> : null}= <strong>{text}</strong>
      </span>
    </p>
  );
}
