/** The attention of the untouched translation, small: what the edits on the stage are to be compared with. */

import { useEffect, useRef } from 'react';
import { attentionScale } from '../../viz/attention-scale.ts';
import { paintWeights } from '../../viz/heatmap-paint.ts';
import { useEdits, useStrings } from '../context.ts';
import { useTheme } from '../theme.ts';

const MAX_SIDE = 168;
const MAX_CELL = 14;

export function PlainHeatmap() {
  const { result: words } = useStrings().whatIf;
  const theme = useTheme();
  const translation = useEdits((state) => state.result?.plain.translation ?? null);
  const element = useRef<HTMLCanvasElement>(null);
  const columns = translation?.source.length ?? 0;
  const rows = translation?.target.length ?? 0;
  const hasCells = translation !== null && translation.weights.length > 0;
  useEffect(() => {
    const context = element.current?.getContext('2d');
    if (!context || !hasCells) return;
    const image = context.createImageData(columns, rows);
    paintWeights(translation.weights, attentionScale(theme), image.data);
    context.putImageData(image, 0, 0);
  }, [translation, hasCells, columns, rows, theme]);
  if (!hasCells) return null;
  const cell = Math.max(4, Math.min(MAX_CELL, Math.floor(MAX_SIDE / Math.max(columns, rows))));
  const text = (tokens: typeof translation.source): string => tokens.map((token) => token.text).join(' ');
  return (
    <figure className="what-if-plain">
      <figcaption>{words.plainHeatmap}</figcaption>
      <canvas
        key={`${columns} ${rows}`}
        ref={element}
        role="img"
        aria-label={words.plainHeatmapLabel(text(translation.source), translation.targetText)}
        width={columns}
        height={rows}
        style={{ inlineSize: columns * cell, blockSize: rows * cell }}
      />
    </figure>
  );
}
