import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { inABrowser } from './console-globals.ts';

// Files share a process: another one may have loaded the module already.
beforeEach(() => void vi.resetModules());
afterEach(() => void vi.unstubAllGlobals());

const loaded = () => import('../../../src-renderer/ui/language.ts');

describe('the language of the console', () => {
  test.each([
    ['zh-CN', 'zh', 'zh-CN'],
    ['zh', 'zh', 'zh-CN'],
    ['ZH-TW', 'zh', 'zh-CN'],
    ['en-GB', 'en', 'en'],
    ['de', 'en', 'en'],
    ['zha', 'en', 'en'],
  ])('follows a system that speaks %s', async (system, language, lang) => {
    const { root } = inABrowser(system);
    const { texts } = await loaded();
    expect(texts.language).toBe(language);
    expect(root.lang).toBe(lang);
  });

  test('is what was chosen before, until the system shall choose again', async () => {
    const { kept, root } = inABrowser('zh-CN', { 'aiproxy.language': 'en' });
    const { chooseLanguage, languageChoice, texts } = await loaded();
    expect([languageChoice(), texts.language]).toEqual(['en', 'en']);
    await chooseLanguage('system');
    expect([texts.language, root.lang, kept.size]).toEqual(['zh', 'zh-CN', 0]);
    await chooseLanguage('en');
    expect([texts.language, root.lang, kept.get('aiproxy.language')]).toEqual(['en', 'en', 'en']);
  });

  test('is the system’s where something else was stored', async () => {
    inABrowser('en', { 'aiproxy.language': 'klingon' });
    expect((await loaded()).languageChoice()).toBe('system');
  });
});
