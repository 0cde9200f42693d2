import { describe, expect, test } from 'vitest';
import { defaultDataDir } from '../../src-main/shell/headless/data-dir.ts';

describe('the data folder', () => {
  test.each([
    ['linux', {}, '/home/me/.local/share/aiproxy'],
    ['linux', { XDG_DATA_HOME: '/var/data' }, '/var/data/aiproxy'],
    ['linux', { XDG_DATA_HOME: 'relative' }, '/home/me/.local/share/aiproxy'],
    ['linux', { XDG_DATA_HOME: '' }, '/home/me/.local/share/aiproxy'],
    ['darwin', { XDG_DATA_HOME: '/var/data' }, '/home/me/Library/Application Support/AIProxy'],
  ] as const)('on %s with %j is %s', (platform, env, expected) => {
    expect(defaultDataDir({ platform, env, homeDir: '/home/me' })).toBe(expected);
  });

  test.each([
    [{ LOCALAPPDATA: 'D:\\Local' }, 'D:\\Local\\AIProxy'],
    [{}, 'C:\\Users\\me\\AppData\\Local\\AIProxy'],
  ])('on Windows with %j is %s', (env, expected) => {
    expect(defaultDataDir({ platform: 'win32', env, homeDir: 'C:\\Users\\me' })).toBe(expected);
  });
});
