/** What goals ask of the page, in one line each. */

import type { Placement, ScoreKind } from '../../model/config.ts';
import { isUntouched } from '../edits.ts';
import type { PanelName } from '../view-store.ts';
import type { GoalSpec, Page } from './lesson.ts';

/** Share of exact matches from which on a model counts as trained. */
const TRAINED = 0.9;

const goal = (isReached: GoalSpec['isReached'], applies?: GoalSpec['applies']): GoalSpec =>
  applies ? { isReached, applies } : { isReached };

export const isTrained = ({ run }: Page): boolean =>
  run.phase === 'ready' && (run.evaluation?.exactMatch ?? 0) >= TRAINED;

/** The score of the run that is open, which follows the settings a moment later. */
const score = ({ run }: Page): ScoreKind | null => (run.phase === 'ready' ? (run.run?.config.score ?? null) : null);

export const hasAttention = (page: Page): boolean => !['none', 'uniform', null].includes(score(page));

/** True where the model on the page attends and has learned its task. */
export const canBeLookedInto = (page: Page): boolean => hasAttention(page) && isTrained(page);

/** α of the pinned cell; null where none is pinned. */
function pinnedWeight({ view, frames }: Page): number | null {
  const { row, column } = view.pinned ?? {};
  const { shown, shape } = frames;
  if (row === null || row === undefined || column === null || column === undefined || !shown || !shape) return null;
  return shown.translation.weights[row * shape.source.length + column] ?? null;
}

export const trained = goal(isTrained);
export const cellPinned = goal((page) => pinnedWeight(page) !== null);
export const wordPinned = goal(({ view }) => view.pinned !== null);
export const darkCellPinned = goal((page) => (pinnedWeight(page) ?? 0) >= 0.5);
export const paleCellPinned = goal((page) => (pinnedWeight(page) ?? 1) < 0.2);

export const scoreIs = (kind: ScoreKind): GoalSpec => goal((page) => score(page) === kind);
export const attends = goal(hasAttention);
export const trainedWith = (kind: ScoreKind): GoalSpec => goal((page) => score(page) === kind && isTrained(page));
export const stepsWith = (kind: ScoreKind, steps: number): GoalSpec =>
  goal((page) => score(page) === kind && page.run.step >= steps);
export const stepsAttending = (steps: number): GoalSpec => goal((page) => hasAttention(page) && page.run.step >= steps);

/** The placement of the run that is open. */
export const placementIs = (placement: Placement): GoalSpec =>
  goal(({ run }) => run.phase === 'ready' && run.run?.config.placement === placement);
export const stepsPlaced = (placement: Placement, steps: number): GoalSpec =>
  goal(({ run }) => run.run?.config.placement === placement && run.step >= steps);
/** Like `wordKept`, of a model whose attention comes too late. */
export const keptTooLate = goal(
  (page) =>
    page.run.run?.config.placement === 'too-late' &&
    isEdited(page) &&
    isAnswered(page) &&
    !page.edits.isChanged.some(Boolean),
);
export const changedBefore = goal(
  (page) => page.run.run?.config.placement !== 'too-late' && isEdited(page) && hasChanged(page),
);

export const ownSentence = goal(({ frames }) => frames.staged.kind === 'own' && frames.shape !== null);
export const longSentence = (words: number): GoalSpec =>
  goal(({ frames }) => frames.staged.kind === 'own' && (frames.shape?.source.length ?? 0) >= words);

export const panelOpen = (panel: PanelName): GoalSpec => goal(({ view }) => view.panel === panel);
export const numbersPrinted = goal(({ view }) => view.showValues);
export const ribbonsDrawn = goal(({ view }) => view.picture === 'ribbons');

export const backwardOpen = goal(({ view, asked }) => view.cellView === 'backward' && asked.backward !== undefined);
export const gradientsChecked = goal(({ asked }, start) => asked['gradient-check'] !== start.asked['gradient-check']);

const isEdited = ({ edits }: Page): boolean => Object.keys(edits.edits.attention).length > 0;
/** True where the answer is that to the edits as they are now. */
const isAnswered = ({ edits, frames }: Page): boolean => edits.result !== null && frames.overlay?.kind === 'edited';
const hasChanged = (page: Page): boolean => isAnswered(page) && page.edits.isChanged.some(Boolean);

export const rowEdited = goal(isEdited);
export const wordChanged = goal((page) => isEdited(page) && hasChanged(page));
/** The attention of some word is another, and the words are not. */
export const wordKept = goal(
  (page) => isEdited(page) && isAnswered(page) && page.edits.gesture === null && !page.edits.isChanged.some(Boolean),
);
export const editsUndone = goal(
  ({ edits }) => isUntouched(edits.edits) && (edits.past.length > 0 || edits.future.length > 0),
);
export const sourceChanged = goal(({ edits }) => Object.keys(edits.edits.source).length > 0);
export const attentionOff = goal((page) => page.edits.edits.off.includes('attention') && isAnswered(page));

export const measuresCompared = goal(
  ({ view, asked }) => view.panel === 'explains' && asked.attributions !== undefined,
);

export const atFirstStep = goal(({ run }) => run.phase === 'ready' && run.step === 0);
export const atFirstMoment = goal(({ timeline }) => timeline.past?.step === 0);
export const playing = goal(({ timeline }) => timeline.isPlaying);
export const momentKept = goal(({ timeline }) => timeline.kept.length > 0);
export const momentsCompared = goal(({ timeline }) => timeline.difference !== null);
export const live = goal(({ timeline }) => timeline.past === null);

export const stepProfiled = goal(({ view, asked }) => view.panel === 'machine' && asked.profile !== undefined);
export const launchChosen = goal(({ view }) => view.launch !== null);
export const stageChosen = goal(({ view }) => view.kernelsOf !== null);
export const launchTable = goal(({ view }) => view.machineView === 'table');
/** Only a GPU has kernels to take apart. */
export const unfused = goal(
  ({ asked }) => asked.profile?.isFused === false,
  ({ run }) => run.run?.executor.kind === 'webgpu',
);
export const inSlowMotion = goal(({ run }) => run.stage !== null);
export const flatOut = goal(({ run }, start) => run.pace.kind === 'full' && run.step > start.run.step);
