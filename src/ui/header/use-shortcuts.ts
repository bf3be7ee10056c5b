/** Listens for single keys, and leaves them alone while they mean something else. */

import { useEffect } from 'react';
import { useSession } from '../context.ts';
import { isResting, performShortcut, type Shortcut, shortcutOf } from './shortcuts.ts';

const TEXT_FIELDS = 'input:not([type=range],[type=radio],[type=checkbox]), textarea, [contenteditable]';
/** Elements that the space bar presses. */
const PRESSABLE = 'button, summary, a, label, select, input:not([type=range])';

/** Shortcuts that go on while their key is held. */
const REPEATING: ReadonlySet<Shortcut> = new Set(['step', 'back', 'forth']);

/** Installs the shortcuts for as long as the component lives. */
export function useShortcuts(): void {
  const session = useSession();
  useEffect(() => {
    /** The element that a mouse or finger focused last: there, the space bar still means train or pause. */
    let pressedByPointer: EventTarget | null = null;
    const onPointerDown = (event: PointerEvent): void => {
      pressedByPointer = event.target instanceof Element ? event.target.closest(PRESSABLE) : null;
    };
    const onKeyDown = (event: KeyboardEvent): void => {
      const shortcut = shortcutOf(event);
      if (!shortcut || event.defaultPrevented || (event.repeat && !REPEATING.has(shortcut))) return;
      const target = event.target instanceof Element ? event.target : null;
      if (target?.closest(TEXT_FIELDS)) {
        if (shortcut === 'unpin' && target instanceof HTMLElement) target.blur();
        return;
      }
      const { hasShortcuts, hidden } = session.view.getState();
      if (isResting(shortcut, hidden) || (shortcut !== 'unpin' && !hasShortcuts)) return;
      // Letters choose an option of a list.
      if (target?.closest('select') && shortcut !== 'toggle') return;
      const pressable = target?.closest(PRESSABLE) ?? null;
      if (shortcut === 'toggle' && pressable && pressable !== pressedByPointer) return;
      if (shortcut !== 'unpin') event.preventDefault();
      performShortcut(session, shortcut, event.key);
    };
    document.addEventListener('pointerdown', onPointerDown, true);
    document.addEventListener('keydown', onKeyDown);
    return () => {
      document.removeEventListener('pointerdown', onPointerDown, true);
      document.removeEventListener('keydown', onKeyDown);
    };
  }, [session]);
}
