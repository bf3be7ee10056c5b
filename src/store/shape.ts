/** What of a translation the page's words depend on: it changes seldom, while the weights change with every frame. */

import { commonSubsequence } from '../lib/common-subsequence.ts';
import type { Token, Translation } from '../training/protocol.ts';

/** The end symbol of every target vocabulary. */
const END = '</s>';

export interface Shape {
  readonly key: string;
  readonly source: readonly Token[];
  readonly target: readonly Token[];
  /** The target as people write it. */
  readonly targetText: string;
  readonly reference: readonly string[] | null;
  /** The reference as people write it; empty where there is none. */
  readonly referenceText: string;
  /** For each target token: true where a reference is known and does not have it here. */
  readonly isWrong: readonly boolean[];
  /** Words of the reference that the translation lacks. */
  readonly missing: number;
  /** For each target token the source tokens of its gold alignment; empty where none is known. */
  readonly gold: readonly (readonly number[])[];
  readonly hasAttention: boolean;
  readonly isComplete: boolean;
}

export function shapeOf(key: string, translation: Translation): Shape {
  const { source, target, reference, weights, isComplete } = translation;
  const given = reference?.target ?? null;
  // The reference does not carry the end symbol; a model that stops where the reference ends is right.
  const goal = given && given.at(-1) !== END ? [...given, END] : (given ?? []);
  const partners = given
    ? commonSubsequence(
        target.map((token) => token.text),
        goal,
      )
    : [];
  return {
    key,
    source,
    target,
    targetText: translation.targetText,
    reference: given,
    referenceText: reference?.text ?? '',
    isWrong: target.map((_, row) => given !== null && partners[row] === null),
    missing: given ? given.filter((_, place) => !partners.includes(place)).length : 0,
    gold: target.map((_, row) => reference?.alignment?.[partners[row] ?? -1] ?? []),
    // A translation of no words has no weights either.
    hasAttention: weights.length > 0 || target.length === 0,
    isComplete,
  };
}

/** The old shape where nothing in it changed, so that whoever compares by identity sees no change. */
export function keepShape(before: Shape | null, next: Shape): Shape {
  const isSame =
    before?.key === next.key &&
    before.hasAttention === next.hasAttention &&
    before.isComplete === next.isComplete &&
    (before.reference === null) === (next.reference === null) &&
    before.target.length === next.target.length &&
    before.target.every((token, row) => token.text === next.target[row].text);
  return isSame ? before : next;
}
