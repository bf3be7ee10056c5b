/** The training worker: message in, session call, message out. */

import type { Command, Event } from './protocol.ts';
import { Session } from './session.ts';

const session = new Session((event: Event, transfer: Transferable[] = []) => self.postMessage(event, { transfer }));

self.addEventListener('message', ({ data }: MessageEvent<Command>) => session.handle(data));
