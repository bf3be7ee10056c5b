/** The width of an element, followed as it changes. */

import { type RefObject, useLayoutEffect, useState } from 'react';

export function useWidth(element: RefObject<Element | null>): number {
  const [width, setWidth] = useState(0);
  useLayoutEffect(() => {
    const target = element.current;
    if (!target) return;
    const observer = new ResizeObserver(() => setWidth(Math.floor(target.getBoundingClientRect().width)));
    observer.observe(target);
    return () => observer.disconnect();
  }, [element]);
  return width;
}
