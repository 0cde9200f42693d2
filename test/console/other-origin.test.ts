import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type AdminClient, adminClient } from '../support/admin-client.ts';
import { withoutBrowser } from '../support/browser.ts';
import { createCleanUp } from '../support/clean-up.ts';
import { startConsoleBrowser } from '../support/console/console-page.ts';
import { aChannel, aDocument, aKey, aUser } from '../support/document-fixtures.ts';
import { type Gateway, startGateway } from '../support/start-gateway.ts';

const cleanUp = createCleanUp();
let gateway: Gateway;
let admin: AdminClient;
/** The tab in which an admin is signed in. */
let own: Page;
/** The page of somebody else, in the same browser. */
let other: Page;
/** The answers of the console's API to the other page. */
const answers: { readonly path: string; readonly status: number }[] = [];
let before: unknown;

/** A page of another origin: another port of this computer. */
async function otherOrigin(): Promise<string> {
  const server = createServer((_, response) => {
    response.writeHead(200, { 'content-type': 'text/html' }).end('<!doctype html><title>Other</title><body>');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  cleanUp.add(() => {
    server.closeAllConnections();
    server.close();
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
}

/** Everything an admin can set, and everything that was ever changed. */
async function state(): Promise<unknown> {
  const paths = ['/users', '/proxy-keys', '/channels', '/groups', '/prices', '/system', '/audit'];
  const read = await Promise.all(paths.map(async (path) => (await admin.get(path)).body));
  const { paused, demo } = (await admin.get<{ paused: boolean; demo: boolean }>('/status')).body;
  return { read, paused, demo };
}

beforeAll(async () => {
  const browser = await startConsoleBrowser(cleanUp);
  gateway = cleanUp.closing(
    await startGateway(
      aDocument({
        users: { ann: aUser({ name: 'Ann Li' }) },
        proxy_keys: { k: aKey('ann', 'pk-of-ann') },
        channels: { c: aChannel('openai', 'http://127.0.0.1:9', 'key-of-the-channel') },
      }),
    ),
  );
  admin = adminClient(gateway);
  own = (await browser.open(gateway, '/users')).page;
  other = await own.context().newPage();
  other.on('response', (response) => {
    const { pathname, origin } = new URL(response.url());
    if (origin === gateway.consoleUrl && pathname.startsWith('/api/')) {
      answers.push({ path: pathname, status: response.status() });
    }
  });
  await other.goto(await otherOrigin());
  before = await state();
});
afterAll(() => cleanUp.run());

/** What the other page can do with `fetch`: every mode, credentials of the browser's own included. */
const FETCHES = `async (base) => {
  const attempts = [];
  for (const mode of ['cors', 'no-cors']) {
    for (const [method, path, body] of [
      ['GET', '/users'],
      ['GET', '/status'],
      ['GET', '/proxy-keys'],
      ['POST', '/users', '{"id":"eve","channels":"*"}'],
      ['POST', '/proxy-keys/k/reveal', '{}'],
      ['POST', '/admin-token', ''],
      ['POST', '/pause', ''],
      ['POST', '/backup', ''],
      ['POST', '/shutdown', ''],
    ]) {
      const init = { method, mode, credentials: 'include', ...(body === undefined ? {} : { body }) };
      attempts.push(
        fetch(base + path, init).then(
          async (response) => ({ type: response.type, text: await response.text() }),
          () => ({ type: 'failed', text: '' }),
        ),
      );
    }
  }
  for (const type of ['application/json', 'application/merge-patch+json']) {
    const init = { method: 'PATCH', body: '{"anonymous_user":"ann"}', headers: { 'content-type': type } };
    attempts.push(fetch(base + '/system', init).then(() => ({ type: 'read', text: 'x' }), () => ({ type: 'failed', text: '' })));
  }
  navigator.sendBeacon(base + '/shutdown', 'x');
  return await Promise.all(attempts);
}`;

/** Elements that load something of another origin; what comes of each. */
const ELEMENTS = `async (console) => {
  const made = [
    ['img', 'src', '/api/v1/users'],
    ['script', 'src', '/api/v1/status'],
    ['script', 'src', '/docs/docs.js'],
    ['img', 'src', '/docs/favicon.svg'],
    ['link', 'href', '/docs/docs.css'],
  ];
  return await Promise.all(made.map(([tag, attribute, path]) => new Promise((resolve) => {
    const element = document.createElement(tag);
    if (tag === 'link') element.rel = 'stylesheet';
    element.onload = () => resolve('loaded ' + path);
    element.onerror = () => resolve('refused');
    element[attribute] = console + path;
    document.body.append(element);
  })));
}`;

/** Forms as pages sent them before there were scripts. */
const FORMS = `async (base) => {
  const sent = [];
  for (const enctype of ['text/plain', 'application/x-www-form-urlencoded', 'multipart/form-data']) {
    for (const path of ['/users', '/shutdown', '/admin-token', '/restore']) {
      const frame = document.createElement('iframe');
      frame.name = enctype + path;
      const form = document.createElement('form');
      Object.assign(form, { method: 'POST', enctype, action: base + path, target: frame.name });
      const field = document.createElement('input');
      Object.assign(field, { name: '{"id":"eve","x":"', value: '"}' });
      form.append(field);
      document.body.append(frame, form);
      sent.push(new Promise((resolve) => { frame.onload = () => resolve(); }));
      form.submit();
    }
  }
  await Promise.all(sent);
}`;

/** A connection to the live feed, with no credential and with a guessed one. */
const FEEDS = `async (url) => {
  const open = (protocols) => new Promise((resolve) => {
    const socket = new WebSocket(url, protocols);
    socket.onopen = () => resolve('open');
    socket.onclose = () => resolve('refused');
  });
  return await Promise.all([open([]), open(['aiproxy.live']), open(['aiproxy.live', 'aiproxy.bearer.as-guess'])]);
}`;

/** The console in a window of its own, and in a frame: what the page that opened them can see. */
const WINDOWS = `async (url) => {
  const seen = (target) => {
    try { return String(target.document.body.innerHTML); } catch { return 'nothing'; }
  };
  const opened = window.open(url);
  const frame = document.createElement('iframe');
  frame.src = url;
  const loaded = new Promise((resolve) => { frame.onload = resolve; });
  document.body.append(frame);
  await loaded;
  // A window is blank, and the opener's own, until its navigation has begun.
  const isBlank = () => {
    try { return !opened.closed && opened.location.href === 'about:blank'; } catch { return false; }
  };
  while (opened !== null && isBlank()) await new Promise(requestAnimationFrame);
  const messages = [];
  window.onmessage = ({ data }) => messages.push(data);
  for (const target of [opened, frame.contentWindow]) target?.postMessage({ path: '/settings' }, '*');
  return { window: opened === null ? 'nothing' : seen(opened), frame: seen(frame.contentWindow), messages };
}`;

const run = (script: string, argument: string): Promise<unknown> =>
  other.evaluate(`(${script})(${JSON.stringify(argument)})`);

describe.skipIf(withoutBrowser)('a page of another origin, beside an admin who is signed in', () => {
  test('reads nothing with requests of any kind', async () => {
    const read = await run(FETCHES, `${gateway.consoleUrl}/api/v1`);
    const texts = (read as { type: string; text: string }[]).map(({ type, text }) => `${type}:${text}`);
    expect(new Set(texts)).toEqual(new Set(['failed:']));
  });

  test('loads nothing as picture, script or style', async () => {
    expect(new Set((await run(ELEMENTS, gateway.consoleUrl)) as string[])).toEqual(new Set(['refused']));
  });

  test('sends forms that are refused', async () => {
    await run(FORMS, `${gateway.consoleUrl}/api/v1`);
  });

  test('cannot join the live feed', async () => {
    const url = `${gateway.consoleUrl.replace('http', 'ws')}/api/v1/requests/live`;
    expect(await run(FEEDS, url)).toEqual(['refused', 'refused', 'refused']);
  });

  test('sees nothing of the console in a window or a frame, and moves it nowhere', async () => {
    const popup = own.context().waitForEvent('page');
    expect(await run(WINDOWS, `${gateway.consoleUrl}/`)).toEqual({
      window: 'nothing',
      frame: 'nothing',
      messages: [],
    });
    const opened = await popup;
    // It is the console, to which the admin's own tab handed its session: nothing of it is for the opener.
    await opened.locator('main#content').waitFor();
    expect(await opened.evaluate('window.opener')).toBe(null);
    expect(new URL(opened.url()).pathname).toBe('/');
  });

  test('was refused each time, and changed nothing at all', async () => {
    expect(answers.length).toBeGreaterThan(10);
    expect(answers.filter(({ status }) => status !== 401 && status !== 403)).toEqual([]);
    expect(await state()).toEqual(before);
    await own.reload();
    await own.getByRole('link', { name: 'Ann Li' }).waitFor();
  });
});
