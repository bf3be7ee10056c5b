/**
 * Keeps the build in the browser, so that the page opens without a network. The build puts the list of its files in place of
 * `__FILES__` (src/cli/offline.mjs) and writes this beside the page.
 *
 * With a network the newest page is always shown: it is asked for first. Its files have their hash in their name, so that one
 * that is kept is never an old one. Without a network, or where it does not answer, what is kept is shown. A version is kept
 * whole or not at all: each file has to have the hash of the list.
 */

/** Address relative to the page, and the hash of its content as `integrity` takes it. @type {Record<string, string>} */
const FILES = /** @type {any} */ (self).__FILES__;
const VERSION = /** @type {any} */ (self).__VERSION__;

/**
 * @typedef {Event & { waitUntil(promise: Promise<unknown>): void }} LifeEvent
 * @typedef {LifeEvent & { request: Request, respondWith(answer: Promise<Response>): void }} AskEvent
 * @typedef {{ registration: { scope: string }, skipWaiting(): Promise<void>, clients: { claim(): Promise<void> },
 *   addEventListener(type: string, listener: (event: any) => void): void }} WorkerScope
 */
const worker = /** @type {WorkerScope} */ (/** @type {unknown} */ (self));

/** Pages under other paths of this origin have caches of their own. */
const PREFIX = `heed-page ${worker.registration.scope} `;
const CACHE = PREFIX + VERSION;
/** A network that has not answered by then shows nothing new. */
const PATIENCE_MS = 4000;

/** @param {string} file */
const addressOf = (file) => new URL(file, worker.registration.scope).href;

async function keepAll() {
  const cache = await caches.open(CACHE);
  const keep = async (/** @type {[string, string]} */ [file, integrity]) => {
    const response = await fetch(addressOf(file), { cache: 'no-cache', integrity });
    if (!response.ok) throw new Error(`${file}: ${response.status}`);
    // What was redirected can't answer a navigation, so it is kept as if it had not been.
    await cache.put(addressOf(file), new Response(await response.arrayBuffer(), { headers: response.headers }));
  };
  try {
    await Promise.all(Object.entries(FILES).map(keep));
  } catch (error) {
    await caches.delete(CACHE);
    throw error;
  }
}

/** The version before is kept as well: a page of it may be open and has panels to load. */
async function forgetOld() {
  const others = (await caches.keys()).filter((name) => name.startsWith(PREFIX) && name !== CACHE);
  await Promise.all(others.slice(0, -1).map((name) => caches.delete(name)));
}

/** @param {Request} request a file; its hash is in its name, or it is asked of the network first */
async function kept(request) {
  const newest = await (await caches.open(CACHE)).match(request, { ignoreSearch: true });
  if (newest) return newest;
  for (const name of await caches.keys()) {
    const older = name.startsWith(PREFIX) && (await (await caches.open(name)).match(request));
    if (older) return older;
  }
  return undefined;
}

/**
 * The page itself: from the network, or as it is kept where that fails, errs, takes too long, or leads elsewhere.
 * @param {Request} request
 */
async function newestPage(request) {
  /** @type {Promise<never>} */
  const late = new Promise((_, reject) => setTimeout(reject, PATIENCE_MS, new Error('too late')));
  const online = fetch(request.url, { cache: 'no-cache', credentials: 'same-origin' });
  try {
    const response = await Promise.race([online, late]);
    if (response.ok && !response.redirected) return response;
  } catch {}
  return (await (await caches.open(CACHE)).match(addressOf('./'))) ?? online;
}

/**
 * A trained model: the newest where there is a network, and from then on what was looked at last.
 * @param {Request} request
 */
async function model(request) {
  try {
    const response = await fetch(request);
    if (response.ok && !response.redirected) await (await caches.open(CACHE)).put(request, response.clone());
    return response;
  } catch (error) {
    return (await kept(request)) ?? Promise.reject(error);
  }
}

worker.addEventListener('install', (/** @type {LifeEvent} */ event) => {
  event.waitUntil(keepAll().then(() => worker.skipWaiting()));
});

worker.addEventListener('activate', (/** @type {LifeEvent} */ event) => {
  event.waitUntil(forgetOld().then(() => worker.clients.claim()));
});

worker.addEventListener('fetch', (/** @type {AskEvent} */ event) => {
  const { request } = event;
  const { origin, pathname } = new URL(request.url);
  const scope = new URL(worker.registration.scope);
  if (request.method !== 'GET' || origin !== scope.origin || !pathname.startsWith(scope.pathname)) return;
  const file = pathname.slice(scope.pathname.length);
  if (file === '' || file === 'index.html') event.respondWith(newestPage(request));
  else if (file.startsWith('assets/')) event.respondWith(kept(request).then((found) => found ?? fetch(request)));
  else if (file.startsWith('models/')) event.respondWith(model(request));
  else if (file in FILES)
    event.respondWith(fetch(request).catch(async (error) => (await kept(request)) ?? Promise.reject(error)));
});
