/** The races of a session, made when the panel is first opened and kept while the page is open. */

import { createRaceStores } from '../../store/race-store.ts';
import type { Session } from '../../store/session.ts';

type Stores = ReturnType<typeof createRaceStores>;

const stores = new WeakMap<Session, Stores>();

export function raceStoresOf(session: Session): Stores {
  const known = stores.get(session);
  if (known) return known;
  const made = createRaceStores(session.races);
  stores.set(session, made);
  return made;
}
