/** The worker behind a visit: the one there is now, and whoever listens to it. */

import type { TrainingClient } from '../training/client.ts';
import type { Event } from '../training/protocol.ts';

export interface Connection {
  /** The handle on the worker at the moment. */
  readonly client: TrainingClient;
  /** Ends the worker and starts another one, which knows nothing yet. */
  reconnect(): void;
  /** Calls back for the events of this worker and of those after it. */
  subscribe(listener: (event: Event) => void): () => void;
}

/** @param receive hears every event before the listeners do */
export function createConnection(startClient: () => TrainingClient, receive: (event: Event) => void): Connection {
  /** Of parts of the page that are there only while they are looked at. */
  const listeners = new Set<(event: Event) => void>();
  let client = connect();

  function connect(): TrainingClient {
    const next = startClient();
    next.subscribe(receive);
    next.subscribe((event) => {
      for (const listener of listeners) listener(event);
    });
    return next;
  }

  return {
    get client() {
      return client;
    },
    reconnect() {
      client.dispose();
      client = connect();
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}
