/** Kendall's τ and the same top word for each pair of measures, overall and for each output word. */

import { activeLit, isWordLit } from '../../store/view-store.ts';
import { useFormat, useRun, useStrings, useView } from '../context.ts';
import { tokenText } from '../parts/word.tsx';
import type { Words } from './lit-place.ts';
import type { PairAgreement } from './measures.ts';

export interface AgreementTableProps {
  readonly words: Words;
  readonly agreements: readonly PairAgreement[];
}

export function AgreementTable({ words, agreements }: AgreementTableProps) {
  const { explains } = useStrings();
  const { agreement: strings, measures } = explains;
  const format = useFormat();
  const tau = (value: number | null): string => (value === null ? strings.undefined : format.change(value));
  return (
    <div className="agreement">
      <h3 id="agreement-title">{strings.title}</h3>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a frame that scrolls has to be reachable by keyboard */}
      <section className="agreement-scroll" aria-labelledby="agreement-title" tabIndex={0}>
        <table>
          <thead>
            <tr>
              <td rowSpan={2} />
              {agreements.map(({ a, b }) => (
                <th key={`${a} ${b}`} scope="colgroup" colSpan={2}>
                  {strings.pair(measures[a].name, measures[b].name)}
                </th>
              ))}
            </tr>
            <tr>
              {agreements.flatMap(({ a, b }) => [
                <th key={`${a} ${b} tau`} scope="col" title={strings.tauHint}>
                  {strings.tau}
                </th>,
                <th key={`${a} ${b} top`} scope="col" title={strings.topHint}>
                  {strings.top}
                </th>,
              ])}
            </tr>
          </thead>
          <tbody>
            <tr className="overall">
              <th scope="row">{strings.overall}</th>
              {agreements.flatMap(({ a, b, overall }) => [
                <td key={`${a} ${b} tau`}>{tau(overall.tau)}</td>,
                <td key={`${a} ${b} top`}>
                  {strings.topShare(format.integer(overall.topSame), format.integer(overall.topRows))}
                </td>,
              ])}
            </tr>
            {words.target.map((token, row) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: a row is its place in the sentence
              <Row key={row} token={token} row={row}>
                {agreements.flatMap(({ a, b, rows }) => [
                  <td key={`${a} ${b} tau`}>{tau(rows[row]?.tau ?? null)}</td>,
                  <td key={`${a} ${b} top`} className={rows[row]?.isTopSame === false ? 'is-other' : ''}>
                    {topText(rows[row]?.isTopSame ?? null, strings)}
                  </td>,
                ])}
              </Row>
            ))}
          </tbody>
        </table>
      </section>
    </div>
  );
}

const topText = (
  isSame: boolean | null,
  strings: { readonly isSame: string; readonly isOther: string; readonly undefined: string },
): string => (isSame === null ? strings.undefined : isSame ? strings.isSame : strings.isOther);

function Row({
  token,
  row,
  children,
}: {
  readonly token: string;
  readonly row: number;
  readonly children: React.ReactNode;
}) {
  const language = useRun(({ run }) => run?.targetLanguage);
  const isLit = useView((state) => isWordLit(activeLit(state), 'target', token, row));
  return (
    <tr className={isLit ? 'lit' : ''}>
      <th scope="row" className="target" {...(language && { lang: language })}>
        {tokenText(token)}
      </th>
      {children}
    </tr>
  );
}
