/** Opens any contestant by the name of its engine: what the command line asks a page for. */

import type { Strategy } from '../engine/lowering.ts';
import type { OpenContestant } from './contestant.ts';
import type { Engine } from './engines.ts';
import { openHeed } from './heed.ts';
import { type BenchModel, benchTask } from './models.ts';
import { Seat } from './seat.ts';

/** The code of a rival is loaded only where it takes part. */
async function opener({ maker, backend }: Engine, strategy: Strategy | null): Promise<OpenContestant> {
  if (maker === 'tfjs') {
    const { openTfjs } = await import('./rivals/tfjs.ts');
    return openTfjs(backend as Parameters<typeof openTfjs>[0]);
  }
  if (maker === 'jax-js') {
    const { openJax } = await import('./rivals/jax.ts');
    return openJax(backend as Parameters<typeof openJax>[0]);
  }
  return openHeed(backend as Parameters<typeof openHeed>[0], strategy);
}

/** `strategy` is for Heed's scheduler; null leaves the choice to it. */
export async function openSeat(engine: Engine, model: BenchModel, strategy: Strategy | null): Promise<Seat> {
  const open = await opener(engine, strategy);
  return new Seat(await open(benchTask(model)), model);
}
