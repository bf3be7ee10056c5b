import { describe, expect, it } from 'vitest';
import { type BeamLayoutNode, layoutBeam, pathTo } from './beam-layout.ts';
import { approximateTextWidth } from './text-width.ts';

const node = (id: number, parent: number | null, position: number, isKept: boolean): BeamLayoutNode => ({
  id,
  parent,
  token: `word${id}`,
  position,
  logProbability: -id / 10,
  isKept,
});
/** Two kept and three pruned at each of three positions. */
const nodes = [node(0, null, -1, true)];
for (let position = 0; position < 3; position++)
  for (let i = 0; i < 5; i++)
    nodes.push(node(nodes.length, position === 0 ? 0 : 5 * (position - 1) + 1 + (i % 2), position, i < 2));

const layout = layoutBeam({ nodes, fontSize: 14, prunedRows: 2, labelWidth: 40, measure: approximateTextWidth });
const at = (id: number) => layout.nodes.find((placed) => placed.id === id);

describe('the tree of a beam search', () => {
  it('has positions from left to right, without overlap and inside the picture', () => {
    for (const { from, to } of layout.edges)
      expect(at(to)?.x).toBeGreaterThanOrEqual((at(from)?.x ?? 0) + (at(from)?.width ?? 0) + 40);
    for (const a of layout.nodes) {
      expect(a.x + a.width).toBeLessThanOrEqual(layout.width);
      expect(a.y).toBeLessThan(layout.height);
      for (const b of layout.nodes) if (a.id !== b.id && a.x === b.x) expect(Math.abs(a.y - b.y)).toBeGreaterThan(20);
    }
  });

  it('has what was kept above what was pruned, and of that the likeliest', () => {
    expect((at(2)?.y ?? 0) < (at(3)?.y ?? 0)).toBe(true);
    expect(at(4)).toBeDefined();
    expect(at(5)).toBeUndefined();
  });

  it('joins every drawn node with its parent', () => {
    expect(layout.edges).toHaveLength(layout.nodes.length - 1);
    for (const { path } of layout.edges) expect(path).not.toContain('NaN');
  });

  it('knows the way to a leaf', () => {
    expect([...pathTo(nodes, 12)]).toEqual([12, 7, 2, 0]);
  });
});
