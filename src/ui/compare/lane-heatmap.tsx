/** The attention of one lane for the followed sentence, with its words where they fit. */

import { useEffect, useRef, useState } from 'react';
import { placed } from '../../lib/places.ts';
import type { Translation } from '../../training/protocol.ts';
import { attentionScale } from '../../viz/attention-scale.ts';
import { paintWeights } from '../../viz/heatmap-paint.ts';
import { useFormat, useStrings } from '../context.ts';
import { useWidth } from '../meters/use-width.ts';
import { nextInGrid, PictureStop } from '../parts/picture-stop.tsx';
import { tokenName, tokenText } from '../parts/word.tsx';
import { useTheme } from '../theme.ts';
import { useCompareStrings } from './words.ts';

/** Words fit beside cells of this size. */
const WORD_CELL = 17;
const MAX_CELL = 20;
const MIN_CELL = 3;
/** Of the width, for the words down. */
const GUTTER_SHARE = 0.36;

export interface LaneHeatmapProps {
  readonly name: string;
  readonly translation: Translation;
  readonly hasAttention: boolean;
  readonly sourceLanguage: string;
  readonly targetLanguage: string;
}

export function LaneHeatmap(props: LaneHeatmapProps) {
  const { name, translation: newest, hasAttention, sourceLanguage, targetLanguage } = props;
  const strings = useStrings();
  const { race: words } = useCompareStrings();
  const format = useFormat();
  const theme = useTheme();
  const canvas = useRef<HTMLCanvasElement>(null);
  const frame = useRef<HTMLDivElement>(null);
  const width = useWidth(frame);
  const [walked, setWalked] = useState<number | null>(null);
  /** What is read holds still. */
  const [held, setHeld] = useState<Translation | null>(null);
  const translation = held ?? newest;
  const { source, target, weights } = translation;
  const [rows, columns] = [target.length, source.length];
  const hasCells = weights.length > 0 && rows * columns > 0;

  useEffect(() => {
    const context = canvas.current?.getContext('2d');
    if (!context || !hasCells) return;
    const image = context.createImageData(columns, rows);
    paintWeights(weights, attentionScale(theme), image.data);
    context.putImageData(image, 0, 0);
  }, [weights, hasCells, rows, columns, theme]);

  const wordCell = Math.min(MAX_CELL, Math.floor((width * (1 - GUTTER_SHARE)) / Math.max(1, columns)));
  const hasWords = wordCell >= WORD_CELL;
  const isUpright = source.every((token) => [...token.text].length === 1);
  const cell = hasWords ? wordCell : Math.max(MIN_CELL, Math.min(MAX_CELL, Math.floor(width / Math.max(1, columns))));
  const at = Math.min(walked ?? 0, Math.max(0, rows * columns - 1));
  const [row, column] = [Math.floor(at / Math.max(1, columns)), at % Math.max(1, columns)];
  const cellText = (): string =>
    strings.heatmap.cell(
      row + 1,
      tokenName(target[row]?.text ?? '', strings),
      column + 1,
      tokenName(source[column]?.text ?? '', strings),
      format.weight(weights[at] ?? 0),
    );
  const text = source.map((token) => token.text).join(' ');
  return (
    <div
      ref={frame}
      className="lane-heatmap"
      onPointerEnter={() => setHeld(newest)}
      onPointerLeave={() => setHeld(null)}
    >
      {width > 0 && hasCells && (
        <div className="lane-map" style={{ '--cell': `${cell}px` } as React.CSSProperties}>
          {hasWords && (
            <div className={`lane-sources ${isUpright ? 'upright' : ''}`} lang={sourceLanguage} aria-hidden="true">
              {placed(source).map(({ item: token, place }) => (
                <span key={place}>{tokenText(token.text)}</span>
              ))}
            </div>
          )}
          {hasWords && (
            <div className="lane-targets" lang={targetLanguage} aria-hidden="true">
              {placed(target).map(({ item: token, place }) => (
                <span key={place}>{tokenText(token.text)}</span>
              ))}
            </div>
          )}
          <div className="picture lane-cells" style={{ inlineSize: columns * cell, blockSize: rows * cell }}>
            <canvas
              key={`${columns} ${rows}`}
              ref={canvas}
              role="img"
              aria-label={words.heatmap(name, text, translation.targetText)}
              width={columns}
              height={rows}
            />
            {walked !== null && (
              <span className="lane-mark" style={{ left: column * cell, top: row * cell, width: cell, height: cell }} />
            )}
            <PictureStop
              label={words.walk(name)}
              at={at}
              count={rows * columns}
              text={cellText()}
              next={(key) => nextInGrid(at, rows, columns, key)}
              onReach={(place) => {
                setHeld(translation);
                setWalked(place);
              }}
              onLeave={() => {
                setHeld(null);
                setWalked(null);
              }}
            />
          </div>
        </div>
      )}
      {!hasWords && rows > 0 && (
        <p className="lane-text" lang={targetLanguage}>
          {translation.targetText}
        </p>
      )}
      {!hasCells && <p className="hint">{hasAttention ? words.noTranslation : words.noAttention}</p>}
      <p className="lane-said">{walked !== null && cellText()}</p>
    </div>
  );
}
