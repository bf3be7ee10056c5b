/** A frame that scrolls what is wider or higher than it, by the keyboard as well. */

import type { ReactNode } from 'react';

interface ScrollFrameProps {
  readonly label: string;
  readonly className: string;
  /** Where a landmark for every frame would bury those that matter. */
  readonly isMinor?: boolean;
  readonly children: ReactNode;
}

export function ScrollFrame({ label, className, isMinor = false, children }: ScrollFrameProps) {
  return (
    // What scrolls has to be reachable by the keyboard (WCAG 2.1.1).
    <section className={className} aria-label={label} role={isMinor ? 'group' : undefined} tabIndex={0}>
      {children}
    </section>
  );
}
