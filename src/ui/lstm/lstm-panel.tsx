/** Panel `lstm`: one step of one LSTM unit with its numbers, the unit over time, and all units of its layer. */

import '../styles/cell.css';
import '../styles/lstm.css';
import { type ReactNode, useEffect, useMemo, useRef } from 'react';
import { familyOf } from '../../model/config.ts';
import { litWord } from '../../store/view-store.ts';
import type { Scene, Trace } from '../../training/questions.ts';
import { largestOf } from '../cell/tensor-rows.ts';
import { usePinned, useStagedScene } from '../cell/use-staged.ts';
import { useRun, useSession, useStrings, useView } from '../context.ts';
import { PanelFrame } from '../drawer/panel-frame.tsx';
import { useAnswer } from '../drawer/use-answer.ts';
import { useHeld } from '../drawer/use-held.ts';
import { tokenText } from '../parts/word.tsx';
import { type Layer, layerKey, layersOf, lstmParameters, positionsOf, quantityMap, unitsOf } from './lstm-place.ts';
import { OverTime } from './over-time.tsx';
import { StepSection } from './step-section.tsx';
import { UnitMap } from './unit-map.tsx';

export default function LstmPanel() {
  const held = useHeld();
  const { scene, note } = useStagedScene();
  const layers = useRun((state) => state.run?.config.layers ?? null);
  const isBidirectional = useRun((state) => state.run?.config.bidirectional ?? false);
  const family = useRun(({ run }) => (run ? familyOf(run.config.task) : 'translator'));
  const box = useView((state) => state.box);
  const { view } = useSession();
  const chosen = useView((state) => state.lstmLayer);
  // What is chosen in the schematic opens, until another layer is chosen here.
  const lastBox = useRef(box);
  useEffect(() => {
    if (lastBox.current !== box) view.setState({ lstmLayer: null });
    lastBox.current = box;
  }, [box, view]);
  const key = chosen ?? (box === 'encode' ? '0' : 'decoder');
  if (scene === null || layers === null)
    return (
      <PanelFrame step={null} held={held} note={note}>
        {null}
      </PanelFrame>
    );
  const hasDecoder = family !== 'classifier';
  // A picture is read by convolutions.
  const all = layersOf({ layers: family === 'reader' ? 0 : layers, directions: isBidirectional ? 2 : 1 }, hasDecoder);
  const layer = all.find((candidate) => layerKey(candidate) === key) ?? (all.at(hasDecoder ? -1 : 0) as Layer);
  return (
    <Asked
      scene={scene}
      layer={layer}
      held={held}
      tools={
        <LayerChoice
          layers={all}
          layer={layer}
          isBidirectional={isBidirectional}
          onChange={(lstmLayer) => view.setState({ lstmLayer })}
        />
      }
    />
  );
}

interface LayerChoiceProps {
  readonly layers: readonly Layer[];
  readonly layer: Layer;
  readonly isBidirectional: boolean;
  readonly onChange: (key: string) => void;
}

function LayerChoice({ layers, layer, isBidirectional, onChange }: LayerChoiceProps) {
  const { lstm } = useStrings();
  const name = (each: Layer): string =>
    each.part === 'decoder'
      ? lstm.decoder
      : lstm.encoderLayer(each.layer + 1, isBidirectional ? (each.isReverse ? 'backward' : 'forward') : null);
  return (
    <label className="lstm-choice">
      {lstm.layer}
      <select value={layerKey(layer)} onChange={(event) => onChange(event.target.value)}>
        {layers.map((each) => (
          <option key={layerKey(each)} value={layerKey(each)}>
            {name(each)}
          </option>
        ))}
      </select>
    </label>
  );
}

interface AskedProps {
  readonly scene: Scene;
  readonly layer: Layer;
  readonly held: ReturnType<typeof useHeld>;
  readonly tools: ReactNode;
}

function Asked({ scene, layer, held, tools }: AskedProps) {
  const { lstm } = useStrings();
  const question = useMemo(() => ({ scene, parameters: lstmParameters(layer) }), [scene, layer]);
  const asked = useAnswer('trace', question, { isLive: true, isHeld: held.isHeld });
  // The answer to another layer's question has other weights.
  const isOwn = asked.answer !== null && lstmParameters(layer).every((name) => asked.answer?.parameters[name]);
  const trace = isOwn ? asked.answer : null;
  const isEmpty = trace !== null && wordsOf(trace, layer).length === 0;
  return (
    <Opened
      trace={isEmpty ? null : trace}
      scene={asked.question?.scene ?? scene}
      layer={layer}
      frame={(choices, body) => (
        <PanelFrame
          step={trace?.step ?? null}
          isBehind={asked.isBehind}
          error={asked.error}
          held={held}
          tools={
            <>
              {tools}
              {choices}
            </>
          }
          note={isEmpty ? lstm.noWords : null}
        >
          {body}
        </PanelFrame>
      )}
    />
  );
}

/** Words of the time axis: those that an encoder reads, or those that a decoder produces. */
const wordsOf = (trace: Trace, layer: Layer): readonly string[] =>
  (layer.part === 'decoder' ? trace.translation.target : trace.translation.source)
    .slice(0, positionsOf(trace, layer))
    .map(({ text }) => text);

interface OpenedProps {
  readonly trace: Trace | null;
  readonly scene: Scene;
  readonly layer: Layer;
  readonly frame: (choices: ReactNode, body: ReactNode) => ReactNode;
}

function Opened({ trace, scene, layer, frame }: OpenedProps) {
  const { lstm } = useStrings();
  const { view } = useSession();
  const pinned = usePinned();
  const unit = useView((state) => state.lstmUnit);
  // Until one is chosen, the unit that moves most says most.
  const busiest = useMemo(() => (trace ? busiestUnit(trace, layer) : 0), [trace, layer]);
  if (!trace) return frame(null, null);
  const side = layer.part === 'decoder' ? 'target' : 'source';
  const words = wordsOf(trace, layer);
  const units = unitsOf(trace, layer);
  const openUnit = unit !== null && unit < units ? unit : busiest;
  const pinnedPlace = side === 'target' ? pinned?.row : pinned?.column;
  const position = pinnedPlace !== null && pinnedPlace !== undefined && pinnedPlace < words.length ? pinnedPlace : 0;
  const choose = (place: number): void => {
    const word = litWord(side, words[place] ?? '', place);
    // The other half of a pinned cell stays where it is.
    const other =
      side === 'target'
        ? { column: pinned?.column ?? null, sourceToken: pinned?.sourceToken ?? null }
        : { row: pinned?.row ?? null, targetToken: pinned?.targetToken ?? null };
    view.setState({ pinned: { ...word, ...other } });
  };
  const choices = (
    <>
      <label className="lstm-choice">
        {lstm.position}
        <select value={position} onChange={(event) => choose(Number(event.target.value))}>
          {words.map((word, place) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: a word is its place in the sentence
            <option key={place} value={place}>
              {place + 1} {tokenText(word)}
            </option>
          ))}
        </select>
      </label>
      <label className="lstm-choice">
        {lstm.unit}
        <input
          type="range"
          min={0}
          max={units - 1}
          value={openUnit}
          aria-valuetext={lstm.unitOf(openUnit, units)}
          onChange={(event) => view.setState({ lstmUnit: Number(event.target.value) })}
        />
        <output className="lstm-unit">{lstm.unitOf(openUnit, units)}</output>
      </label>
    </>
  );
  const place = { trace, layer, words, side, position, unit: openUnit } as const;
  return frame(
    choices,
    <div className="lstm-sections">
      <StepSection {...place} scene={scene} />
      <OverTime {...place} onChoose={choose} />
      <UnitMap
        {...place}
        onChoose={(nextUnit, nextPosition) => {
          view.setState({ lstmUnit: nextUnit });
          choose(nextPosition);
        }}
      />
    </div>,
  );
}

/** What all parts of the panel show. */
export interface Place {
  readonly trace: Trace;
  readonly layer: Layer;
  /** Of the time axis. */
  readonly words: readonly string[];
  readonly side: 'source' | 'target';
  readonly position: number;
  readonly unit: number;
}

/** The unit whose hidden state changes most from word to word, all in all. */
function busiestUnit(trace: Trace, layer: Layer): number {
  const map = quantityMap(trace, layer, 'h');
  const positions = positionsOf(trace, layer);
  const moves = Array.from({ length: unitsOf(trace, layer) }, (_, u) => {
    let sum = 0;
    for (let t = 1; t < positions; t++)
      sum += Math.abs((map[u * positions + t] as number) - (map[u * positions + t - 1] as number));
    return sum;
  });
  return largestOf(moves, 1)[0] ?? 0;
}
