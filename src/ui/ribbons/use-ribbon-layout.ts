/** Where the words and ribbons stand in the room that the page has for them. */

import { useEffect, useMemo, useRef } from 'react';
import type { Shape } from '../../store/shape.ts';
import { layoutRibbons, type RibbonLayout } from '../../viz/ribbon-layout.ts';
import { expectedRows, measure, useFonts, useRoom } from '../heatmap/use-layout.ts';
import { tokenText } from '../parts/word.tsx';

/** Once a sentence did not fit into a line it stays in columns, so that the picture does not jump while the words change. */
export function useRibbonLayout(frame: HTMLElement | null, shape: Shape | null): RibbonLayout | null {
  const room = useRoom(frame);
  const fonts = useFonts();
  const former = useRef({ key: '', width: 0, isColumns: false });
  const layout = useMemo(() => {
    if (!shape || room.width === 0) return null;
    const { key, width, isColumns } = former.current;
    const words = (tokens: readonly { readonly text: string }[]) => tokens.map(({ text }) => tokenText(text));
    const input = {
      sourceWords: words(shape.source),
      targetWords: words(shape.target),
      maxWidth: room.width,
      maxHeight: room.height,
      expectedTargets: expectedRows(shape),
      ...fonts,
      measure,
    };
    // The right translation has to fit too, as soon as the model finds it.
    const goal = shape.reference ? layoutRibbons({ ...input, targetWords: shape.reference.map(tokenText) }) : null;
    const wasColumns = key === shape.key && width === room.width && isColumns;
    return layoutRibbons({ ...input, isColumns: wasColumns || goal?.isAcross === false });
  }, [room, shape, fonts]);
  useEffect(() => {
    if (shape && layout) former.current = { key: shape.key, width: room.width, isColumns: !layout.isAcross };
  }, [layout, room, shape]);
  return layout;
}
