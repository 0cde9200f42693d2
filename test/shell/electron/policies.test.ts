import { describe, expect, it } from 'vitest';
import { isOfConsole } from '../../../src-main/shell/electron/console-origin.ts';
import { mayDownload, mayLoad } from '../../../src-main/shell/electron/guarded-session.ts';
import { headersToSend, type WindowRequest } from '../../../src-main/shell/electron/header-policy.ts';
import { externalAddress, mayNavigate } from '../../../src-main/shell/electron/navigation-policy.ts';
import { mayHave } from '../../../src-main/shell/electron/permission-policy.ts';

const CONSOLE = 'http://127.0.0.1:8002';

describe('the origin of the console', () => {
  it.each([
    'http://127.0.0.1:8002/',
    'http://127.0.0.1:8002/users?a=1',
    'ws://127.0.0.1:8002/api/v1/requests/live',
  ])('is that of %s', (url) => expect(isOfConsole(url, CONSOLE)).toBe(true));

  it.each([
    'https://127.0.0.1:8002/',
    'wss://127.0.0.1:8002/',
    'http://127.0.0.1:8001/',
    'http://localhost:8002/',
    'http://127.0.0.1:8002.example/',
    'http://127.0.0.1:8002@other.example/',
    'file:///etc/passwd',
    'about:blank',
    'no address',
  ])('is not that of %s', (url) => expect(isOfConsole(url, CONSOLE)).toBe(false));
});

describe('navigation', () => {
  it('stays within the console', () => {
    expect(mayNavigate(`${CONSOLE}/docs`, CONSOLE)).toBe(true);
    for (const url of [
      'http://127.0.0.1:8001/',
      'https://ai.example/',
      'file:///etc/passwd',
      'data:text/html,x',
    ])
      expect(mayNavigate(url, CONSOLE)).toBe(false);
    expect(mayNavigate(`blob:${CONSOLE}/some-id`, CONSOLE)).toBe(false);
  });

  it.each(['https://ai.example/a?b=c#d', 'http://127.0.0.1:8002/docs'])('hands %s to the browser', (url) =>
    expect(externalAddress(url)).toBe(url),
  );

  it.each([
    'file:///etc/passwd',
    'smb://server/share',
    'ms-settings:privacy',
    'javascript:alert(1)',
    'https://user:word@ai.example/',
    `https://ai.example/${'a'.repeat(2048)}`,
    'not an address',
  ])('opens %s nowhere', (url) => expect(externalAddress(url)).toBeNull());
});

describe('permissions', () => {
  const copy = {
    permission: 'clipboard-sanitized-write',
    requestingUrl: `${CONSOLE}/connect`,
    isMainFrame: true,
  };

  it('lets the console write to the clipboard', () => expect(mayHave(copy, CONSOLE)).toBe(true));

  it('lets nobody else do that', () => {
    expect(mayHave({ ...copy, requestingUrl: 'https://ai.example/' }, CONSOLE)).toBe(false);
    expect(mayHave({ ...copy, isMainFrame: false }, CONSOLE)).toBe(false);
    expect(mayHave({ ...copy, requestingUrl: '' }, CONSOLE)).toBe(false);
  });

  it.each([
    'clipboard-read',
    'notifications',
    'media',
    'geolocation',
    'openExternal',
    'fileSystem',
    'usb',
    'unknown',
  ])('denies the console %s', (permission) => expect(mayHave({ ...copy, permission }, CONSOLE)).toBe(false));
});

describe('what is loaded', () => {
  const facts = { consoleUrl: CONSOLE, proxyUrl: 'http://127.0.0.1:8001' };

  it.each([
    `${CONSOLE}/assets/a.js`,
    'http://127.0.0.1:8001/health',
    `blob:${CONSOLE}/id`,
    'data:image/png,x',
  ])('includes %s', (url) => expect(mayLoad(url, facts)).toBe(true));

  it.each(['https://cdn.example/a.js', 'file:///etc/passwd', 'ftp://ai.example/', 'wss://ai.example/', ''])(
    'excludes %s',
    (url) => expect(mayLoad(url, facts)).toBe(false),
  );

  it('is saved as a file from the console only', () => {
    expect(mayDownload(`blob:${CONSOLE}/id`, CONSOLE)).toBe(true);
    expect(mayDownload(`${CONSOLE}/api/v1/backup`, CONSOLE)).toBe(true);
    expect(mayDownload('https://ai.example/tool.exe', CONSOLE)).toBe(false);
    expect(mayDownload('blob:https://ai.example/id', CONSOLE)).toBe(false);
    expect(mayDownload('data:text/plain,x', CONSOLE)).toBe(false);
  });
});

describe('the credential', () => {
  const request: WindowRequest = {
    url: `${CONSOLE}/api/v1/status`,
    resourceType: 'xhr',
    initiatorOrigin: CONSOLE,
    isTopFrame: true,
    headers: { Accept: 'application/json' },
  };
  const sent = (changed: Partial<WindowRequest>) =>
    headersToSend({ ...request, ...changed }, CONSOLE, 'of-this-run');

  it('is added to what the console asks the console, beside what the request has', () => {
    expect(sent({})).toEqual({ Accept: 'application/json', Authorization: 'Bearer of-this-run' });
    expect(
      sent({ url: 'ws://127.0.0.1:8002/api/v1/requests/live', resourceType: 'webSocket' }),
    ).toHaveProperty('Authorization');
  });

  it('leaves one that is there, however it is spelt', () => {
    expect(sent({ headers: { authorization: 'Bearer other' } })).toEqual({ authorization: 'Bearer other' });
  });

  it('is taken off a request that a redirect leads elsewhere', () => {
    const headers = { Accept: 'text/event-stream', Authorization: 'Bearer of-this-run' };
    expect(sent({ url: 'http://127.0.0.1:8001/v1/models', headers })).toEqual({
      Accept: 'text/event-stream',
    });
    expect(sent({ headers })).toEqual(headers);
  });

  it.each<[string, Partial<WindowRequest>]>([
    ['the proxy', { url: 'http://127.0.0.1:8001/v1/models' }],
    ['another host', { url: 'https://ai.example/api/v1/status' }],
    ['a request of another origin', { initiatorOrigin: 'https://ai.example' }],
    ['a request of nobody', { initiatorOrigin: null }],
    ['a frame within the page, or another page', { isTopFrame: false }],
    ['a document', { resourceType: 'mainFrame' }],
    ['a picture', { resourceType: 'image' }],
  ])('is not shown to or for %s', (_what, changed) =>
    expect(sent(changed)).not.toHaveProperty('Authorization'),
  );
});
