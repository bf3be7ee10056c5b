/** The probes as small heatmaps, of the moment that the stage shows; a click puts one on the stage. */

import { lazy, Suspense, useEffect, useRef } from 'react';
import { readCell } from '../../lib/picture-cells.ts';
import { pinnedShown } from '../../store/frame-store.ts';
import { isRunning } from '../../store/run-store.ts';
import { attentionScale } from '../../viz/attention-scale.ts';
import { paintWeights } from '../../viz/heatmap-paint.ts';
import { calmly } from '../calm.ts';
import { useActions, useFrames, useRun, useSession, useStrings } from '../context.ts';
import { sourceName } from '../parts/small-picture.tsx';
import { Sentence } from '../parts/word.tsx';
import { isCharacters } from '../task/task-panel.tsx';
import { prefersStillness, useTheme } from '../theme.ts';

const SmallReading = lazy(() => import('../picture/small-reading.tsx'));

/** Largest side of a small heatmap and of one of its cells, pixels. */
const MAX_SIDE = 112;
const MAX_CELL = 12;

export function Probes() {
  const strings = useStrings();
  const { meters } = strings;
  const { stage } = useActions();
  const keys = useFrames((state) => state.probeKeys);
  const staged = useFrames((state) => (state.staged.kind === 'probe' ? state.staged.index : -1));
  const run = useRun((state) => state.run);
  if (keys.length === 0) return null;
  return (
    <section className="probes" aria-labelledby="probes-title">
      <h3 id="probes-title">{meters.probes}</h3>
      <ul>
        {keys.map((key, index) => {
          const sample = run?.samples[index];
          const isPicture = readCell(sample?.source[0] ?? '') !== null;
          return (
            <li key={key}>
              <button
                type="button"
                className="probe"
                aria-pressed={staged === index}
                aria-label={meters.showProbe(sample ? sourceName(sample, strings) : '')}
                onClick={() => stage({ kind: 'probe', index })}
              >
                {isPicture ? (
                  <Suspense>
                    <SmallReading sentence={key} />
                  </Suspense>
                ) : (
                  <SmallHeatmap sentence={key} />
                )}
              </button>
              {sample && !isPicture && (
                <Sentence
                  side="source"
                  tokens={sample.source}
                  text={sample.sourceText}
                  language={run?.sourceLanguage ?? ''}
                  isTight={isCharacters(sample.source)}
                />
              )}
            </li>
          );
        })}
      </ul>
    </section>
  );
}

function SmallHeatmap({ sentence }: { readonly sentence: string }) {
  const { frames, run } = useSession();
  const theme = useTheme();
  const element = useRef<HTMLCanvasElement>(null);
  useEffect(() => {
    const canvas = element.current;
    const context = canvas?.getContext('2d');
    if (!canvas || !context) return;
    let painted: unknown = null;
    let request = 0;
    const paint = (): void => {
      request = 0;
      const translation = pinnedShown(frames.getState(), sentence)?.translation;
      const columns = translation?.source.length ?? 0;
      const rows = translation?.target.length ?? 0;
      if (!translation || columns * rows === 0) return;
      const cell = Math.max(3, Math.min(MAX_CELL, Math.floor(MAX_SIDE / Math.max(columns, rows))));
      if (canvas.width !== columns || canvas.height !== rows) {
        canvas.width = columns;
        canvas.height = rows;
        canvas.style.width = `${columns * cell}px`;
      }
      const image = context.createImageData(columns, rows);
      paintWeights(translation.weights, attentionScale(theme), image.data);
      context.putImageData(image, 0, 0);
    };
    const receive = (): void => {
      const next = pinnedShown(frames.getState(), sentence);
      if (!next || next === painted) return;
      painted = next;
      request ||= requestAnimationFrame(paint);
    };
    const calm = calmly(receive, () => prefersStillness() && isRunning(run.getState()));
    const stop = frames.subscribe(calm.call);
    calm.call();
    return () => {
      stop();
      calm.stop();
      cancelAnimationFrame(request);
    };
  }, [frames, run, sentence, theme]);
  return <canvas ref={element} className="small-heatmap" width={1} height={1} />;
}
