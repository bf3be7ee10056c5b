/** The attention of the untouched translation, small: what the edits on the stage are to be compared with. */

import { useEffect, useRef, useState } from 'react';
import { attentionScale } from '../../viz/attention-scale.ts';
import { paintWeights } from '../../viz/heatmap-paint.ts';
import { useEdits, useFormat, useStrings } from '../context.ts';
import { nextInGrid, PictureStop } from '../parts/picture-stop.tsx';
import { tokenName } from '../parts/word.tsx';
import { useTheme } from '../theme.ts';

const MAX_SIDE = 168;
const MAX_CELL = 14;

export function PlainHeatmap() {
  const strings = useStrings();
  const format = useFormat();
  const { result: words } = strings.whatIf;
  /** Index of the cell that is walked to; null where the focus is elsewhere. */
  const [walked, setWalked] = useState<number | null>(null);
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
  const at = Math.min(walked ?? 0, rows * columns - 1);
  const [row, column] = [Math.floor(at / columns), at % columns];
  const [output, input] = [translation.target[row], translation.source[column]].map((token) =>
    tokenName(token?.text ?? '', strings),
  ) as [string, string];
  const said = strings.heatmap.cell(row + 1, output, column + 1, input, format.weight(translation.weights[at] ?? 0));
  const text = (tokens: typeof translation.source): string => tokens.map((token) => token.text).join(' ');
  return (
    <figure className="what-if-plain">
      <figcaption>{words.plainHeatmap}</figcaption>
      <div className="picture" style={{ inlineSize: columns * cell, blockSize: rows * cell }}>
        <canvas
          key={`${columns} ${rows}`}
          ref={element}
          role="img"
          aria-label={words.plainHeatmapLabel(text(translation.source), translation.targetText)}
          width={columns}
          height={rows}
          style={{ inlineSize: columns * cell, blockSize: rows * cell }}
        />
        {walked !== null && (
          <span
            className="what-if-plain-mark"
            style={{ left: column * cell, top: row * cell, width: cell, height: cell }}
          />
        )}
        <PictureStop
          label={strings.access.untouched}
          at={at}
          count={rows * columns}
          text={said}
          next={(key) => nextInGrid(at, rows, columns, key)}
          onReach={setWalked}
          onLeave={() => setWalked(null)}
        />
      </div>
      <p className="what-if-plain-said">{walked !== null && said}</p>
    </figure>
  );
}
