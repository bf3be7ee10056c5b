/** One line under the schematic: what a stage does, its formula, and in slow motion where it is. */

import { useRun, useSettings, useStrings } from '../context.ts';
import type { SchematicStage, StageText, Strings } from '../strings/strings.ts';

export function Caption({ box }: { readonly box: SchematicStage }) {
  const { schematic } = useStrings();
  const config = useSettings((state) => state.config);
  const report = useRun((state) => state.stage);
  const text = report ? stageText(report.stage, schematic) : schematic.stages[box];
  const formula = text.formula(config);
  return (
    <div className={`caption ${report ? 'live' : ''}`}>
      <p className="caption-head">
        <strong>
          {report?.direction === 'backward' && <span aria-hidden="true">← </span>}
          {text.label}
        </strong>
        {formula && <span className="formula">{formula}</span>}
        {report && <span className="working">{schematic.working(report)}</span>}
      </p>
      <p className="caption-sentence">{report?.direction === 'backward' ? text.backward : text.forward}</p>
    </div>
  );
}

const stageText = (stage: string, schematic: Strings['schematic']): StageText => {
  if (stage === 'loss') return schematic.loss;
  if (stage === 'update') return schematic.update;
  return schematic.stages[stage as SchematicStage];
};
