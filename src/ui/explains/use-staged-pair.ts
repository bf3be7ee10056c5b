/** The sentence on the stage with its translation, followed at a pace that a reader and the worker can keep up with. */

import { useEffect, useState } from 'react';
import type { Question } from '../../training/questions.ts';
import { useFrames } from '../context.ts';

/** While a model learns, its translation may change many times a second. */
const INTERVAL_MS = 1000;

export interface StagedPair extends Question<'attributions'> {
  readonly key: string;
}

/** Null while nothing is on the stage. Another sentence is taken over at once, other words of the same one when nobody reads. */
export function useStagedPair(isHeld: boolean): StagedPair | null {
  const shape = useFrames((state) => state.shape);
  const [pair, setPair] = useState<StagedPair | null>(null);
  useEffect(() => {
    const next = shape && {
      key: shape.key,
      source: shape.source.map(({ text }) => text),
      target: shape.target.map(({ text }) => text),
    };
    if (next?.key !== pair?.key) {
      setPair(next);
      return;
    }
    if (isHeld || !next || next.target.join('\u001f') === pair?.target.join('\u001f')) return;
    const timer = setTimeout(() => setPair(next), INTERVAL_MS);
    return () => clearTimeout(timer);
  }, [shape, pair, isHeld]);
  return pair;
}
