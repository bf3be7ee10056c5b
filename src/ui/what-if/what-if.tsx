/** Panel: what would the model write if it looked elsewhere, had said something else, or lacked a part? */

import { useEffect } from 'react';
import { readCell } from '../../lib/picture-cells.ts';
import { NO_EDITS } from '../../store/edits.ts';
import { redo, resetEdits, undo } from '../../store/edits-store.ts';
import { useEdits, useFrames, useSession, useStrings } from '../context.ts';
import { PanelFrame } from '../drawer/panel-frame.tsx';
import { useHeld } from '../drawer/use-held.ts';
import { CoverCells } from './cover-cells.tsx';
import { Parts } from './parts.tsx';
import { PlainHeatmap } from './plain-heatmap.tsx';
import { Presets } from './presets.tsx';
import { Result } from './result.tsx';
import { SourceWords } from './source-words.tsx';
import '../styles/what-if.css';
import { SteadyButton } from '../parts/steady-button.tsx';

export default function WhatIf() {
  const { drawer } = useStrings();
  const { edits } = useSession();
  const held = useHeld();
  const step = useEdits((state) => state.result?.step ?? null);
  const error = useEdits((state) => state.error);
  const hasSentence = useEdits((state) => state.base !== null);
  const isPicture = useEdits((state) => readCell(state.base?.source[0] ?? '') !== null);
  const isPast = useFrames((state) => state.overlay?.kind === 'past');
  const isBehind = useFrames((state) => step !== null && state.step > step);
  useEffect(() => {
    edits.setState({ isOpen: true });
    return () => edits.setState({ isOpen: false, isHeld: false });
  }, [edits]);
  useEffect(() => edits.setState({ isHeld: held.isHeld }), [edits, held.isHeld]);
  const note = isPast ? drawer.past : hasSentence ? null : drawer.nothingStaged;
  return (
    <PanelFrame step={step} isBehind={isBehind} error={error} note={note} held={held} tools={<Tools />}>
      <div className="what-if">
        {isPicture ? <CoverCells /> : <SourceWords />}
        <Result />
        <PlainHeatmap />
        <Presets />
        <Parts />
      </div>
    </PanelFrame>
  );
}

function Tools() {
  const { whatIf } = useStrings();
  const { edits } = useSession();
  const canUndo = useEdits((state) => state.past.length > 0);
  const canRedo = useEdits((state) => state.future.length > 0);
  const canReset = useEdits((state) => state.edits !== NO_EDITS);
  return (
    <div className="what-if-tools">
      <SteadyButton isIdle={!canUndo} onClick={() => undo(edits)}>
        {whatIf.undo}
      </SteadyButton>
      <SteadyButton isIdle={!canRedo} onClick={() => redo(edits)}>
        {whatIf.redo}
      </SteadyButton>
      <SteadyButton isIdle={!canReset} title={whatIf.resetHint} onClick={() => resetEdits(edits)}>
        {whatIf.reset}
      </SteadyButton>
    </div>
  );
}
