/** The tree that a beam search went through: kept words strong, pruned ones faint, the way to one translation in the accent. */

import { useMemo } from 'react';
import { activeLit, isWordLit, litWord } from '../../store/view-store.ts';
import type { BeamNode, BeamSearch } from '../../training/questions.ts';
import { layoutBeam, pathTo } from '../../viz/beam-layout.ts';
import { useFormat, useRun, useSession, useStrings, useView } from '../context.ts';
import { measure } from '../heatmap/use-layout.ts';
import { tokenText } from '../parts/word.tsx';

const FONT = 14;
const PRUNED_ROWS = 3;
/** Room for a probability. */
const LABEL = 38;
/** A pruned word less likely than this is not drawn. */
const MIN_PRUNED = 0.005;

export interface BeamTreeProps {
  readonly search: BeamSearch;
  /** Index of the translation to point out. */
  readonly pointed: number;
}

export function BeamTree({ search, pointed }: BeamTreeProps) {
  const { beam } = useStrings().nextWords;
  const format = useFormat();
  const language = useRun(({ run }) => run?.targetLanguage);
  const { layout, byId } = useMemo(() => {
    const shown = search.nodes
      .filter(({ isKept, probability }) => isKept || probability >= MIN_PRUNED)
      .map((node) => ({ ...node, token: node.position < 0 ? beam.start : tokenText(node.token) }));
    const input = { nodes: shown, fontSize: FONT, prunedRows: PRUNED_ROWS, labelWidth: LABEL, measure };
    return { layout: layoutBeam(input), byId: new Map(search.nodes.map((node) => [node.id, node])) };
  }, [search, beam]);
  const leaf = search.hypotheses[pointed]?.node ?? search.hypotheses[0]?.node;
  const way = useMemo(() => (leaf === undefined ? new Set<number>() : pathTo(search.nodes, leaf)), [search, leaf]);
  const kept = search.nodes.filter((node) => node.isKept).length - 1;
  const classOf = (id: number): string => `${byId.get(id)?.isKept ? 'kept' : 'pruned'} ${way.has(id) ? 'way' : ''}`;
  const { width, height } = layout;
  return (
    <figure className="beam-figure">
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a frame that scrolls has to be reachable by keyboard */}
      <section className="beam-scroll" aria-label={beam.treeTitle} tabIndex={0}>
        <svg
          className="beam-tree"
          role="img"
          aria-label={beam.tree(search.width, kept, search.nodes.length - 1 - kept)}
          width={width}
          height={height}
          fontSize={FONT}
          {...(language && { lang: language })}
        >
          {layout.edges.map(({ to, path }) => (
            <path key={to} className={`beam-edge ${classOf(to)}`} d={path} />
          ))}
          {layout.nodes.map(({ id, x, y, width: own }) => (
            <TreeWord key={id} node={byId.get(id)} x={x} y={y} width={own} className={classOf(id)} />
          ))}
          {layout.edges.map(({ to }) => {
            const at = layout.nodes.find(({ id }) => id === to);
            const probability = byId.get(to)?.probability ?? 0;
            return (
              at && (
                <text key={to} className={`beam-probability ${classOf(to)}`} x={at.x - 4} y={at.y - 4}>
                  {format.weight(probability)}
                </text>
              )
            );
          })}
        </svg>
      </section>
      <figcaption className="beam-legend" aria-hidden="true">
        <span className="beam-key way">{beam.best}</span>
        <span className="beam-key kept">{beam.kept}</span>
        <span className="beam-key pruned">{beam.pruned}</span>
      </figcaption>
    </figure>
  );
}

interface TreeWordProps {
  readonly node: BeamNode | undefined;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly className: string;
}

function TreeWord({ node, x, y, width, className }: TreeWordProps) {
  const { view } = useSession();
  const { beam } = useStrings().nextWords;
  const isStart = !node || node.position < 0;
  const token = node?.token ?? '';
  const isLit = useView((state) => !isStart && isWordLit(activeLit(state), 'target', token, null));
  return (
    <g
      className={`beam-word ${isStart ? 'start' : ''} ${className} ${isLit ? 'lit' : ''}`}
      {...(!isStart && {
        onPointerEnter: () => view.setState({ hovered: litWord('target', token) }),
        onPointerLeave: () => view.setState({ hovered: null }),
      })}
    >
      <rect x={x} y={y - 12} width={width} height={24} rx={3} />
      <text x={x + width / 2} y={y + 5}>
        {isStart ? beam.start : tokenText(token)}
      </text>
    </g>
  );
}
