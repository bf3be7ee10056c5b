/** Walking through the tree of a beam search: along it from word to word, across it between words of one position. */

import type { BeamNode } from '../../training/questions.ts';

/** Words of one position in the order in which they stand below each other: likelier paths first, pruned words after them. */
const inOrder = (a: BeamNode, b: BeamNode): number =>
  Number(b.isKept) - Number(a.isKept) || b.logProbability - a.logProbability || a.id - b.id;

/**
 * The node that a key leads to from `id`: → to the likeliest word after it, ← to the word before it, ↑ and ↓ between
 * the words of its position, Home to the start, End along the likeliest words to the last.
 *
 * @param nodes - the nodes that are drawn
 * @returns the same node where there is none further, null for a key of somebody else
 */
export function beamStep(nodes: readonly BeamNode[], id: number, key: string): number | null {
  const node = nodes.find((each) => each.id === id) ?? nodes.find(({ parent }) => parent === null);
  if (!node) return null;
  const after = (from: BeamNode): BeamNode | undefined =>
    nodes.filter(({ parent }) => parent === from.id).sort(inOrder)[0];
  const level = nodes.filter(({ position }) => position === node.position).sort(inOrder);
  const place = level.indexOf(node);
  switch (key) {
    case 'ArrowRight':
      return (after(node) ?? node).id;
    case 'ArrowLeft':
      return node.parent ?? node.id;
    case 'ArrowDown':
      return (level[place + 1] ?? node).id;
    case 'ArrowUp':
      return (level[place - 1] ?? node).id;
    case 'Home':
      return (nodes.find(({ parent }) => parent === null) ?? node).id;
    case 'End': {
      let last = node;
      for (let further = after(last); further; further = after(last)) last = further;
      return last.id;
    }
    default:
      return null;
  }
}
