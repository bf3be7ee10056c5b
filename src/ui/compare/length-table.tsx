/** The figures behind the curves over sentence lengths, with the number of sentences behind each. */

import type { LengthQuality } from '../../training/protocol.ts';
import { useFormat } from '../context.ts';
import { ScrollFrame } from '../parts/scroll-frame.tsx';
import type { RaceFigure } from '../strings/en-compare.ts';
import { figureText, useCompareStrings } from './words.ts';

/** The newest figures of a lane. */
export interface MeasuredLane {
  readonly name: string;
  /** Index of the lane. */
  readonly lane: number;
  readonly step: number;
  readonly buckets: readonly LengthQuality[];
}

export interface LengthTableProps {
  readonly measured: readonly MeasuredLane[];
  readonly figure: RaceFigure;
}

export function LengthTable({ measured, figure }: LengthTableProps) {
  const { lengths: words } = useCompareStrings();
  const format = useFormat();
  const [first] = measured;
  if (!first) return null;
  return (
    <ScrollFrame className="race-table" label={words.caption(format.integer(first.step))}>
      <table>
        <caption>{words.caption(format.integer(first.step))}</caption>
        <thead>
          <tr>
            <th scope="col">{words.length}</th>
            <th scope="col">{words.sentences}</th>
            {measured.map(({ name, lane }) => (
              <th key={lane} scope="col">
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {first.buckets.map(({ from, to, sentences }, place) => (
            <tr key={from}>
              <th scope="row">{words.range(format.integer(from), format.integer(to))}</th>
              <td>{format.integer(sentences)}</td>
              {measured.map(({ lane, buckets }) => (
                <td key={lane}>{figureText(figure, buckets[place]?.[figure] ?? Number.NaN, format)}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </ScrollFrame>
  );
}
