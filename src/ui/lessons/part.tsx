/** A part of the page that a link can leave out. */

import type { ReactNode } from 'react';
import type { HidablePart } from '../../store/hidden.ts';
import { useView } from '../context.ts';

export const useIsHidden = (part: HidablePart): boolean => useView((state) => state.hidden.includes(part));

export function Part({ name, children }: { readonly name: HidablePart; readonly children: ReactNode }) {
  return useIsHidden(name) ? null : children;
}
