/** Outlines the parts of the page that a card speaks about, and brings the first one into sight. */

import { useEffect } from 'react';
import type { PartName } from '../../store/lessons/lesson.ts';
import { prefersStillness } from '../theme.ts';
import { selectorOf } from './parts.ts';

const FOCUSABLE =
  'button:not([disabled]), [tabindex="0"], input:not([type="radio"]:not(:checked)), select, a[href], summary';

/** A sheet rather than attributes, so that a part is marked whenever it comes, and React's elements stay React's. */
export function useMarks(marks: readonly PartName[]): void {
  const selectors = marks.map(selectorOf).join(', ');
  useEffect(() => {
    if (!selectors) return;
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(`
      :is(${selectors}) { outline: 2px solid var(--accent); outline-offset: 4px; border-radius: 2px; }
      .drawer-tab:is(${selectors}) { outline-offset: -3px; }`);
    document.adoptedStyleSheets.push(sheet);
    return () => {
      document.adoptedStyleSheets = document.adoptedStyleSheets.filter((other) => other !== sheet);
    };
  }, [selectors]);
}

/** Scrolls a part into sight; nothing where the page has it in sight already, or not at all. */
export function showPart(part: PartName | undefined): void {
  const element = part && document.querySelector(selectorOf(part));
  element?.scrollIntoView({ block: 'nearest', inline: 'nearest', behavior: prefersStillness() ? 'instant' : 'smooth' });
}

/** Brings the keyboard to a part. */
export function focusPart(part: PartName): void {
  showPart(part);
  const element = document.querySelector<HTMLElement>(selectorOf(part));
  const target = element?.matches(FOCUSABLE) ? element : element?.querySelector<HTMLElement>(FOCUSABLE);
  target?.focus({ preventScroll: true });
}
