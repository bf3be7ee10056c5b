/** The decoder as beam search needs it: one step at a time, its rows the partial translations of one sentence. */

import { type Program, ProgramBuilder, type ProgramCall } from '../engine/program.ts';
import { rowsOf, type View } from '../ops/view.ts';
import { createEncoder } from './create-encoder.ts';
import { Decoder } from './decoder.ts';
import { Network } from './network.ts';
import { annotationSizeOf, type ParameterLayout } from './parameters.ts';

/** Three parts, to be run one by one on a plan that is stepped. */
export interface BeamProgram {
  readonly program: Program;
  /** Calls before this one copy the weights and encode the sentence. */
  readonly encoded: number;
  /** Calls before this one take a decoder step; those from here on give each row the state of its parent. */
  readonly stepped: number;
}

/**
 * `width` rows of one sentence. Inputs `source` [S·W], `sourceLengths` [W], `targetIn` [W] (the word that each row reads),
 * `parents` [W], and `targetOut` [W], which nothing reads. Outputs of a step: `logits` [W, V] and, with attention,
 * `attention.weights` [W, S].
 *
 * The weights are copied when the sentence is encoded: a run that trains on meanwhile does not change them between two steps.
 */
export function beamProgram(layout: ParameterLayout, width: number, sourceLength: number): BeamProgram {
  const builder = new ProgramBuilder(`beam ${width}×${sourceLength}`);
  const net = new Network(builder, layout, { batch: width, sourceLength, targetLength: 1 }, { hasDropout: false });
  const encoder = createEncoder(net);
  new Decoder(net, encoder, { isSampled: false, isContinued: true });
  const stepped = builder.build().calls.length;
  const parents = builder.tensor('parents', width, 1, 'u32', 'input');
  builder.at('decode');
  const { decoderHidden, placement } = net.shape;
  inherit(net, 'decoder.h', decoderHidden, parents);
  inherit(net, 'decoder.c', decoderHidden, parents);
  if (placement === 'after') inherit(net, 'decoder.contexts', annotationSizeOf(net.shape), parents);
  const program = withOwnWeights(builder.build());
  const encoded = program.calls.findIndex(({ operands }) => operands.ids?.tensor === 'targetIn');
  return { program, encoded, stepped: stepped + 1 };
}

/** The state before the next step: that which this step left behind in the row of the parent. */
function inherit(net: Network, tensor: string, columns: number, parents: View): void {
  const { batch: B } = net.size;
  const states = net.local(tensor, 2 * B, columns);
  const chosen = net.local(`${tensor}.chosen`, B, columns);
  net.builder.call('embedding.forward', { ids: parents, table: rowsOf(states, B, B), y: chosen });
  net.builder.call('repeat.forward', { x: chosen, y: rowsOf(states, 0, B) });
}

const OWN = 'parameters.copy';

/** The same program on a copy of the weights, which its first call makes. */
function withOwnWeights(program: Program): Program {
  const spec = program.tensors.get('parameters');
  if (!spec) return program;
  const whole: View = { tensor: 'parameters', offset: 0, rows: 1, columns: spec.length, stride: spec.length };
  const own = (view: View): View => (view.tensor === 'parameters' ? { ...view, tensor: OWN } : view);
  const copy: ProgramCall = {
    op: 'repeat.forward',
    operands: { x: whole, y: own(whole) },
    numbers: {},
    place: { stage: 'embed', direction: 'forward', position: null },
  };
  const calls = program.calls.map((call) => ({
    ...call,
    operands: Object.fromEntries(Object.entries(call.operands).map(([name, view]) => [name, own(view)])),
  }));
  const tensors = new Map(program.tensors).set(OWN, { ...spec, name: OWN, role: 'local' });
  return { ...program, tensors, calls: [copy, ...calls] };
}
