/** What the colours mean: 0 to 1, always the same. */

import { readCell } from '../../lib/picture-cells.ts';
import { attentionScale } from '../../viz/attention-scale.ts';
import { RIBBON_THRESHOLD } from '../../viz/ribbon-layout.ts';
import { signedScale } from '../../viz/signed-scale.ts';
import { useFormat, useFrames, useStrings, useTimeline, useView } from '../context.ts';
import { Term } from '../parts/term.tsx';
import { useTheme } from '../theme.ts';

const STEPS = 11;

export function Legend() {
  const { heatmap, time, ribbons } = useStrings();
  const showTable = useView((state) => state.showTable);
  // Over a picture the probabilities are printed.
  const isOverPicture = useFrames(({ shape }) => readCell(shape?.source[0]?.text ?? '') !== null) && !showTable;
  const isRibbons = useView((state) => state.picture === 'ribbons') && !isOverPicture;
  const format = useFormat();
  const theme = useTheme();
  const comparedLimit = useTimeline((state) => state.difference?.limit ?? null);
  // Ribbons have no width for less than nothing: they stay with α.
  const limit = isRibbons ? null : comparedLimit;
  const hasGold = useFrames((state) => state.shape?.gold.some((links) => links.length > 0) ?? false);
  const colours = Array.from({ length: STEPS }, (_, i) => {
    const share = i / (STEPS - 1);
    return limit === null ? attentionScale(theme).colour(share) : signedScale(theme).colour(2 * share - 1);
  });
  return (
    <div className="legend">
      <span className="formula">{limit === null ? heatmap.legend : time.legend}</span>
      <span>{limit === null ? '0' : format.change(-limit)}</span>
      <span className="legend-strip" style={{ background: `linear-gradient(to right, ${colours.join(', ')})` }} />
      <span>{limit === null ? '1' : format.change(limit)}</span>
      {limit !== null && (
        <span className="legend-gold">
          <span className="differs-swatch" aria-hidden="true" />
          {time.changed}
        </span>
      )}
      {isRibbons && <span className="legend-note">{ribbons.threshold(format.weight(RIBBON_THRESHOLD))}</span>}
      {hasGold && (
        <span className="legend-gold">
          <span className="gold-swatch" aria-hidden="true" />
          <Term name="goldAlignment">{heatmap.goldLegend}</Term>
        </span>
      )}
      {!isOverPicture && (
        <span className="legend-probability">
          <span className="probability-swatch" aria-hidden="true" />
          {heatmap.probabilityLegend}
        </span>
      )}
    </div>
  );
}
