/** A place to draw: strokes of a pen, finger or mouse, in the theme's ink. */

import { type PointerEvent, useEffect, useRef } from 'react';
import type { Point, Stroke } from '../../lib/strokes.ts';
import { useTheme } from '../theme.ts';

/** The pad's own units; what is drawn does not depend on how large it is on the page. */
export const PAD = { width: 512, height: 128 } as const;
const PEN = 9;
/** Points closer than this say nothing new. */
const MIN_STEP = 2;

export interface PadProps {
  readonly strokes: readonly Stroke[];
  readonly label: string;
  readonly hint: string;
  readonly onStroke: (stroke: Stroke) => void;
}

export function Pad({ strokes, label, hint, onStroke }: PadProps) {
  const theme = useTheme();
  const element = useRef<HTMLCanvasElement>(null);
  const current = useRef<Point[] | null>(null);
  useEffect(() => {
    const context = element.current?.getContext('2d');
    if (!context || !element.current) return;
    context.clearRect(0, 0, PAD.width, PAD.height);
    context.strokeStyle = getComputedStyle(element.current).color;
    context.lineWidth = PEN;
    context.lineCap = 'round';
    context.lineJoin = 'round';
    for (const stroke of strokes) draw(context, stroke);
    // The theme is the colour that is read above.
    void theme;
  }, [strokes, theme]);

  const pointOf = (event: PointerEvent): Point => {
    const box = event.currentTarget.getBoundingClientRect();
    return [
      ((event.clientX - box.left) / box.width) * PAD.width,
      ((event.clientY - box.top) / box.height) * PAD.height,
    ];
  };
  const onPointerMove = (event: PointerEvent): void => {
    const stroke = current.current;
    const context = element.current?.getContext('2d');
    if (!stroke || !context) return;
    const point = pointOf(event);
    const last = stroke.at(-1) as Point;
    if (Math.hypot(point[0] - last[0], point[1] - last[1]) < MIN_STEP) return;
    stroke.push(point);
    draw(context, stroke.slice(-2));
  };
  const end = (): void => {
    const stroke = current.current;
    current.current = null;
    if (stroke) onStroke(stroke);
  };
  return (
    <div className="pad">
      <canvas
        ref={element}
        role="img"
        aria-label={label}
        width={PAD.width}
        height={PAD.height}
        onPointerDown={(event) => {
          if (event.button !== 0) return;
          event.currentTarget.setPointerCapture(event.pointerId);
          current.current = [pointOf(event)];
          const context = element.current?.getContext('2d');
          if (context) draw(context, current.current);
        }}
        onPointerMove={onPointerMove}
        onPointerUp={end}
        onPointerCancel={end}
      />
      {strokes.length === 0 && (
        <span className="pad-hint" aria-hidden="true">
          {hint}
        </span>
      )}
    </div>
  );
}

/** A stroke of one point is a dot. */
function draw(context: CanvasRenderingContext2D, stroke: Stroke): void {
  const [first] = stroke;
  if (!first) return;
  context.beginPath();
  context.moveTo(...first);
  for (const point of stroke.length > 1 ? stroke.slice(1) : [first]) context.lineTo(...point);
  context.stroke();
}
