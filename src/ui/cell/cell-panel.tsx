/** Panel `cell`: one cell of the heatmap opened, from its score to the context, or the way back through its row. */

import '../styles/cell.css';
import type { ReactNode } from 'react';
import { CELL_VIEWS } from '../../store/view-store.ts';
import { useRun, useSession, useStrings, useView } from '../context.ts';
import { PanelFrame } from '../drawer/panel-frame.tsx';
import { useHeld } from '../drawer/use-held.ts';
import { Segmented } from '../parts/segmented.tsx';
import { BackwardView } from './backward-view.tsx';
import { ForwardView } from './forward-view.tsx';
import { useStagedScene } from './use-staged.ts';

export default function CellPanel() {
  const { cell } = useStrings();
  const { view } = useSession();
  const direction = useView((state) => state.cellView);
  const held = useHeld();
  const { scene, note } = useStagedScene();
  const score = useRun((state) => state.run?.config.score ?? null);
  const tools: ReactNode = (
    <Segmented
      label={cell.view}
      value={direction}
      options={CELL_VIEWS.map((value) => ({ value, label: cell.views[value] }))}
      onChange={(cellView) => view.setState({ cellView })}
    />
  );
  const missing = score === 'none' ? cell.noAttention : note;
  if (missing !== null || scene === null || score === null)
    return (
      <PanelFrame step={null} held={held} note={missing}>
        {null}
      </PanelFrame>
    );
  const View = direction === 'forward' ? ForwardView : BackwardView;
  return <View scene={scene} score={score} held={held} tools={tools} />;
}
