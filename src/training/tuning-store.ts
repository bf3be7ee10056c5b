/** Keeps what was measured in the browser's Cache Storage, which workers have too: texts under addresses that nothing answers. */

import type { TextStore } from '../engine/tuning-memory.ts';

const CACHE = 'heed-tuning';
/** Measurements of older kernels or other models that are kept. */
const MAX_ENTRIES = 100;

const addressOf = (key: string): string => `/${CACHE}/${encodeURIComponent(key)}`;

/** Null where the page has no cache: without a secure context, and outside of browsers. */
export function openTuningStore(): TextStore | null {
  if (typeof caches === 'undefined') return null;
  return {
    async get(key) {
      const response = await (await caches.open(CACHE)).match(addressOf(key));
      return response ? response.text() : null;
    },
    async set(key, text) {
      const cache = await caches.open(CACHE);
      await cache.put(addressOf(key), new Response(text));
      const entries = await cache.keys();
      for (const oldest of entries.slice(0, Math.max(0, entries.length - MAX_ENTRIES))) await cache.delete(oldest);
    },
  };
}
