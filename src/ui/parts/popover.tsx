/** A button and the small panel that it opens: the browser's own popover, so Escape and a click elsewhere close it. */

import { type ReactNode, type ToggleEvent, useId, useRef, useState } from 'react';
import { flushSync } from 'react-dom';

const MARGIN = 8;

export interface PopoverProps {
  readonly label?: string;
  readonly className?: string;
  readonly panelClassName?: string;
  readonly button: ReactNode;
  readonly children: ReactNode;
  /** Id of the button, for a shortcut that presses it. */
  readonly buttonId?: string;
  /** Told when the panel opens and closes, so that what is in it can wait until then. */
  readonly onOpen?: (isOpen: boolean) => void;
}

/** Spans throughout, so that it may stand inside a line of text. */
export function Popover({ label, className, panelClassName, button, children, buttonId, onOpen }: PopoverProps) {
  const id = useId();
  const opener = useRef<HTMLButtonElement>(null);
  const panel = useRef<HTMLSpanElement>(null);
  const resized = useRef<ResizeObserver>(null);
  const [wasOpened, setWasOpened] = useState(false);

  /** What is in it is drawn when it is first opened, before it is shown: most of them never are. */
  const fill = ({ newState }: ToggleEvent<HTMLSpanElement>): void => {
    if (newState === 'open') flushSync(() => setWasOpened(true));
  };

  /** Below the button where there is room, above it elsewhere, and never beyond the window. */
  const place = (): void => {
    if (!opener.current || !panel.current) return;
    const anchor = opener.current.getBoundingClientRect();
    const { offsetWidth, offsetHeight, style } = panel.current;
    const below = anchor.bottom + MARGIN;
    const isBelow = below + offsetHeight <= innerHeight - MARGIN;
    const above = Math.max(MARGIN, Math.min(anchor.top, innerHeight) - offsetHeight - MARGIN);
    style.left = `${Math.max(MARGIN, Math.min(anchor.left, innerWidth - offsetWidth - MARGIN))}px`;
    style.top = `${isBelow ? below : above}px`;
  };

  const toggled = ({ newState }: ToggleEvent<HTMLSpanElement>): void => {
    const isOpen = newState === 'open';
    onOpen?.(isOpen);
    resized.current?.disconnect();
    if (!isOpen || !panel.current) return;
    place();
    // What is in it may come later, or grow.
    resized.current = new ResizeObserver(place);
    resized.current.observe(panel.current);
  };

  return (
    <>
      <button
        ref={opener}
        type="button"
        {...(buttonId && { id: buttonId })}
        className={className}
        aria-label={label}
        popoverTarget={id}
      >
        {button}
      </button>
      <span
        ref={panel}
        id={id}
        popover="auto"
        className={`popover ${panelClassName ?? ''}`}
        onBeforeToggle={fill}
        onToggle={toggled}
      >
        {wasOpened && children}
      </span>
    </>
  );
}
