/** Small drawings of the stages. The words at both ends and the softmax are those of the sentence on the stage. */

import { familyOf } from '../../model/config.ts';
import { activeLit, isWordLit } from '../../store/view-store.ts';
import { useFrames, useSettings, useView } from '../context.ts';
import type { Side } from '../parts/word.tsx';
import type { SchematicStage } from '../strings/strings.ts';

const WIDTH = 48;
const HEIGHT = 30;
/** Words that fit. */
const MAX_BARS = 7;

export function Pictogram({ box }: { readonly box: SchematicStage }) {
  return (
    <svg className="pictogram" viewBox={`0 0 ${WIDTH} ${HEIGHT}`} aria-hidden="true">
      <Drawing box={box} />
    </svg>
  );
}

function Drawing({ box }: { readonly box: SchematicStage }) {
  const isReader = useSettings((state) => familyOf(state.config.task) === 'reader');
  switch (box) {
    case 'source':
      return isReader ? <Picture /> : <WordBars side={box} />;
    case 'target':
      return <WordBars side={box} />;
    case 'embed':
      return <Embedding />;
    case 'encode':
      return isReader ? <Convolutions /> : <Encoder />;
    case 'score':
      return <Score />;
    case 'softmax':
      return <Softmax />;
    case 'context':
      return <Context />;
    case 'decode':
      return <Chain y={HEIGHT / 2} hasArrows />;
  }
}

/** One bar for each word of the sentence on the stage, as long as the word; it lights with its word. */
function WordBars({ side }: { readonly side: Side }) {
  const tokens = useFrames((state) => state.shape?.[side] ?? null);
  const lit = useView(activeLit);
  const words = (tokens ?? []).slice(0, MAX_BARS).map((token) => token.text);
  const pitch = HEIGHT / MAX_BARS;
  const top = (HEIGHT - words.length * pitch) / 2;
  return words.map((word, index) => (
    <rect
      // biome-ignore lint/suspicious/noArrayIndexKey: a word is its place in the sentence
      key={index}
      className={`bar ${isWordLit(lit, side, word, index) ? 'lit' : ''}`}
      x={8}
      y={top + index * pitch + 0.6}
      width={Math.min(32, 5 + 2.7 * word.length)}
      height={pitch - 1.4}
      rx={1.2}
    />
  ));
}

/** A number by hand, in its frame. */
function Picture() {
  return (
    <>
      <rect className="line" x={3} y={7} width={42} height={16} rx={1.5} />
      <path
        className="line"
        d="M9 11q4 -2 4 1t-4 7h5M19 12l3 -2v9M28 11l5 0l-3 8M41 12a2 2 0 1 0 -4 0a2 2 0 1 0 4 0l-1 7"
      />
    </>
  );
}

/** Feature maps: ever smaller, ever more. */
function Convolutions() {
  const maps = [
    [4, 20, 14],
    [18, 14, 10],
    [21, 17, 10],
    [34, 9, 6],
    [36.5, 12, 6],
    [39, 15, 6],
  ] as const;
  return maps.map(([x, height, width]) => (
    <rect key={x} className="line" x={x} y={(HEIGHT - height) / 2} width={width} height={height} rx={0.8} />
  ));
}

/** Word vectors: columns of numbers. */
function Embedding() {
  const shades = [0.9, 0.35, 0.6, 0.2, 0.25, 0.8, 0.4, 0.7, 0.55, 0.3, 0.95, 0.45];
  return shades.map((shade, index) => (
    <rect
      // biome-ignore lint/suspicious/noArrayIndexKey: a fixed drawing
      key={index}
      className="fill"
      x={10 + Math.floor(index / 4) * 10}
      y={3 + (index % 4) * 6}
      width={7}
      height={5}
      rx={0.8}
      opacity={shade}
    />
  ));
}

/** One chain for each direction and layer. */
function Encoder() {
  const layers = useSettings((state) => state.config.layers);
  const isBidirectional = useSettings((state) => state.config.bidirectional);
  const count = Math.min(4, layers * (isBidirectional ? 2 : 1));
  return Array.from({ length: count }, (_, index) => (
    <Chain
      // biome-ignore lint/suspicious/noArrayIndexKey: a fixed drawing
      key={index}
      y={(HEIGHT * (index + 1)) / (count + 1)}
      isReversed={isBidirectional && index % 2 === 1}
      hasArrows={count < 3}
    />
  ));
}

interface ChainProps {
  readonly y: number;
  readonly isReversed?: boolean;
  readonly hasArrows?: boolean;
}

/** Cells of an LSTM, one after the other. */
function Chain({ y, isReversed = false, hasArrows = false }: ChainProps) {
  const head = isReversed ? -2.2 : 2.2;
  return (
    <>
      {[8, 24, 40].map((x) => (
        <circle key={x} className="line" cx={x} cy={y} r={hasArrows ? 3.4 : 2.2} />
      ))}
      {[16, 32].map((x) => (
        <path
          key={x}
          className="line"
          d={`M${x - 4} ${y}H${x + 4}${hasArrows ? `M${x + head / 2 - head} ${y - 2}L${x + head / 2} ${y}L${x + head / 2 - head} ${y + 2}` : ''}`}
        />
      ))}
    </>
  );
}

/** Scores before the softmax: up and down from zero. */
function Score() {
  const bars = [-5, 9, 3, -8, 5];
  return (
    <>
      <path className="line faint" d={`M5 ${HEIGHT / 2}H43`} />
      {bars.map((height, index) => (
        <rect
          key={height}
          className="fill"
          x={7 + index * 7.2}
          y={HEIGHT / 2 - Math.max(0, height)}
          width={5}
          height={Math.abs(height)}
          opacity={0.75}
        />
      ))}
    </>
  );
}

const STILL_LIFE: readonly number[] = [0.08, 0.55, 0.22, 0.04, 0.11];

/** One row of attention: the lit one, else the first; drawn from the picture on the stage. */
function Softmax() {
  const litRow = useView((state) => activeLit(state)?.row ?? null);
  const weights = useFrames((state) => state.shown?.translation.weights ?? null);
  const columns = useFrames((state) => state.shape?.source.length ?? 0);
  const rows = useFrames((state) => state.shape?.target.length ?? 0);
  const row = litRow !== null && litRow < rows ? litRow : 0;
  const bars = weights?.length && columns > 0 ? [...weights.subarray(row * columns, (row + 1) * columns)] : STILL_LIFE;
  const pitch = 38 / bars.length;
  return (
    <>
      <path className="line faint" d={`M5 ${HEIGHT - 3}H43`} />
      {bars.map((weight, index) => (
        <rect
          // biome-ignore lint/suspicious/noArrayIndexKey: a bar is its place in the sentence
          key={index}
          className="fill"
          x={5 + index * pitch}
          y={HEIGHT - 3 - Math.max(0.6, weight * 24)}
          width={Math.max(1, pitch - 1.2)}
          height={Math.max(0.6, weight * 24)}
        />
      ))}
    </>
  );
}

/** States that flow together, each as thick as its weight. */
function Context() {
  return (
    <>
      {[0.8, 3, 1.4, 0.6].map((width, index) => (
        <path
          key={width}
          className="line"
          strokeWidth={width}
          d={`M6 ${4 + index * 7.3}C22 ${4 + index * 7.3} 22 ${HEIGHT / 2} 34 ${HEIGHT / 2}`}
        />
      ))}
      <circle className="fill" cx={38} cy={HEIGHT / 2} r={4.4} />
    </>
  );
}
