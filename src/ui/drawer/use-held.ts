/** Whether somebody reads: the pointer rests on a panel, or the keyboard is in it. */

import { type FocusEvent, useMemo, useState } from 'react';

export function useHeld() {
  const [hasPointer, setPointer] = useState(false);
  const [hasFocus, setFocus] = useState(false);
  const handlers = useMemo(
    () => ({
      onPointerEnter: () => setPointer(true),
      onPointerLeave: () => setPointer(false),
      onFocus: (event: FocusEvent) => setFocus(event.target.matches(':focus-visible')),
      onBlur: () => setFocus(false),
    }),
    [],
  );
  return { isHeld: hasPointer || hasFocus, handlers };
}
