/** What the colours mean: 0 to 1, always the same. */

import { attentionScale } from '../../viz/attention-scale.ts';
import { useFrames, useStrings } from '../context.ts';
import { Term } from '../parts/term.tsx';
import { useTheme } from '../theme.ts';

const STEPS = 11;

export function Legend() {
  const { heatmap } = useStrings();
  const scale = attentionScale(useTheme());
  const hasGold = useFrames((state) => state.shape?.gold.some((links) => links.length > 0) ?? false);
  const colours = Array.from({ length: STEPS }, (_, i) => scale.colour(i / (STEPS - 1)));
  return (
    <div className="legend">
      <span className="formula">{heatmap.legend}</span>
      <span>0</span>
      <span className="legend-strip" style={{ background: `linear-gradient(to right, ${colours.join(', ')})` }} />
      <span>1</span>
      {hasGold && (
        <span className="legend-gold">
          <span className="gold-swatch" aria-hidden="true" />
          <Term name="goldAlignment">{heatmap.goldLegend}</Term>
        </span>
      )}
      <span className="legend-probability">
        <span className="probability-swatch" aria-hidden="true" />
        {heatmap.probabilityLegend}
      </span>
    </div>
  );
}
