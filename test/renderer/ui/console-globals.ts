import { vi } from 'vitest';

/** What modules of the console look at when they are loaded, for a reader in a language. */
export function inABrowser(language: string, stored: Readonly<Record<string, string>> = {}) {
  const kept = new Map(Object.entries(stored));
  const root = { lang: '' };
  vi.stubGlobal('navigator', { language });
  vi.stubGlobal('document', { documentElement: root });
  vi.stubGlobal('localStorage', {
    getItem: (name: string) => kept.get(name) ?? null,
    setItem: (name: string, value: string) => kept.set(name, value),
    removeItem: (name: string) => kept.delete(name),
  });
  return { kept, root };
}
