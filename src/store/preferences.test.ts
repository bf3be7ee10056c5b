import { describe, expect, it } from 'vitest';
import { readPreferences, writePreferences } from './preferences.ts';

const memory = () => {
  const items = new Map<string, string>();
  return {
    items,
    getItem: (key: string) => items.get(key) ?? null,
    setItem: (key: string, value: string) => void items.set(key, value),
    removeItem: (key: string) => void items.delete(key),
  };
};
const forbidden = (): never => {
  throw new DOMException('denied', 'SecurityError');
};

describe('preferences', () => {
  it('come back as they were written', () => {
    const storage = memory();
    writePreferences(() => storage, { theme: 'dark', size: 'large', language: 'zh', hasShortcuts: false });
    expect(readPreferences(() => storage)).toEqual({
      theme: 'dark',
      size: 'large',
      language: 'zh',
      hasShortcuts: false,
    });
  });

  it('leave nothing behind where they are the defaults', () => {
    const storage = memory();
    writePreferences(() => storage, { theme: 'dark', size: 'large', language: 'zh', hasShortcuts: false });
    writePreferences(() => storage, { theme: 'system', size: 'normal', language: 'system', hasShortcuts: true });
    expect(storage.items.size).toBe(0);
  });

  it('do without a storage that is forbidden', () => {
    expect(readPreferences(forbidden)).toEqual({});
    writePreferences(forbidden, { theme: 'dark', size: 'large', language: 'zh', hasShortcuts: true });
  });

  it('ignore a theme and a language that do not exist', () => {
    const storage = memory();
    storage.items.set('heed.theme', 'neon');
    storage.items.set('heed.language', 'tlh');
    expect(readPreferences(() => storage)).toEqual({ hasShortcuts: true });
  });
});
