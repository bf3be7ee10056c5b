/** The training worker: message in, session call, message out. */

import { holdLifeLock } from '../lib/life-lock.ts';
import type { Command, Event } from './protocol.ts';
import { Session } from './session.ts';

const post = (event: Event, transfer: Transferable[] = []) => self.postMessage(event, { transfer });
const session = new Session(post);

self.addEventListener('message', ({ data }: MessageEvent<Command>) => session.handle(data));
void holdLifeLock().then((lock) => {
  if (lock) post({ type: 'alive', lock });
});
