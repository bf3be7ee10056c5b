/** Printed numbers in a line of arithmetic. */

import type { ReactNode } from 'react';
import { ScrollFrame } from '../parts/scroll-frame.tsx';
import type { Printed } from './printed.ts';

/** a + b − c: a negative summand is subtracted. */
export function Added({ terms }: { readonly terms: readonly Printed[] }): ReactNode {
  return terms
    .map(({ text }, i) => (i === 0 ? text : text.startsWith('−') ? ` − ${text.slice(1)}` : ` + ${text}`))
    .join('');
}

/** A factor behind a multiplication sign: negative ones stand in brackets. */
export const factor = ({ text }: Printed): string => (text.startsWith('−') ? `(${text})` : text);

/** A step of the card with its number, as in a worked solution. */
export function Step({
  number,
  title,
  children,
}: {
  readonly number: number;
  readonly title: string;
  readonly children: ReactNode;
}) {
  return (
    <section className="card-step" aria-label={title}>
      <h3>
        <span className="card-number" aria-hidden="true">
          {number}
        </span>
        {title}
      </h3>
      {children}
    </section>
  );
}

/** A table that scrolls in a frame of its own where it is wider than the page. */
export function TableFrame({ label, children }: { readonly label: string; readonly children: ReactNode }) {
  return (
    // A landmark for every table would bury those that matter.
    <ScrollFrame className="card-frame" label={label} isMinor>
      {children}
    </ScrollFrame>
  );
}
