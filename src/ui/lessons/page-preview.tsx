/** The page as a small drawing: what a link leaves out is gone from it, what takes its room has grown. */

import { HIDABLE_PARTS, type HidablePart } from '../../store/hidden.ts';
import { PANELS } from '../../store/view-store.ts';

const [WIDTH, HEIGHT] = [240, 150];
const BAR = 14;
const GAP = 3;
const SIDE = 48;

interface Box {
  readonly key: string;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  readonly kind: 'control' | 'picture' | 'text' | 'lesson';
}

export interface PagePreviewProps {
  readonly hidden: readonly HidablePart[];
  readonly hasLesson: boolean;
  readonly label: string;
}

export function PagePreview({ hidden, hasLesson, label }: PagePreviewProps) {
  return (
    <svg className="page-preview" viewBox={`0 0 ${WIDTH} ${HEIGHT}`} role="img" aria-label={label}>
      <rect className="page-preview-paper" width={WIDTH} height={HEIGHT} rx={3} />
      {boxesOf(hidden, hasLesson).map(({ key, kind, ...box }) => (
        <rect key={key} className={`page-preview-${kind}`} rx={1.5} {...box} />
      ))}
    </svg>
  );
}

/** Where the parts that are left stand, in the drawing's units. */
export function boxesOf(hidden: readonly HidablePart[], hasLesson: boolean): readonly Box[] {
  const isShown = (part: HidablePart): boolean => !hidden.includes(part);
  const panels = isShown('drawer') ? PANELS.filter((panel) => isShown(panel)) : [];
  const bottom = HEIGHT - (panels.length > 0 ? BAR : GAP);
  const boxes: Box[] = [];
  const add = (key: string, kind: Box['kind'], x: number, y: number, width: number, height: number): void =>
    void boxes.push({ key, kind, x, y, width, height });

  let x = 24;
  for (const [part, width] of [
    ['task', 34],
    ['train', 52],
    ['speed', 26],
  ] as const) {
    if (!isShown(part)) continue;
    add(part, 'control', x, GAP + 1, width, 6);
    x += width + GAP;
  }
  x = WIDTH - GAP;
  for (const part of ['share', 'runs', 'lessons'] as const) {
    if (!isShown(part)) continue;
    x -= 10 + GAP;
    add(part, 'control', x, GAP + 1, 10, 6);
  }
  const tab = (WIDTH - GAP) / PANELS.length;
  panels.forEach((panel, at) => {
    add(panel, 'control', GAP + at * tab, HEIGHT - 9, tab - GAP, 5);
  });

  const left = HIDABLE_PARTS.filter((part) => ['pairs', 'settings', 'facts'].includes(part) && isShown(part));
  const right = HIDABLE_PARTS.filter((part) => ['meters', 'probes'].includes(part) && isShown(part));
  const column = (parts: readonly HidablePart[], at: number, from: number, kind: Box['kind']): void => {
    const height = (bottom - from - GAP) / parts.length - GAP;
    parts.forEach((part, place) => {
      add(part, kind, at, from + place * (height + GAP), SIDE - 2 * GAP, height);
    });
  };
  const lessonBottom = hasLesson ? BAR + (left.length > 0 ? 62 : bottom - BAR - GAP) : BAR;
  if (hasLesson) add('lesson', 'lesson', GAP, BAR + GAP, SIDE - 2 * GAP, lessonBottom - BAR - GAP);
  column(left, GAP, lessonBottom + GAP, 'text');
  column(right, WIDTH - SIDE + GAP, BAR + GAP, 'text');

  const stageX = left.length > 0 || hasLesson ? SIDE : GAP;
  const stageWidth = (right.length > 0 ? WIDTH - SIDE : WIDTH - GAP) - stageX;
  let y = BAR + GAP;
  if (isShown('schematic')) {
    add('schematic', 'control', stageX, y, stageWidth, 12);
    y += 12 + GAP;
  }
  if (isShown('sentence')) {
    add('sentence', 'text', stageX, y, stageWidth, 7);
    y += 7 + GAP;
  }
  const timeHeight = isShown('time') ? 8 : 0;
  if (timeHeight > 0) add('time', 'control', stageX, bottom - timeHeight - GAP, stageWidth, timeHeight - 2);
  add('heatmap', 'picture', stageX, y, stageWidth, bottom - timeHeight - 2 * GAP - y);
  return boxes;
}
