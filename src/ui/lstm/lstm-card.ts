/** One unit of an LSTM cell at one step, with printed numbers: pre-activations, gates, cell and hidden state. */

import { sigmoid } from '../../lib/activations.ts';
import { agree, agreeAt, MOST_DECIMALS, type Printed, print, type Rounding, sumOf } from '../cell/printed.ts';
import { GATES, type Gate, type UnitStep } from './lstm-place.ts';

/** Decimals of the hidden state. */
export const HIDDEN_DECIMALS = 3;

export interface GateCard {
  readonly input: Printed;
  readonly recurrent: Printed;
  readonly context: Printed | null;
  readonly bias: Printed;
  /** Sum of the parts. */
  readonly sum: Printed;
  /** σ of the sum, tanh for g */
  readonly value: Printed;
}

export interface LstmCard {
  readonly gates: Readonly<Record<Gate, GateCard>>;
  readonly cBefore: Printed;
  /** f·c */
  readonly kept: Printed;
  /** i·g */
  readonly added: Printed;
  readonly c: Printed;
  readonly tanhC: Printed;
  readonly h: Printed;
}

/** Decimals of the parts, of the gates, and of the cell state. */
interface Decimals {
  readonly parts: number;
  readonly gates: number;
  readonly cell: number;
}

/** From few digits to many, all in all: what is computed later needs fewer of them than what it is computed from. */
const DECIMALS: readonly Decimals[] = Array.from(
  { length: MOST_DECIMALS - HIDDEN_DECIMALS + 1 },
  (_, a) => HIDDEN_DECIMALS + a,
)
  .flatMap((cell) => [0, 1, 2].flatMap((b) => [0, 1, 2].map((c) => ({ cell, gates: cell + b, parts: cell + b + c }))))
  .filter(({ parts }) => parts <= MOST_DECIMALS)
  .toSorted((a, b) => total(a) - total(b));

function total({ parts, gates, cell }: Decimals): number {
  return parts + gates + cell;
}

/** c' = f c + i g, h = o tanh(c'). Every number has one printed form, wherever it stands. Null where no digits fit. */
export function lstmCard(step: UnitStep): LstmCard | null {
  for (const decimals of DECIMALS) {
    const card = build(step, decimals, agreeAt);
    if (card) return card;
  }
  return build(step, DECIMALS.at(-1) as Decimals, agree);
}

function build(step: UnitStep, decimals: Decimals, rounding: Rounding): LstmCard | null {
  const gates = {} as Record<Gate, GateCard>;
  for (const gate of GATES) {
    const card = gateCard(step, gate, decimals, rounding);
    if (!card) return null;
    gates[gate] = card;
  }
  const { i, f, g, o } = gates;
  const cBefore = print(step.cBefore, decimals.gates);
  const kept = print(f.value.value * cBefore.value, decimals.gates);
  const added = print(i.value.value * g.value.value, decimals.gates);
  const c = rounding(sumOf([kept, added]).value, step.values.c, decimals.cell);
  if (!c) return null;
  const tanhC = print(Math.tanh(c.value), decimals.cell);
  const h = rounding(o.value.value * tanhC.value, step.values.h, HIDDEN_DECIMALS);
  return h && { gates, cBefore, kept, added, c, tanhC, h };
}

function gateCard(step: UnitStep, gate: Gate, decimals: Decimals, rounding: Rounding): GateCard | null {
  const parts = step.parts[gate];
  const input = print(parts.input, decimals.parts);
  const recurrent = print(parts.recurrent, decimals.parts);
  const context = parts.context === null ? null : print(parts.context, decimals.parts);
  const bias = print(parts.bias, decimals.parts);
  const sum = sumOf([input, recurrent, bias, ...(context ? [context] : [])]);
  const activation = gate === 'g' ? Math.tanh(sum.value) : sigmoid(sum.value);
  const value = rounding(activation, step.values[gate], decimals.gates);
  return value && { input, recurrent, context, bias, sum, value };
}
