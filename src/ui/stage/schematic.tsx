/** The model from source words to target words: a map, a way to the settings, and in slow motion a live picture. */

import { useState } from 'react';
import { familyOf } from '../../model/config.ts';
import { BOX_GROUPS, BOXES } from '../../store/view-store.ts';
import type { Stage, StageReport } from '../../training/protocol.ts';
import { useRun, useSession, useSettings, useStrings, useView } from '../context.ts';
import type { SchematicStage } from '../strings/strings.ts';
import { Caption } from './caption.tsx';
import { Pictogram } from './pictograms.tsx';
import { stageTexts } from './stage-texts.ts';

/** Where a stage of the update glows; the update itself is everywhere. */
const boxOf = (stage: Stage): SchematicStage | 'all' =>
  stage === 'loss' ? 'target' : stage === 'update' ? 'all' : stage;

export function Schematic() {
  const strings = useStrings();
  const { schematic } = strings;
  const task = useSettings((state) => state.config.task);
  const texts = stageTexts(strings, { task });
  const { view } = useSession();
  const report = useRun((state) => state.stage);
  const group = useView((state) => state.group);
  const chosen = useView((state) => state.box);
  const hasAttention = useSettings((state) => state.config.score !== 'none');
  const [peeked, setPeeked] = useState<SchematicStage | null>(null);
  return (
    <nav className="schematic" aria-label={schematic.label}>
      <ol className={`boxes ${report?.direction === 'backward' ? 'backward' : ''}`}>
        {BOXES.map((box) => (
          <li key={box} className="box">
            <button
              type="button"
              className={boxClass(box, report, hasAttention)}
              aria-pressed={group === BOX_GROUPS[box]}
              onClick={() => view.setState({ group: BOX_GROUPS[box], box })}
              onPointerEnter={() => setPeeked(box)}
              onPointerLeave={() => setPeeked(null)}
              onFocus={() => setPeeked(box)}
              onBlur={() => setPeeked(null)}
            >
              <Pictogram box={box} />
              <span className="box-label">{texts[box].label}</span>
            </button>
          </li>
        ))}
        <li className={`query ${familyOf(task) === 'classifier' ? 'from-encoder' : ''}`} aria-hidden="true">
          <span>{schematic.query}</span>
        </li>
      </ol>
      <Caption box={peeked ?? chosen} />
    </nav>
  );
}

function boxClass(box: SchematicStage, report: StageReport | null, hasAttention: boolean): string {
  const place = report && boxOf(report.stage);
  const isIdle = !hasAttention && (box === 'score' || box === 'softmax' || box === 'context');
  return `box-button ${box} ${place === box || place === 'all' ? 'glowing' : ''} ${isIdle ? 'idle' : ''}`;
}
