import { EventEmitter } from 'node:events';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import type { App, Session, WebContents } from 'electron';
import { afterEach, expect, it } from 'vitest';
import {
  consoleFingerprint,
  fingerprintOf,
  isPinned,
} from '../../../src-main/shell/electron/certificate-policy.ts';
import { guardAllContents } from '../../../src-main/shell/electron/guarded-contents.ts';
import { guardSession } from '../../../src-main/shell/electron/guarded-session.ts';
import { createCleanUp } from '../../support/clean-up.ts';
import { selfSigned } from '../../support/self-signed.ts';
import { preventable, strict } from './stand-in/strict.ts';

const cleanUp = createCleanUp();
afterEach(() => cleanUp.run());

const CONSOLE = 'http://127.0.0.1:8002';
type Handler = (...args: unknown[]) => unknown;

/** Poses as a class of Electron's; `strict` throws for what the guards should not use. */
const posing = <T>(name: string, members: object): T => strict(name, members) as unknown as T;

function guardedSession() {
  const handlers = new Map<string, Handler>();
  const keep = (name: string) => (handler: Handler) => void handlers.set(name, handler);
  const events = new EventEmitter();
  const webRequest = { onBeforeRequest: keep('request'), onBeforeSendHeaders: keep('headers') };
  const session = posing<Session>('Session', {
    on: (name: string, listener: Handler) => void events.on(name, listener),
    setSpellCheckerEnabled: (isOn: boolean) => handlers.set('spelling', () => isOn),
    setPermissionRequestHandler: keep('ask'),
    setPermissionCheckHandler: keep('check'),
    setDevicePermissionHandler: keep('device'),
    webRequest,
  });
  guardSession(session, {
    consoleUrl: CONSOLE,
    proxyUrl: 'http://127.0.0.1:8001',
    token: 'of-this-run',
    windowContentsId: () => 7,
    saveTitle: () => 'Save file',
  });
  const call = (name: string, ...args: readonly unknown[]) => handlers.get(name)?.(...args);
  return { call, events };
}

it('denies a permission both when it is asked for and when it is looked up', () => {
  const { call } = guardedSession();
  const granted: unknown[] = [];
  const answer = (isGranted: boolean) => granted.push(isGranted);
  const details = { requestingUrl: `${CONSOLE}/`, isMainFrame: true };
  call('ask', null, 'media', answer, details);
  call('ask', null, 'clipboard-sanitized-write', answer, details);
  expect(granted).toEqual([false, true]);
  expect(call('check', null, 'geolocation', CONSOLE, { isMainFrame: true })).toBe(false);
  expect(call('check', null, 'clipboard-sanitized-write', CONSOLE, { isMainFrame: true })).toBe(true);
  expect(call('device', {})).toBe(false);
  expect(call('spelling')).toBe(false);
});

it('cancels a request for anything remote or from the disk', () => {
  const { call } = guardedSession();
  const answers: unknown[] = [];
  for (const url of [`${CONSOLE}/`, 'https://cdn.example/a.js', 'file:///etc/passwd'])
    call('request', { url }, (answer: unknown) => answers.push(answer));
  expect(answers).toEqual([{ cancel: false }, { cancel: true }, { cancel: true }]);
});

it('adds the credential for the window alone', () => {
  const { call } = guardedSession();
  const details = {
    url: `${CONSOLE}/api/v1/status`,
    resourceType: 'xhr',
    initiatorOrigin: CONSOLE,
    webContentsId: 7,
    frame: { parent: null },
    requestHeaders: {},
  };
  const answers: unknown[] = [];
  for (const changed of [{}, { webContentsId: 8 }, { frame: { parent: {} } }, { frame: null }])
    call('headers', { ...details, ...changed }, (answer: unknown) => answers.push(answer));
  const none = { requestHeaders: {} };
  expect(answers).toEqual([{ requestHeaders: { Authorization: 'Bearer of-this-run' } }, none, none, none]);
});

it('saves what the console offers, after asking where, and nothing else', () => {
  const { events } = guardedSession();
  const save = (url: string) => {
    const asked: unknown[] = [];
    const event = preventable({});
    const setSaveDialogOptions = (options: unknown) => asked.push(options);
    events.emit('will-download', event, {
      getURL: () => url,
      getFilename: () => 'a.csv',
      setSaveDialogOptions,
    });
    return { asked, prevented: event.defaultPrevented };
  };
  expect(save(`blob:${CONSOLE}/id`)).toEqual({
    asked: [{ title: 'Save file', defaultPath: 'a.csv' }],
    prevented: false,
  });
  expect(save('https://ai.example/tool.exe')).toEqual({ asked: [], prevented: true });
});

function guardedContents(consoleUrl: string) {
  const app = new EventEmitter();
  const contents = new EventEmitter();
  const opened: string[] = [];
  let open: Handler = () => null;
  guardAllContents(app as unknown as App, { consoleUrl, openExternal: (url) => opened.push(url) });
  const posed = posing<WebContents>('WebContents', {
    on: (name: string, listener: Handler) => void contents.on(name, listener),
    setWindowOpenHandler: (handler: Handler) => {
      open = handler;
    },
  });
  app.emit('web-contents-created', {}, posed);
  const prevented = (name: string, facts: object): boolean => {
    const event = preventable(facts);
    contents.emit(name, event);
    return event.defaultPrevented;
  };
  return { app, opened, open: (url: string) => open({ url }), prevented };
}

it('keeps every frame within the console, redirects included, and attaches no webview', () => {
  const { prevented } = guardedContents(CONSOLE);
  expect(prevented('will-frame-navigate', { url: `${CONSOLE}/docs` })).toBe(false);
  for (const name of ['will-frame-navigate', 'will-redirect'])
    expect(prevented(name, { url: 'https://ai.example/' })).toBe(true);
  expect(prevented('will-attach-webview', {})).toBe(true);
});

it('opens no window, and hands web addresses alone to the browser', () => {
  const { open, opened } = guardedContents(CONSOLE);
  for (const url of ['https://ai.example/', 'file:///etc/passwd', 'calculator:'])
    expect(open(url)).toEqual({ action: 'deny' });
  expect(opened).toEqual(['https://ai.example/']);
});

/** A console with a certificate that no browser trusts. */
async function consoleWithTls(): Promise<{ readonly url: string; readonly fingerprint: string }> {
  const pair = selfSigned();
  const server = createServer(pair);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  cleanUp.add(() => void server.close());
  const body = Buffer.from(pair.cert.replace(/-----[^-]+-----|\s/g, ''), 'base64');
  return {
    url: `https://127.0.0.1:${(server.address() as AddressInfo).port}`,
    fingerprint: fingerprintOf(body),
  };
}

it('accepts the certificate that the console itself serves, and no other', async () => {
  const { url, fingerprint } = await consoleWithTls();
  const { app } = guardedContents(url);
  const judged = (address: string, shown: string): Promise<unknown> =>
    new Promise((resolve) => {
      app.emit('certificate-error', preventable({}), null, address, 'CERT', { fingerprint: shown }, resolve);
    });
  expect(await consoleFingerprint(url)).toBe(fingerprint);
  expect(await judged(`${url}/users`, fingerprint)).toBe(true);
  expect(await judged(`${url}/users`, fingerprintOf(Buffer.from('other')))).toBe(false);
  expect(await judged('https://ai.example/', fingerprint)).toBe(false);
});

it('pins nothing where the console serves without TLS, or does not answer', async () => {
  expect(isPinned({ url: CONSOLE, fingerprint: 'sha256/x' }, CONSOLE, 'sha256/x')).toBe(false);
  expect(await consoleFingerprint(CONSOLE)).toBeNull();
  expect(await consoleFingerprint('https://127.0.0.1:1')).toBeNull();
});
