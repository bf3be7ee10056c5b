/** One line under the schematic: what a stage does, its formula, and in slow motion where it is. */

import { familyOf } from '../../model/config.ts';
import { isPanelHidden } from '../../store/hidden.ts';
import type { CallStage } from '../../training/questions.ts';
import { useRun, useSession, useSettings, useStrings, useView } from '../context.ts';
import type { SchematicStage, StageText, Strings } from '../strings/strings.ts';
import { stageTexts } from './stage-texts.ts';

export function Caption({ box }: { readonly box: SchematicStage }) {
  const strings = useStrings();
  const { schematic, machine, cell, lstm } = strings;
  const { view } = useSession();
  const config = useSettings((state) => state.config);
  const hidden = useView((state) => state.hidden);
  const report = useRun((state) => state.stage);
  const texts = stageTexts(strings, config);
  const text = report ? stageText(report.stage, schematic, texts) : texts[box];
  const formula = text.formula(config);
  const family = familyOf(config.task);
  // A score of none has no cell to open, a reader's encoder no LSTM, and a classifier no decoder.
  const isClosed =
    box === 'encode'
      ? family === 'reader'
      : box === 'decode'
        ? family === 'classifier'
        : config.score === 'none' && INSIDE[box] === 'cell';
  const inside = isClosed ? undefined : INSIDE[box];
  return (
    <div className={`caption ${report ? 'live' : ''}`}>
      <p className="caption-head">
        <strong>
          {report?.direction === 'backward' && <span aria-hidden="true">← </span>}
          {text.label}
        </strong>
        {formula && <span className="formula">{formula}</span>}
        {report && <span className="working">{schematic.working(report)}</span>}
        {!report && inside && !isPanelHidden(hidden, inside) && (
          <button type="button" className="text-button inside-button" onClick={() => view.setState({ panel: inside })}>
            {inside === 'cell' ? cell.openCell : lstm.openLstm}
          </button>
        )}
        {!isPanelHidden(hidden, 'machine') && (
          <button
            type="button"
            className="text-button kernels-button"
            onClick={() => view.setState({ panel: 'machine', kernelsOf: report?.stage ?? STAGES[box] })}
          >
            {machine.kernels}
          </button>
        )}
      </p>
      <p className="caption-sentence">{report?.direction === 'backward' ? text.backward : text.forward}</p>
    </div>
  );
}

/** The panel that shows a box from the inside. */
const INSIDE: Partial<Record<SchematicStage, 'cell' | 'lstm'>> = {
  encode: 'lstm',
  score: 'cell',
  softmax: 'cell',
  context: 'cell',
  decode: 'lstm',
};

/** The stage of a training step that a box stands for. */
const STAGES: Readonly<Record<SchematicStage, CallStage>> = {
  source: 'embed',
  embed: 'embed',
  encode: 'encode',
  score: 'score',
  softmax: 'softmax',
  context: 'context',
  decode: 'decode',
  target: 'loss',
};

const stageText = (
  stage: string,
  schematic: Strings['schematic'],
  texts: Readonly<Record<SchematicStage, StageText>>,
): StageText => {
  if (stage === 'loss') return schematic.loss;
  if (stage === 'update') return schematic.update;
  return texts[stage as SchematicStage];
};
