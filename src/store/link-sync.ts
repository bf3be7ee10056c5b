/** Keeps the address bar and the session the same. */

import { decodeLink, encodeLink, type LinkProblem, type LinkState, LOOK_NAMES } from './link.ts';
import type { Session } from './session.ts';
import { linkOf } from './session-link.ts';

/** Browsers limit how often a page may rewrite its address. */
const WRITE_DELAY_MS = 250;

/** Reads the link this page was opened with: what stands behind the ?, overlaid by what stands behind the #. */
export function readLocation(location: Pick<Location, 'hash' | 'search'>): {
  readonly state: LinkState;
  readonly problems: readonly LinkProblem[];
} {
  const executor = new URLSearchParams(location.search).get('executor');
  const hash = new URLSearchParams(location.hash.slice(1));
  if (executor !== null && !hash.has('executor')) hash.set('executor', executor);
  return decodeLink(hash.toString());
}

/** True where a link asks for a certain run, rather than for whatever this browser has. */
export function asksForRun(location: Pick<Location, 'hash' | 'search'>): boolean {
  return [...new URLSearchParams(location.hash.slice(1)).keys()].some((name) => !LOOK_NAMES.has(name));
}

/** Writes every change into the address, and takes over an address typed into this tab. Returns how to stop. */
export function bindLink(session: Session, page: Window): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let written = page.location.hash.slice(1);
  const write = (): void => {
    timer = undefined;
    const text = encodeLink(linkOf(session));
    if (text === written) return;
    written = text;
    const { pathname, search } = page.location;
    page.history.replaceState(null, '', text ? `#${text}` : pathname + search);
  };
  const writeSoon = (): void => {
    timer ??= setTimeout(write, WRITE_DELAY_MS);
  };
  const follow = (): void => {
    if (page.location.hash.slice(1) === written) return;
    written = page.location.hash.slice(1);
    const { state, problems } = readLocation(page.location);
    session.actions.applyLink(state, problems);
  };
  const stops = [session.settings, session.frames, session.edits, session.view, session.lessons].map((store) =>
    store.subscribe(writeSoon),
  );
  stops.push(
    session.run.subscribe((state, before) => {
      if (state.pace !== before.pace) writeSoon();
    }),
  );
  page.addEventListener('hashchange', follow);
  return () => {
    clearTimeout(timer);
    page.removeEventListener('hashchange', follow);
    for (const stop of stops) stop();
  };
}

/** The address of the session as it stands, for copying. */
export function currentLink(session: Session, location: Pick<Location, 'origin' | 'pathname' | 'search'>): string {
  const text = encodeLink(linkOf(session));
  return location.origin + location.pathname + location.search + (text ? `#${text}` : '');
}
