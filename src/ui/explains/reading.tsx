/** What the three heatmaps say together, and what they do not. */

import { useFormat, useStrings } from '../context.ts';
import { closenessOf, FAINT_NATS, type PairAgreement } from './measures.ts';

export interface ReadingProps {
  readonly agreements: readonly PairAgreement[];
  readonly step: number;
  readonly sourceLength: number;
  /** Outputs that no left-out word costs anything. */
  readonly faint: number;
}

export function Reading({ agreements, step, sourceLength, faint }: ReadingProps) {
  const { explains, joined } = useStrings();
  const { reading, measures } = explains;
  const format = useFormat();
  const said = agreements
    .filter(({ a }) => a === 'attention')
    .map(({ a, b, overall: { tau, topSame, topRows } }) => ({
      key: b,
      text:
        tau === null
          ? reading.noTau
          : reading.agree(
              measures[a].name,
              measures[b].name,
              closenessOf(tau),
              format.change(tau),
              format.integer(topSame),
              format.integer(topRows),
            ),
    }));
  const others = agreements.find(({ a }) => a === 'gradientInput')?.overall.tau ?? null;
  const own = agreements.flatMap(({ a, overall }) => (a === 'attention' && overall.tau !== null ? [overall.tau] : []));
  return (
    <section className="reading" aria-labelledby="reading-title">
      <h3 id="reading-title">{reading.title}</h3>
      {step === 0 && <p>{reading.untrained}</p>}
      {sourceLength < 2 ? (
        <p>{reading.oneWord}</p>
      ) : (
        <p>
          {joined.sentences([
            ...new Set(said.map(({ text }) => text)),
            ...(others !== null && own.length > 0
              ? [reading.yardstick(closenessOf(others), others > Math.max(...own), format.change(others))]
              : []),
            ...(own.length > 0 ? [reading.tauNote] : []),
          ])}
        </p>
      )}
      {faint > 0 && <p>{reading.faint(faint, format.integer(faint), format.weight(FAINT_NATS))}</p>}
      <p>{reading.does}</p>
      <p>{reading.doesNot}</p>
      <p>{reading.literature}</p>
      <ul className="reading-sources">
        {reading.sources.map(({ text, url }) => (
          <li key={url}>
            <a href={url} target="_blank" rel="noreferrer">
              {text}
            </a>
          </li>
        ))}
      </ul>
    </section>
  );
}
