/** English: what can be taken away as a file. */

import type { TakeAwayKind } from '../take-away/files.ts';

export interface TakeAwayStrings {
  readonly title: string;
  /** Over what is on the stage, the curves, the model. */
  readonly groups: { readonly picture: string; readonly meters: string; readonly model: string };
  /** Each file: its format, and what is in it. */
  readonly files: Readonly<Record<TakeAwayKind, { readonly format: string; readonly what: string }>>;
  /** Names the button of a file; the size comes in formatted, empty while it is not known. */
  readonly save: (format: string, what: string, size: string) => string;
  readonly saved: (fileName: string, size: string) => string;
  readonly failed: (format: string, reason: string) => string;
  /** In the place of a file that can't be had now. */
  readonly noAttention: string;
  readonly noPicture: string;
  readonly noCurves: string;
  readonly noModel: string;
  /** Where the whole run is to be had, and where files go. */
  readonly note: string;
  /** The quieter line in the picture of a heatmap. */
  readonly subtitle: (task: string, step: string, isEdited: boolean) => string;
  readonly gold: string;
}

export const enTakeAway: TakeAwayStrings = {
  title: 'Take away',
  groups: { picture: 'The heatmap on the stage', meters: 'The meters', model: 'The model as it is now' },
  files: {
    svg: { format: 'SVG', what: 'a drawing with its legend, sharp at any size' },
    png: { format: 'PNG', what: 'the same in pixels, twice as dense' },
    csv: { format: 'CSV', what: 'every weight in full, words on both axes' },
    meters: { format: 'CSV', what: 'every curve with its unit, one row a step' },
    weights: { format: 'safetensors', what: 'the weights under PyTorch’s names' },
    pytorch: { format: 'PyTorch', what: 'the weights, and a program that loads them' },
    onnx: { format: 'ONNX', what: 'the model for onnxruntime, and its program' },
  },
  save: (format, what, size) => `${format}: ${what}${size && `, ${size}`}`,
  saved: (fileName, size) => `Saved ${fileName}, ${size}.`,
  failed: (format, reason) => `The ${format} file could not be made (${reason}). The run goes on; try once more.`,
  noAttention: 'This model has no attention.',
  noPicture: 'There is no sentence on the stage yet.',
  noCurves: 'Curves begin with the first step.',
  noModel: 'The run is not ready.',
  note: 'Made on this computer, sent nowhere. The whole run, to go on with here, is under Runs.',
  subtitle: (task, step, isEdited) => `${task}, step ${step}${isEdited ? ', edited by hand' : ''}`,
  gold: 'gold link',
};
