/** The tree of a beam search as lanes: positions from left to right, at each what was kept above what was pruned. No DOM in here. */

import type { MeasureText } from './text-width.ts';

export interface BeamLayoutNode {
  readonly id: number;
  readonly parent: number | null;
  readonly token: string;
  readonly position: number;
  readonly logProbability: number;
  readonly isKept: boolean;
}

export interface PlacedNode {
  readonly id: number;
  /** Left edge and middle of the word. */
  readonly x: number;
  readonly y: number;
  readonly width: number;
}

export interface BeamEdge {
  readonly from: number;
  readonly to: number;
  /** SVG path. */
  readonly path: string;
}

export interface BeamLayout {
  readonly nodes: readonly PlacedNode[];
  readonly edges: readonly BeamEdge[];
  readonly width: number;
  readonly height: number;
}

export interface BeamLayoutInput {
  readonly nodes: readonly BeamLayoutNode[];
  readonly fontSize: number;
  /** Pruned words that are drawn at each position, likeliest first. */
  readonly prunedRows: number;
  /** Room for the number on an edge, px. */
  readonly labelWidth: number;
  readonly measure: MeasureText;
}

const PADDING = 6;
const MARGIN = 4;
const BEND = 20;

/** Places the nodes; of the pruned ones those that fit. */
export function layoutBeam({ nodes, fontSize, prunedRows, labelWidth, measure }: BeamLayoutInput): BeamLayout {
  const lane = Math.ceil(fontSize * 2);
  const byPosition = new Map<number, BeamLayoutNode[]>();
  for (const node of nodes) {
    const own = byPosition.get(node.position) ?? [];
    own.push(node);
    byPosition.set(node.position, own);
  }
  const placed = new Map<number, PlacedNode>();
  let x = MARGIN;
  let rows = 1;
  const positions = [...byPosition.keys()].sort((a, b) => a - b);
  for (const position of positions) {
    const own = (byPosition.get(position) ?? []).toSorted((a, b) => b.logProbability - a.logProbability || a.id - b.id);
    const shown = [...own.filter(({ isKept }) => isKept), ...own.filter(({ isKept }) => !isKept).slice(0, prunedRows)];
    const widths = shown.map(({ token }) => Math.ceil(measure(token, fontSize)) + 2 * PADDING);
    shown.forEach(({ id }, row) => {
      placed.set(id, { id, x, y: MARGIN + (row + 0.5) * lane, width: widths[row] as number });
    });
    rows = Math.max(rows, shown.length);
    x += Math.max(...widths, 0) + BEND + labelWidth;
  }
  const edges = nodes.flatMap(({ id, parent }) => {
    const to = placed.get(id);
    const from = parent === null ? undefined : placed.get(parent);
    return to && from ? [{ from: from.id, to: id, path: edgePath(from, to, labelWidth) }] : [];
  });
  return {
    nodes: [...placed.values()],
    edges,
    width: Math.max(0, x - BEND - labelWidth) + MARGIN,
    height: 2 * MARGIN + rows * lane,
  };
}

/** From the right of a word, bent, then straight under the number to the left of the next. */
function edgePath(from: PlacedNode, to: PlacedNode, labelWidth: number): string {
  const start = from.x + from.width;
  const end = to.x - labelWidth;
  const half = (start + end) / 2;
  return `M${start},${from.y}C${half},${from.y} ${half},${to.y} ${end},${to.y}H${to.x}`;
}

/** Nodes on the way to a leaf, the leaf included. */
export function pathTo(nodes: readonly Pick<BeamLayoutNode, 'id' | 'parent'>[], leaf: number): ReadonlySet<number> {
  const parents = new Map(nodes.map(({ id, parent }) => [id, parent]));
  const path = new Set<number>();
  for (let id: number | null | undefined = leaf; id !== null && id !== undefined; id = parents.get(id)) path.add(id);
  return path;
}
