/** An LSTM cell as it is usually drawn, with the numbers of one unit in it. */

import type { Printed } from '../cell/printed.ts';
import type { LstmCard } from './lstm-card.ts';

const [WIDTH, HEIGHT] = [560, 256];
/** Height of the cell state's line, of the product i·g, of the hidden state's line, of the gates. */
const [CELL_Y, JOIN_Y, HIDDEN_Y, GATE_Y] = [46, 118, 150, 196];
/** Where the gates stand, and what they meet. */
const X = { f: 122, i: 226, g: 322, add: 274, o: 422, end: 494 } as const;
const GATE = { width: 86, height: 44 } as const;

export function CellDrawing({ card, label }: { readonly card: LstmCard; readonly label: string }) {
  const { i, f, g, o } = card.gates;
  return (
    <svg
      className="cell-drawing"
      viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
      width={WIDTH}
      height={HEIGHT}
      role="img"
      aria-label={label}
    >
      <g className="wires">
        <path d={`M66 ${CELL_Y}H${X.end}`} />
        <path d={`M${X.f} ${GATE_Y}V${CELL_Y}`} />
        <path d={`M${X.i} ${GATE_Y}V${JOIN_Y}H${X.g}V${GATE_Y}M${X.add} ${JOIN_Y}V${CELL_Y}`} />
        <path d={`M${X.o} ${CELL_Y}V${GATE_Y}M${X.o} ${HIDDEN_Y}H${X.end}`} />
        {[X.f, X.i, X.g, X.o].map((x) => (
          <path key={x} d={`M${x} ${GATE_Y + GATE.height / 2}v10`} />
        ))}
      </g>
      <Value x={6} y={CELL_Y} name="c" number={card.cBefore} anchor="start" />
      <Operator x={X.f} y={CELL_Y} sign="×" />
      <Operator x={X.add} y={CELL_Y} sign="+" />
      <Operator x={X.add} y={JOIN_Y} sign="×" />
      <Operator x={X.o} y={HIDDEN_Y} sign="×" />
      <g className="tanh">
        <rect x={X.o - 26} y={CELL_Y + 30} width={52} height={24} rx={12} />
        <text x={X.o} y={CELL_Y + 46}>
          tanh
        </text>
      </g>
      <Aside x={(X.f + X.add) / 2} y={CELL_Y - 8} text={card.kept.text} />
      <Aside x={X.add + 8} y={(CELL_Y + JOIN_Y) / 2 + 5} text={card.added.text} anchor="start" />
      <Aside x={X.o + 8} y={CELL_Y + 76} text={card.tanhC.text} anchor="start" />
      <Value x={X.end + 6} y={CELL_Y} name="c′" number={card.c} anchor="start" isResult />
      <Value x={X.end + 6} y={HIDDEN_Y} name="h" number={card.h} anchor="start" isResult />
      <GateBox x={X.f} name="f" number={f.value} sum={f.sum} fn="σ" />
      <GateBox x={X.i} name="i" number={i.value} sum={i.sum} fn="σ" />
      <GateBox x={X.g} name="g" number={g.value} sum={g.sum} fn="tanh" />
      <GateBox x={X.o} name="o" number={o.value} sum={o.sum} fn="σ" />
    </svg>
  );
}

function Operator({ x, y, sign }: { readonly x: number; readonly y: number; readonly sign: string }) {
  return (
    <g className="operator">
      <circle cx={x} cy={y} r={12} />
      <text x={x} y={y + 5}>
        {sign}
      </text>
    </g>
  );
}

interface ValueProps {
  readonly x: number;
  readonly y: number;
  readonly name: string;
  readonly number: Printed;
  readonly anchor: 'start' | 'middle';
  readonly isResult?: boolean;
}

/** A state with its name above its number, beside the end of its line. */
function Value({ x, y, name, number, anchor, isResult }: ValueProps) {
  return (
    <g className={`value ${isResult ? 'result' : ''}`} textAnchor={anchor}>
      <text className="symbol" x={x} y={y - 4}>
        {name}
      </text>
      <text x={x} y={y + 14}>
        {number.text}
      </text>
    </g>
  );
}

interface AsideProps {
  readonly x: number;
  readonly y: number;
  readonly text: string;
  readonly anchor?: 'start' | 'middle';
}

const Aside = ({ x, y, text, anchor = 'middle' }: AsideProps) => (
  <text className="aside" x={x} y={y} textAnchor={anchor}>
    {text}
  </text>
);

interface GateBoxProps {
  readonly x: number;
  readonly name: string;
  readonly number: Printed;
  readonly sum: Printed;
  readonly fn: string;
}

function GateBox({ x, name, number, sum, fn }: GateBoxProps) {
  const { width, height } = GATE;
  return (
    <g className="gate">
      <rect x={x - width / 2} y={GATE_Y - height / 2} width={width} height={height} rx={4} />
      <text className="symbol" x={x} y={GATE_Y - 4}>
        {name}
      </text>
      <text x={x} y={GATE_Y + 14}>
        {number.text}
      </text>
      <text className="aside" x={x} y={GATE_Y + height / 2 + 26}>
        {fn}({sum.text})
      </text>
    </g>
  );
}
