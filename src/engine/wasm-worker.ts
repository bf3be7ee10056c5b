/** The worker of a shard: message in, shard call, message out. */

import { holdLifeLock } from '../lib/life-lock.ts';
import { hostShard } from './wasm-host.ts';
import type { ShardCommand, ShardEvent } from './wasm-messages.ts';

const post = (event: ShardEvent, transfer: Transferable[]) => self.postMessage(event, { transfer });
const handle = hostShard(post);

self.addEventListener('message', ({ data }: MessageEvent<readonly ShardCommand[]>) => handle(data));
void holdLifeLock().then((lock) => post({ type: 'loaded', lock }, []));
