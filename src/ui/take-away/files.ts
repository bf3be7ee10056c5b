/** Makes each file that can be taken away, from what the page shows or from the worker. */

import { pictureOf } from '../../lib/picture-cells.ts';
import { type Shown, sentenceKey } from '../../store/frame-store.ts';
import { metersCsv } from '../../store/meters-csv.ts';
import type { Session } from '../../store/session.ts';
import { MODEL_FILES, type ModelFile } from '../../training/questions.ts';
import type { Theme } from '../../viz/attention-scale.ts';
import { heatmapCsv } from '../../viz/heatmap-csv.ts';
import { heatmapSvg } from '../../viz/heatmap-svg.ts';
import { pictureSvg } from '../../viz/picture-svg.ts';
import { svgToPng } from './png.ts';

export const PICTURE_FILES = ['svg', 'png', 'csv'] as const;
export type PictureFile = (typeof PICTURE_FILES)[number];
export type TakeAwayKind = PictureFile | 'meters' | ModelFile;

/** Pixels of a PNG for each of the page. */
const PNG_SCALE = 2;

export interface NamedFile {
  readonly fileName: string;
  readonly content: Blob;
}

/** How the picture is drawn. */
export interface PictureOptions {
  readonly theme: Theme;
  readonly showValues: boolean;
  readonly subtitle: (shown: Shown, isEdited: boolean) => string;
  readonly gold: string;
}

const text = (content: string, type: string): Blob => new Blob([content], { type: `${type};charset=utf-8` });

/** The sentence as it was typed or as the task has it; an edited one as its tokens. */
function sourceText({ frames, run }: Session, { translation }: Shown): string {
  const { own } = frames.getState();
  const key = sentenceKey(translation.source);
  if (own?.key === key) return own.text;
  const sample = run.getState().run?.samples.find(({ source }) => sentenceKey(source) === key);
  return sample?.sourceText ?? translation.source.map((token) => token.text).join(' ');
}

/** The heatmap on the stage; null where there is none. */
export async function pictureFile(
  session: Session,
  kind: PictureFile,
  { theme, showValues, subtitle, gold }: PictureOptions,
): Promise<NamedFile | null> {
  const { shown, overlay } = session.frames.getState();
  const task = session.run.getState().run?.config.task;
  if (!shown || shown.translation.weights.length === 0) return null;
  const stem = `heed-${task}-step${shown.step}-attention`;
  if (kind === 'csv') return { fileName: `${stem}.csv`, content: text(heatmapCsv(shown.translation), 'text/csv') };
  const frame = { subtitle: subtitle(shown, overlay?.kind === 'edited'), theme };
  const picture = pictureOf(shown.translation.source.map((token) => token.text));
  const svg = picture
    ? pictureSvg(shown.translation, picture, frame)
    : heatmapSvg(shown.translation, {
        ...frame,
        title: `${sourceText(session, shown)} → ${shown.translation.targetText}`,
        goldLabel: gold,
        showValues,
      });
  if (kind === 'svg') return { fileName: `${stem}.svg`, content: text(svg, 'image/svg+xml') };
  return { fileName: `${stem}.png`, content: await svgToPng(svg, PNG_SCALE) };
}

/** The curves of the run; null before the first step. */
export function metersFile({ run }: Session): NamedFile | null {
  const { history } = run;
  const task = run.getState().run?.config.task;
  if (history.lastStep === 0) return null;
  const fileName = `heed-${task}-step${history.lastStep}-meters.csv`;
  return { fileName, content: text(metersCsv(history), 'text/csv') };
}

/** The sentence on the stage goes along with the task's own, to check a model with. */
function sentences({ frames }: Session): readonly (readonly string[])[] {
  const { shown } = frames.getState();
  return shown ? [shown.translation.source.map((token) => token.text)] : [];
}

/** Bytes of each file of the model; none where the worker could not say. */
export async function modelSizes(session: Session): Promise<Partial<Record<ModelFile, number>>> {
  const { answer } = await session.actions.ask('take-away', { wanted: null, sentences: sentences(session) });
  return Object.fromEntries(answer?.files.map(({ kind, size }) => [kind, size]) ?? []);
}

/** @throws Error where the model can't be had now */
async function modelFile(session: Session, kind: ModelFile): Promise<NamedFile | null> {
  const { answer, error } = await session.actions.ask('take-away', { wanted: kind, sentences: sentences(session) });
  if (error) throw new Error(error.message);
  const [file] = answer.files;
  if (!file?.bytes) return null;
  const type = file.fileName.endsWith('.zip') ? 'application/zip' : 'application/octet-stream';
  return { fileName: file.fileName, content: new Blob([file.bytes], { type }) };
}

const isModelFile = (kind: TakeAwayKind): kind is ModelFile => (MODEL_FILES as readonly string[]).includes(kind);

/** Any file, as it is now; null where there is nothing to make it of. @throws Error where it can't be made */
export async function makeFile(
  session: Session,
  kind: TakeAwayKind,
  options: PictureOptions,
): Promise<NamedFile | null> {
  if (kind === 'meters') return metersFile(session);
  return isModelFile(kind) ? modelFile(session, kind) : pictureFile(session, kind, options);
}
