/** The worker's side of the messages: carries out commands on a shard of its own. */

import { reportError } from '../lib/errors.ts';
import type { ShardCommand, ShardEvent } from './wasm-messages.ts';
import { LocalShard, type ShardData } from './wasm-shard.ts';

/** Handles commands in their order; answers and failures go to `post`. */
export function hostShard(post: (event: ShardEvent, transfer: Transferable[]) => void) {
  let shard: LocalShard | null = null;
  const answer = async (request: number, work: (shard: LocalShard) => Promise<ShardData>) => {
    try {
      const data = await work(shard as LocalShard);
      post(
        { type: 'answered', request, data },
        Object.values(data).map(({ buffer }) => buffer),
      );
    } catch (error) {
      post({ type: 'refused', request, error: reportError(error) }, []);
    }
  };
  const handle = (command: ShardCommand): void => {
    switch (command.type) {
      case 'start':
        shard = new LocalShard(command.module, command.links, false);
        return;
      case 'prepare':
        answer(command.request, async (own) => {
          await own.prepare(command.plan, command.program, command.shards);
          return {};
        });
        return;
      case 'release':
        shard?.release(command.plan);
        return;
      case 'write':
        shard?.write(command.plan, command.tensor, command.data);
        return;
      case 'run':
        shard?.run(command.plan, command.from, command.to);
        shard?.idle().catch((error) => post({ type: 'failed', error: reportError(error) }, []));
        return;
      case 'read':
        answer(command.request, (own) => own.read(command.plan, command.tensors));
        return;
      case 'product-rate':
        answer(command.request, async (own) => ({
          rate: Float32Array.of(await own.productRate(command.durationMs)),
        }));
        return;
      case 'idle':
        answer(command.request, async (own) => {
          await own.idle();
          return {};
        });
    }
  };
  return (commands: readonly ShardCommand[]): void => {
    for (const command of commands) handle(command);
  };
}
