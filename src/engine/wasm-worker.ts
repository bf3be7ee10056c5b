/** The worker of a shard: message in, shard call, message out. */

import { hostShard } from './wasm-host.ts';
import type { ShardCommand, ShardEvent } from './wasm-messages.ts';

const post = (event: ShardEvent, transfer: Transferable[]) => self.postMessage(event, { transfer });
const handle = hostShard(post);

self.addEventListener('message', ({ data }: MessageEvent<readonly ShardCommand[]>) => handle(data));
post({ type: 'loaded' }, []);
