/**
 * The probes as small heatmaps, or as words where there is no attention, of the moment that the stage shows; a click puts one on the
 * stage.
 */

import { lazy, Suspense, useEffect, useMemo, useRef } from 'react';
import { readCell } from '../../lib/picture-cells.ts';
import { type FrameState, pinnedShown } from '../../store/frame-store.ts';
import { isRunning } from '../../store/run-store.ts';
import { keepShape, type Shape, shapeOf } from '../../store/shape.ts';
import type { SamplePair } from '../../training/protocol.ts';
import { attentionScale } from '../../viz/attention-scale.ts';
import { paintWeights } from '../../viz/heatmap-paint.ts';
import { calmly } from '../calm.ts';
import { useActions, useFrames, useRun, useSession, useStrings } from '../context.ts';
import { SmallPicture, sourceName } from '../parts/small-picture.tsx';
import { Sentence, SentenceText, type Side, tokenText } from '../parts/word.tsx';
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
  const hasAttention = run?.config.score !== 'none';
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
                className={`probe ${hasAttention ? '' : 'in-words'}`}
                aria-pressed={staged === index}
                aria-label={meters.showProbe(sample ? sourceName(sample, strings) : '')}
                onClick={() => stage({ kind: 'probe', index })}
              >
                {!hasAttention ? (
                  <InWords sentence={key} sample={sample} />
                ) : isPicture ? (
                  <Suspense>
                    <SmallReading sentence={key} />
                  </Suspense>
                ) : (
                  <SmallHeatmap sentence={key} />
                )}
              </button>
              {sample && !isPicture && hasAttention && (
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

/** What is pinned, above what the model makes of it: the same words as on the stage. */
function InWords({ sentence, sample }: { readonly sentence: string; readonly sample: SamplePair | undefined }) {
  const { picture } = useStrings();
  const run = useRun((state) => state.run);
  // The same shape as long as its words are.
  const select = useMemo(() => {
    let kept: Shape | null = null;
    return (state: FrameState): Shape | null => {
      const translation = pinnedShown(state, sentence)?.translation;
      if (translation) kept = keepShape(kept, shapeOf(sentence, translation));
      return kept;
    };
  }, [sentence]);
  const shape = useFrames(select);
  const source = sample?.source ?? [];
  return (
    <>
      {readCell(source[0] ?? '') ? (
        <SmallPicture tokens={source} label={picture.name} />
      ) : (
        <Words side="source" tokens={source} text={sample?.sourceText} language={run?.sourceLanguage} />
      )}
      {shape && (
        <Words
          side="target"
          tokens={shape.target.map((token) => token.text)}
          text={shape.targetText}
          language={run?.targetLanguage}
          isWrong={shape.isWrong}
        />
      )}
    </>
  );
}

interface WordsProps {
  readonly side: Side;
  readonly tokens: readonly string[];
  readonly text: string | undefined;
  readonly language: string | undefined;
  readonly isWrong?: readonly boolean[];
}

/** Words that belong to the button around them. */
function Words({ side, tokens, text, language, isWrong = [] }: WordsProps) {
  return (
    <SentenceText tokens={tokens} text={text} language={language} isTight={isCharacters(tokens)}>
      {(token, place) => <span className={`word ${side} ${isWrong[place] ? 'wrong' : ''}`}>{tokenText(token)}</span>}
    </SentenceText>
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
