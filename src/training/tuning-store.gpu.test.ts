import { afterEach, describe, expect, it, vi } from 'vitest';
import { openTuningStore } from './tuning-store.ts';

describe('the store of measurements', () => {
  afterEach(() => caches.delete('heed-tuning'));

  it('keeps texts by key, the newest of a key, and another session finds them', async () => {
    await openTuningStore()?.set('a key / with marks?', 'first');
    await openTuningStore()?.set('a key / with marks?', 'second');
    await openTuningStore()?.set('other', 'third');
    expect(await openTuningStore()?.get('a key / with marks?')).toBe('second');
    expect(await openTuningStore()?.get('nothing')).toBeNull();
  });

  it('keeps no more than a hundred', async () => {
    const store = openTuningStore();
    for (let i = 0; i < 103; i++) await store?.set(`key ${i}`, 'text');
    expect(await (await caches.open('heed-tuning')).keys()).toHaveLength(100);
    expect(await store?.get('key 0')).toBeNull();
    expect(await store?.get('key 102')).toBe('text');
  });

  it('is none where there is no cache', () => {
    vi.stubGlobal('caches', undefined);
    expect(openTuningStore()).toBeNull();
    vi.unstubAllGlobals();
  });
});
