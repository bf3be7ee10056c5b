/** The chosen runs' held-out curves, one chart each with the others behind it, on the same axes. */

import { useState } from 'react';
import type { MetricsHistory } from '../../store/history.ts';
import { useFormat } from '../context.ts';
import { Segmented } from '../parts/segmented.tsx';
import type { RaceFigure } from '../strings/en-compare.ts';
import { Curves } from './curves.tsx';
import { heldAt } from './places.ts';
import { figureText, useCompareStrings } from './words.ts';

const FIGURES = ['exactMatch', 'tokenAccuracy', 'bleu'] as const satisfies readonly RaceFigure[];
const HEIGHT = 84;

export interface RunLine {
  readonly key: string;
  readonly name: string;
  /** The settings in which it differs, in words; empty where it does not. */
  readonly settings: string;
  readonly history: MetricsHistory;
}

export function RunsCurves({ lines }: { readonly lines: readonly RunLine[] }) {
  const words = useCompareStrings();
  const format = useFormat();
  const [figure, setFigure] = useState<(typeof FIGURES)[number]>('exactMatch');
  const [at, setAt] = useState<number | null>(null);
  if (lines.length === 0) return <p className="hint">{words.runs.noCurves}</p>;
  const curves = lines.map(({ history }) => history.heldOut[figure]);
  const lastStep = Math.max(1, ...lines.map(({ history }) => history.lastStep));
  const figureName = words.figures[figure];
  return (
    <section className="runs-curves" aria-label={words.runs.curves(figureName)}>
      <Segmented
        label={words.figure}
        value={figure}
        options={FIGURES.map((value) => ({ value, label: words.figures[value] }))}
        onChange={setFigure}
      />
      <ul className="lanes">
        {lines.map(({ key, name, settings }, i) => {
          const value = curves[i] ? heldAt(curves[i], at) : Number.NaN;
          const text = Number.isNaN(value) ? '–' : figureText(figure, value, format);
          return (
            <li key={key} className="lane">
              <h3>
                {name}
                <span className="lane-value">
                  {text} {at !== null && <span className="unit">{words.race.atStep(format.integer(at))}</span>}
                </span>
              </h3>
              {settings && <p className="hint">{settings}</p>}
              <Curves
                label={words.race.chart(name, figureName, text)}
                walkLabel={words.race.chart(name, figureName, text)}
                curves={curves}
                main={i}
                lastStep={lastStep}
                height={HEIGHT}
                at={at}
                onAt={setAt}
                text={(step, share) =>
                  `${figureText(figure, share, format)} ${words.race.atStep(format.integer(step))}`
                }
              />
            </li>
          );
        })}
      </ul>
    </section>
  );
}
