import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Channel } from '../../src-main/contract/document.ts';
import { maskKey } from '../../src-main/core/mask-key.ts';
import { withStoredSecrets } from '../../src-main/core/unsaved-channel.ts';

const SECRET = 'stored-key-of-the-channel';
const TOKEN = 'Bearer stored-token-of-a-header';
const STORED: Channel = {
  platform: 'openai',
  base_url: 'https://platform.test/v1',
  api_key: SECRET,
  headers: { 'X-Token': TOKEN, 'X-Team': 'one' },
  timeout: 5,
};
const SHOWN: Channel = {
  ...STORED,
  api_key: maskKey(SECRET),
  headers: { 'X-Token': maskKey(TOKEN), 'X-Team': 'one' },
};

const issuesOf = (given: Channel, stored: Channel | null) => {
  const completed = withStoredSecrets(given, stored);
  return completed.ok ? [] : completed.issues.map(({ path }) => path.join('.'));
};

describe('a channel that is not saved yet', () => {
  it('gets back the secrets that are left out or masked', () => {
    const { api_key: _, ...without } = STORED;
    for (const given of [SHOWN, without, { ...SHOWN, api_key: SECRET }]) {
      expect(withStoredSecrets(given, STORED)).toEqual({ ok: true, channel: STORED });
    }
  });

  it('may differ in what decides neither address nor credential', () => {
    const given: Channel = {
      ...SHOWN,
      name: 'New',
      status: 'disabled',
      timeout: 60,
      models: ['m'],
      priority: 1,
    };
    expect(withStoredSecrets(given, STORED)).toEqual({
      ok: true,
      channel: { ...given, api_key: SECRET, headers: STORED.headers },
    });
  });

  it.each<Partial<Channel>>([
    { base_url: 'https://evil.test/v1' },
    { base_url: 'http://platform.test/v1' },
    { base_url: 'https://platform.test/other' },
    { base_url: 'env:BASE' },
    { base_url: undefined },
    { host: 'evil.test' },
    { platform: 'custom' },
    { path_rewrite: { '/v1/models': '/echo' } },
    { headers: { 'X-Token': TOKEN, Host: 'evil.test' } },
    { outbound_proxy: 'http://evil.test' },
    { websocket_url: 'wss://evil.test' },
    { allow_private: true },
    { settings: { api_version: 'x' } },
    { something_new: true },
  ])('gets none where %j differs from what is stored', (change) => {
    const given = { ...SHOWN, ...change };
    if (change.base_url === undefined && 'base_url' in change) delete given.base_url;
    const member = Object.keys(change)[0] ?? '';
    expect(issuesOf(given, STORED)).toContain(member);
    const { headers: _, ...own } = given;
    const complete = { ...own, api_key: 'a key of its own', headers: { Other: 'x' } };
    expect(issuesOf(complete, STORED)).toEqual([]);
  });
});

describe('a mask or a reference in a channel that is not saved yet', () => {
  it('gets no secret that it is not the mask of, and none at all without a stored channel', () => {
    expect(issuesOf({ ...SHOWN, api_key: '***else' }, STORED)).toEqual(['api_key']);
    expect(issuesOf({ ...SHOWN, headers: { 'X-Token': '***else' } }, STORED)).toContain('headers.X-Token');
    expect(issuesOf({ ...SHOWN, headers: { 'X-Else': maskKey(TOKEN) } }, STORED)).toContain('headers.X-Else');
    expect(issuesOf({ ...SHOWN, headers: { constructor: '***' } }, STORED)).toContain('headers.constructor');
    expect(issuesOf(SHOWN, null)).toEqual(['api_key', 'headers.X-Token']);
  });

  it('stands for no variable that the stored channel does not name', () => {
    const given = { ...STORED, api_key: 'env:AWS_SECRET' };
    expect(issuesOf(given, null)).toEqual(['api_key']);
    expect(issuesOf(given, STORED)).toEqual(['api_key']);
    expect(issuesOf(given, given)).toEqual([]);
    expect(issuesOf({ ...given, base_url: 'https://evil.test' }, given)).toEqual(['base_url']);
  });

  it('stands for each of several keys in its place', () => {
    const { api_key: _, ...rest } = STORED;
    const stored: Channel = {
      ...rest,
      api_keys: ['first-stored-key-same', 'other-stored-key-same', 'third-stored-one'],
    };
    const masks = (stored.api_keys ?? []).map(maskKey);
    const shown = { ...rest, api_keys: [masks[0] ?? '', masks[1] ?? '', 'a new one'] };
    expect(withStoredSecrets(shown, stored)).toMatchObject({
      channel: { api_keys: ['first-stored-key-same', 'other-stored-key-same', 'a new one'] },
    });
    // Moved up after another was taken out: one that only it can be is known again, one of two is not.
    expect(withStoredSecrets({ ...rest, api_keys: ['***-one'] }, stored)).toMatchObject({
      channel: { api_keys: ['third-stored-one'] },
    });
    expect(issuesOf({ ...rest, api_keys: ['a new one', 'b', '***same'] }, stored)).toEqual(['api_keys.2']);
  });
});

describe('any channel that is not saved yet', () => {
  it('never gets a stored secret together with another address, whatever it says', () => {
    const text = fc.constantFrom('https://evil.test', 'https://platform.test/v1', 'http://[::1]', 'env:X');
    const key = fc.constantFrom(SECRET, maskKey(SECRET), '***', 'own', undefined);
    const any = fc.record({ base_url: text, host: fc.option(text, { nil: undefined }), api_key: key });
    fc.assert(
      fc.property(any, (members) => {
        const given = Object.fromEntries(
          Object.entries({ ...SHOWN, ...members }).filter(([, value]) => value !== undefined),
        );
        const completed = withStoredSecrets({ platform: 'openai', ...given }, STORED);
        const holds =
          completed.ok && members.api_key !== SECRET && JSON.stringify(completed.channel).includes(SECRET);
        const same = members.base_url === STORED.base_url && members.host === undefined;
        expect(holds && !same).toBe(false);
      }),
    );
  });
});
