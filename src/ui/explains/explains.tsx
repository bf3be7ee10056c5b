/** Panel: attention beside gradient × input and erasure for the translation on the stage, and gradients through time. */

import { useMemo, useRef } from 'react';
import { pictureOf } from '../../lib/picture-cells.ts';
import { MEASURE_SCALES } from '../../store/view-store.ts';
import type { Attributions } from '../../training/questions.ts';
import { attentionScale } from '../../viz/attention-scale.ts';
import { useFrames, useSession, useStrings, useView } from '../context.ts';
import { PanelFrame } from '../drawer/panel-frame.tsx';
import { useAnswer } from '../drawer/use-answer.ts';
import { useHeld } from '../drawer/use-held.ts';
import { useFonts } from '../heatmap/use-layout.ts';
import { useWidth } from '../meters/use-width.ts';
import { Segmented } from '../parts/segmented.tsx';
import { useTheme } from '../theme.ts';
import { AgreementTable } from './agreement-table.tsx';
import { ExplainsReadout } from './explains-readout.tsx';
import { GradientFlow } from './gradient-flow-section.tsx';
import { layoutMaps } from './map-layout.ts';
import { MeasureMap, type ScaleName } from './measure-map.tsx';
import { MeasurePictures } from './measure-pictures.tsx';
import { agreementsOf, faintRows, measuresOf } from './measures.ts';
import { Reading } from './reading.tsx';
import { useStagedPair } from './use-staged-pair.ts';
import { ValuesTable } from './values-table.tsx';
import '../styles/explains.css';

export default function Explains() {
  const { drawer, explains } = useStrings();
  const held = useHeld();
  const pair = useStagedPair(held.isHeld);
  const overlay = useFrames((state) => state.overlay?.kind ?? null);
  const { view } = useSession();
  const scale = useView((state) => state.measureScale);
  const isTable = useView((state) => state.isMeasureTable);
  const question = pair && overlay !== 'past' ? { source: pair.source, target: pair.target } : null;
  const asking = { isLive: true, isHeld: held.isHeld };
  const { answer, error, isBehind } = useAnswer('attributions', question, asking);
  const note =
    overlay === 'past' ? drawer.past : pair ? (answer || error ? null : drawer.loading) : drawer.nothingStaged;
  const tools = answer && (
    <>
      <Segmented
        label={explains.scale}
        value={scale}
        options={MEASURE_SCALES.map((value) => ({
          value,
          label: explains.scales[value],
          name: explains.scaleHints[value],
        }))}
        onChange={(measureScale) => view.setState({ measureScale })}
      />
      <button
        type="button"
        className="toggle"
        aria-pressed={isTable}
        onClick={() => view.setState({ isMeasureTable: !isTable })}
      >
        {explains.table}
      </button>
      {overlay === 'edited' && <span className="hint">{explains.edited}</span>}
    </>
  );
  return (
    <PanelFrame step={answer?.step ?? null} isBehind={isBehind} error={error} note={note} held={held} tools={tools}>
      {answer && <Compared answer={answer} scale={scale} isTable={isTable} />}
      {question && answer && <GradientFlow question={question} isHeld={held.isHeld} isTable={isTable} />}
    </PanelFrame>
  );
}

interface ComparedProps {
  readonly answer: Attributions;
  readonly scale: ScaleName;
  readonly isTable: boolean;
}

function Compared({ answer, scale, isTable }: ComparedProps) {
  const { explains } = useStrings();
  const { view } = useSession();
  const frame = useRef<HTMLDivElement>(null);
  const width = useWidth(frame);
  const measures = useMemo(() => measuresOf(answer), [answer]);
  const agreements = useMemo(() => agreementsOf(measures), [measures]);
  const fonts = useFonts();
  const picture = useMemo(() => pictureOf(answer.source), [answer]);
  const layout = useMemo(
    () => (width > 0 && !picture ? layoutMaps(answer.source, answer.target, measures.length, width, fonts) : null),
    [answer, measures, picture, width, fonts],
  );
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: Escape lets go of what is pinned before it closes the drawer
    <div
      className="explains"
      ref={frame}
      onKeyDown={(event) => {
        if (event.key !== 'Escape' || !view.getState().pinned) return;
        event.preventDefault();
        event.stopPropagation();
        view.setState({ pinned: null });
      }}
    >
      <ExplainsReadout words={answer} measures={measures} />
      {measures.length < 3 && <p className="hint">{explains.noAttention}</p>}
      {isTable ? (
        <ValuesTable words={answer} measures={measures} />
      ) : picture ? (
        <>
          <div className="measures of-pictures">
            {measures.map((measure) => (
              <MeasurePictures key={measure.name} measure={measure} words={answer} picture={picture} scale={scale} />
            ))}
          </div>
          {scale === 'shares' && <SharesLegend />}
        </>
      ) : (
        layout && (
          <>
            <div className="measures" style={{ gridTemplateColumns: `repeat(${layout.columns}, minmax(0, 1fr))` }}>
              {measures.map((measure) => (
                <MeasureMap key={measure.name} measure={measure} words={answer} layout={layout.map} scale={scale} />
              ))}
            </div>
            {scale === 'shares' && <SharesLegend />}
          </>
        )
      )}
      <div className="explains-text">
        <AgreementTable words={answer} agreements={agreements} />
        <Reading
          agreements={agreements}
          step={answer.step}
          sourceLength={answer.source.length}
          faint={faintRows(measures)}
        />
      </div>
    </div>
  );
}

function SharesLegend() {
  const { explains } = useStrings();
  const theme = useTheme();
  const stops = [0, 0.25, 0.5, 0.75, 1].map((share) => attentionScale(theme).colour(share)).join(', ');
  return (
    <p className="legend explains-legend">
      {explains.sharesLegend}
      <span>0</span>
      <span className="legend-strip" style={{ background: `linear-gradient(to right, ${stops})` }} />
      <span>1</span>
    </p>
  );
}
