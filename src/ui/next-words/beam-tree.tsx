/** The tree that a beam search went through: kept words strong, pruned ones faint, the way to one translation in the accent. */

import { useEffect, useMemo, useRef, useState } from 'react';
import { activeLit, isWordLit, litWord, togglePin } from '../../store/view-store.ts';
import type { BeamNode, BeamSearch } from '../../training/questions.ts';
import { layoutBeam, pathTo } from '../../viz/beam-layout.ts';
import { useFormat, useRun, useSession, useStrings, useView } from '../context.ts';
import { measure } from '../heatmap/use-layout.ts';
import { PictureStop } from '../parts/picture-stop.tsx';
import { tokenName, tokenText } from '../parts/word.tsx';
import { beamStep } from './beam-walk.ts';

const FONT = 14;
const LARGE_FONT = 18;
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
  const strings = useStrings();
  const { access } = strings;
  const { beam } = strings.nextWords;
  const { view } = useSession();
  const format = useFormat();
  const fontSize = useView(({ size }) => (size === 'large' ? LARGE_FONT : FONT));
  const language = useRun(({ run }) => run?.targetLanguage);
  const { layout, byId, drawn } = useMemo(() => {
    const shown = search.nodes
      .filter(({ isKept, probability }) => isKept || probability >= MIN_PRUNED)
      .map((node) => ({ ...node, token: node.position < 0 ? beam.start : tokenText(node.token) }));
    const input = { nodes: shown, fontSize, prunedRows: PRUNED_ROWS, labelWidth: LABEL, measure };
    const layout = layoutBeam(input);
    const byId = new Map(search.nodes.map((node) => [node.id, node]));
    return { layout, byId, drawn: layout.nodes.flatMap(({ id }) => byId.get(id) ?? []) };
  }, [search, beam, fontSize]);
  const leaf = search.hypotheses[pointed]?.node ?? search.hypotheses[0]?.node;
  const way = useMemo(() => (leaf === undefined ? new Set<number>() : pathTo(search.nodes, leaf)), [search, leaf]);
  const kept = search.nodes.filter((node) => node.isKept).length - 1;
  const classOf = (id: number): string => `${byId.get(id)?.isKept ? 'kept' : 'pruned'} ${way.has(id) ? 'way' : ''}`;
  const { width, height } = layout;
  const scroll = useRef<HTMLElement>(null);
  /** The node that the keyboard is at; null while the focus is elsewhere. */
  const [walked, setWalked] = useState<number | null>(null);
  const [last, setLast] = useState(0);
  const stop = drawn.find(({ id }) => id === last) ?? drawn[0];
  const stopPlace = layout.nodes.find(({ id }) => id === stop?.id);
  useEffect(() => {
    const frame = scroll.current;
    if (walked === null || !frame || !stopPlace) return;
    if (stopPlace.x < frame.scrollLeft || stopPlace.x + stopPlace.width > frame.scrollLeft + frame.clientWidth)
      frame.scrollLeft = stopPlace.x + (stopPlace.width - frame.clientWidth) / 2;
  }, [walked, stopPlace]);
  const said = (node: BeamNode): string =>
    node.position < 0
      ? access.beamStart(search.nodes.filter(({ parent }) => parent === node.id).length)
      : access.beamNode(
          node.position + 1,
          tokenName(node.token, strings),
          format.weight(node.probability),
          way.has(node.id) ? 'way' : node.isKept ? 'kept' : 'pruned',
        );
  return (
    <figure className="beam-figure">
      <section ref={scroll} className="beam-scroll" aria-label={beam.treeTitle}>
        <div className="picture" style={{ inlineSize: width }}>
          <svg
            className="beam-tree"
            role="img"
            aria-label={beam.tree(search.width, kept, search.nodes.length - 1 - kept)}
            width={width}
            height={height}
            fontSize={fontSize}
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
            {walked !== null && stopPlace && (
              <rect
                className="beam-stop"
                x={stopPlace.x - 3}
                y={stopPlace.y - 15}
                width={stopPlace.width + 6}
                height={30}
                rx={4}
              />
            )}
          </svg>
          {stop && (
            <PictureStop
              label={access.beamTree}
              at={drawn.indexOf(stop)}
              count={drawn.length}
              text={said(stop)}
              next={({ key }) => {
                const id = beamStep(drawn, stop.id, key);
                return id === null ? null : drawn.findIndex((node) => node.id === id);
              }}
              onReach={(place) => {
                const node = drawn[place];
                if (!node) return;
                setLast(node.id);
                setWalked(node.id);
                view.setState({ hovered: node.position < 0 ? null : litWord('target', node.token) });
              }}
              onChoose={(place) => {
                const node = drawn[place];
                if (node && node.position >= 0) togglePin(view, litWord('target', node.token));
              }}
              onLeave={() => {
                setWalked(null);
                view.setState({ hovered: null });
              }}
            />
          )}
        </div>
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
