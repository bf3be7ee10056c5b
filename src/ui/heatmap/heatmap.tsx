/** The heatmap's place on the stage: its switches, its readout, and the picture, the table, or why there is none. */

import { lazy, Suspense } from 'react';
import { readCell } from '../../lib/picture-cells.ts';
import { familyOf } from '../../model/config.ts';
import type { FrameState } from '../../store/frame-store.ts';
import { PICTURES } from '../../store/view-store.ts';
import { useActions, useFrames, useRun, useSession, useSettings, useStrings, useView } from '../context.ts';
import { Segmented } from '../parts/segmented.tsx';
import { Term } from '../parts/term.tsx';
import { HeatmapFrame } from './heatmap-frame.tsx';
import { HeatmapTable } from './heatmap-table.tsx';
import { Legend } from './legend.tsx';
import { Readout } from './readout.tsx';

const Ribbons = lazy(() => import('../ribbons/ribbons.tsx'));
const TooLate = lazy(() => import('../too-late/too-late.tsx'));
const PictureAttention = lazy(() => import('../picture/picture-attention.tsx'));

const MODES = ['free-running', 'teacher-forced'] as const;

export function Heatmap() {
  const { heatmap } = useStrings();
  const showTable = useView((state) => state.showTable);
  const isReader = useFrames(isPicture);
  const hasShape = useFrames((state) => state.shape !== null);
  const hasAttention = useFrames((state) => state.shape?.hasAttention ?? true);
  const isLate = useRun(({ run }) => run?.config.placement === 'too-late' && run.config.score !== 'none');
  return (
    <section className="heatmap" aria-labelledby="heatmap-title">
      <div className="heatmap-bar">
        <h2 id="heatmap-title">
          <Term name="attention">{heatmap.title}</Term>
        </h2>
        <Switches />
      </div>
      <Readout />
      {!hasAttention && <NoAttention />}
      {hasShape && hasAttention && <Drawn />}
      {hasShape && hasAttention && (isReader || !showTable) && <Legend />}
      {hasShape && isLate && (
        <Suspense fallback={null}>
          <TooLate />
        </Suspense>
      )}
      {!hasShape && <p className="heatmap-empty">{heatmap.empty}</p>}
    </section>
  );
}

/** The numbers as a table, or the picture of them. Of a reader, whose cells have no order in a line, the table is the grid of all. */
function Drawn() {
  const showTable = useView((state) => state.showTable);
  const isReader = useFrames(isPicture);
  if (isReader && !showTable)
    return (
      <Suspense fallback={<div className="picture-coming" />}>
        <PictureAttention />
      </Suspense>
    );
  if (isReader) return <HeatmapFrame />;
  return showTable ? <HeatmapTable /> : <Picture />;
}

/** Whether what is on the stage was read from a picture. */
const isPicture = ({ shape }: FrameState): boolean => readCell(shape?.source[0]?.text ?? '') !== null;

/** The matrix, or the ribbons, which are loaded when they are first wanted. */
function Picture() {
  const isRibbons = useView((state) => state.picture === 'ribbons');
  return isRibbons ? (
    <Suspense fallback={<div className="picture-coming" />}>
      <Ribbons />
    </Suspense>
  ) : (
    <HeatmapFrame />
  );
}

function Switches() {
  const { heatmap, ribbons, picture: pictures } = useStrings();
  const isReader = useFrames(isPicture);
  const hasAttention = useFrames((state) => state.shape?.hasAttention ?? true);
  const { view } = useSession();
  const { setMode } = useActions();
  const hasDecoder = useSettings(({ config }) => familyOf(config.task) !== 'classifier');
  const mode = useFrames((state) => state.mode);
  const showValues = useView((state) => state.showValues);
  const showTable = useView((state) => state.showTable);
  const picture = useView((state) => (state.showTable ? null : state.picture));
  return (
    <div className="switches">
      {hasAttention && !isReader && (
        <Segmented
          label={ribbons.picture}
          value={picture}
          options={PICTURES.map((value) => ({ value, label: ribbons.pictures[value] }))}
          onChange={(next) => view.setState({ picture: next, showTable: false })}
        />
      )}
      {hasDecoder && (
        <Segmented
          label={heatmap.decoding}
          value={mode}
          options={MODES.map((value) => ({
            value,
            name: heatmap.modes[value],
            label: (
              <>
                <span className="when-wide">{heatmap.modes[value]}</span>
                <span className="when-narrow">{heatmap.shortModes[value]}</span>
              </>
            ),
          }))}
          onChange={setMode}
        />
      )}
      {/* Over a picture a number would hide what is read. */}
      {hasAttention && (!isReader || showTable) && (
        <Toggle
          label={heatmap.values}
          shortcut="v"
          isOn={showValues}
          onChange={(next) => view.setState({ showValues: next })}
        />
      )}
      {hasAttention && (
        <Toggle
          label={isReader ? pictures.grid : heatmap.table}
          shortcut="b"
          isOn={showTable}
          onChange={(next) => view.setState({ showTable: next })}
        />
      )}
    </div>
  );
}

interface ToggleProps {
  readonly label: string;
  readonly shortcut: string;
  readonly isOn: boolean;
  readonly onChange: (isOn: boolean) => void;
}

function Toggle({ label, shortcut, isOn, onChange }: ToggleProps) {
  return (
    <button
      type="button"
      className="toggle"
      aria-pressed={isOn}
      aria-keyshortcuts={shortcut}
      onClick={() => onChange(!isOn)}
    >
      {label}
    </button>
  );
}

/** In the picture's place where the model has nothing to draw. */
function NoAttention() {
  const { heatmap } = useStrings();
  const { view } = useSession();
  return (
    <div className="heatmap-empty">
      <p>
        <strong>{heatmap.noAttention}</strong>
      </p>
      <p>{heatmap.noAttentionHint}</p>
      <button type="button" onClick={() => view.setState({ group: 'attention', box: 'score' })}>
        {heatmap.chooseScore}
      </button>
    </div>
  );
}
