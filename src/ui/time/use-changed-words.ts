/** The words of the compared moment where they were others than those on the stage. */

import { useMemo } from 'react';
import { useTimeline } from '../context.ts';

/** For each target word the one that it replaced, '' for none, null where nothing changed; null while nothing is compared. */
export function useChangedWords(): readonly (string | null)[] | null {
  // As text, so that whoever draws the words only does so again when one of them changed.
  const text = useTimeline(({ difference }) => (difference ? JSON.stringify(difference.was) : null));
  return useMemo(() => (text === null ? null : (JSON.parse(text) as (string | null)[])), [text]);
}
