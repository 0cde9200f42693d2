import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { hashAdminToken } from '../../src-main/admin/admin-token.ts';
import type { RendererFile } from '../../src-main/admin/renderer-files.ts';
import { createCleanUp } from '../support/clean-up.ts';
import { aDocument } from '../support/document-fixtures.ts';
import { type OpenConsole, openConsole } from '../support/open-console.ts';
import { connectRaw, type RawAnswer } from '../support/raw-client.ts';

const HTML =
  '<title>AIProxy</title><div id="root" data-version="" data-proxy-url="" data-started-at=""></div>';
const FILES: readonly (readonly [string, RendererFile])[] = [
  ['/index.html', { type: 'text/html', body: Buffer.from(HTML) }],
  ['/assets/index-1.js', { type: 'text/javascript; charset=utf-8', body: Buffer.from('1') }],
  ['/licenses.txt', { type: 'text/plain; charset=utf-8', body: Buffer.from('MIT') }],
];
const TOKEN = 'at-test-token';

const cleanUp = createCleanUp();
let opened: OpenConsole;
let port = 0;
const files = new Map(FILES);

beforeEach(async () => {
  files.clear();
  for (const [path, file] of FILES) files.set(path, file);
  opened = await openConsole(cleanUp, {
    document: aDocument({ system: { admin_token_hash: hashAdminToken(TOKEN) } }),
    files,
    context: {
      version: '2.0.0"><script>',
      startedAtMs: Date.UTC(2026, 0, 15, 12),
      proxyUrl: () => {
        if (files.size === 0) throw new Error('no proxy');
        return 'http://127.0.0.1:8001';
      },
    },
  });
  port = opened.port;
  opened.clock.setNow(Date.UTC(2026, 0, 15, 12) + 35_900);
});
afterEach(cleanUp.run);

/** Sends one request with the headers as given. */
async function ask(target: string, headers: Readonly<Record<string, string>> = {}, method = 'GET') {
  const client = await connectRaw(port);
  const lines = Object.entries({ Host: `localhost:${port}`, Connection: 'close', ...headers });
  client.send(
    `${method} ${target} HTTP/1.1\r\n${lines.map(([name, value]) => `${name}: ${value}\r\n`).join('')}\r\n`,
  );
  return client.answer();
}

const code = (answer: RawAnswer): unknown => JSON.parse(answer.body).error.code;
const admin = { Authorization: `Bearer ${TOKEN}` };

describe('the admin API', () => {
  test('tells its status to whoever has an admin token', async () => {
    const answer = await ask('/api/v1/status', admin);
    expect(answer.status).toBe(200);
    expect(JSON.parse(answer.body)).toEqual({
      name: 'AIProxy',
      version: '2.0.0"><script>',
      uptime_seconds: 35,
      proxy_url: 'http://127.0.0.1:8001',
      proxy_urls: ['http://127.0.0.1:8001'],
      paused: false,
      read_only: null,
      configuration_problems: [],
      demo: false,
      counts: { users: 0, proxy_keys: 0, channels: 0, groups: 0 },
    });
    expect(answer.header('cache-control')).toBe('no-store');
  });

  test.each([
    ['no token', {}, 'missing_admin_token'],
    ['a wrong token', { Authorization: 'Bearer at-wrong' }, 'invalid_admin_token'],
    ['another scheme', { Authorization: `Basic ${TOKEN}` }, 'missing_admin_token'],
    ['the stored hash itself', { Authorization: `Bearer ${hashAdminToken(TOKEN)}` }, 'invalid_admin_token'],
  ])('answers 401 to %s', async (_, headers, expected) => {
    const answer = await ask('/api/v1/status', headers);
    expect([answer.status, code(answer)]).toEqual([401, expected]);
    expect(answer.header('www-authenticate')).toBe('Bearer');
  });

  test('does not even say to strangers which resources exist', async () => {
    expect((await ask('/api/v1/none')).status).toBe(401);
    expect((await ask('/api/v1/none', admin)).status).toBe(404);
    expect((await ask('/api/v1/status', admin, 'POST')).status).toBe(404);
  });
});

describe('the console listener', () => {
  test.each([
    ['another Host', { Host: 'evil.test' }, 'host_not_allowed'],
    ['another port in Host', { Host: 'localhost:1' }, 'host_not_allowed'],
    ['Origin null', { Origin: 'null' }, 'origin_not_allowed'],
    ['an Origin that begins like ours', { Origin: 'http://localhost.evil.test' }, 'origin_not_allowed'],
  ])('refuses %s, without a CORS header', async (_, headers, expected) => {
    const answer = await ask('/api/v1/status', { ...admin, ...headers });
    expect([answer.status, code(answer)]).toEqual([403, expected]);
    expect(answer.headers.filter(([name]) => name.startsWith('access-control-'))).toEqual([]);
  });

  test('takes a Host with user information for no host at all', async () => {
    expect((await ask('/api/v1/status', { ...admin, Host: 'a@localhost' })).status).toBe(400);
  });

  test('takes every loopback name with its own port', async () => {
    for (const host of ['localhost', '127.0.0.1', '[::1]']) {
      const headers = { Host: `${host}:${port}`, Origin: `http://${host}:${port}`, ...admin };
      expect((await ask('/api/v1/status', headers)).status).toBe(200);
    }
  });

  test('forbids framing, foreign scripts and sniffing on every answer', async () => {
    for (const answer of [await ask('/'), await ask('/none'), await ask('/', { Host: 'evil.test' })]) {
      expect(answer.header('content-security-policy')).toMatch(
        /^default-src 'none'; .*frame-ancestors 'none'/,
      );
      expect(answer.header('x-content-type-options')).toBe('nosniff');
      expect(answer.header('x-frame-options')).toBe('DENY');
    }
  });

  test('refuses a target that is no path', async () => {
    expect((await ask('http://evil.test/')).status).toBe(400);
  });

  test('answers a bug without its stack and reports it', async () => {
    files.clear();
    const answer = await ask('/');
    expect([answer.status, code(answer)]).toEqual([500, 'internal_error']);
    expect(answer.body).not.toContain('no proxy');
    expect(opened.faults.map(({ message }) => message)).toEqual(['no proxy']);
  });
});

describe('the console page', () => {
  test('carries what it shows, escaped', async () => {
    const { body, header } = await ask('/');
    expect(header('content-type')).toMatch(/^text\/html/);
    expect(header('cache-control')).toBe('no-store');
    expect(body).toContain('data-proxy-url="http://127.0.0.1:8001"');
    expect(body).toContain('data-version="2.0.0&quot;&gt;&lt;script&gt;"');
    expect(body).toContain('data-started-at="2026-01-15T12:00:00.000Z"');
  });

  test('may keep its assets, whose names change with their content', async () => {
    const answer = await ask('/assets/index-1.js');
    expect([answer.status, answer.body, answer.header('content-type')]).toEqual([
      200,
      '1',
      'text/javascript; charset=utf-8',
    ]);
    expect(answer.header('cache-control')).toContain('immutable');
  });

  test('says how to build it where it was not built', async () => {
    files.delete('/index.html');
    const answer = await ask('/');
    expect(answer.status).toBe(404);
    expect(answer.body).toContain('npm run build');
  });

  test('answers HEAD with the head alone', async () => {
    const client = await connectRaw(port);
    client.send(`HEAD / HTTP/1.1\r\nHost: localhost:${port}\r\nConnection: close\r\n\r\n`);
    await client.closed;
    expect(client.received.toString()).toMatch(/^HTTP\/1\.1 200 OK\r\n[\s\S]*\r\n\r\n$/);
  });

  test.each(['/users/usr_1', '/usage', '/requests/req_1.x', '/sign-in/'])(
    'is the same page under the address of a screen, for who wants to see one: %s',
    async (path) => {
      const page = await ask(path, { Accept: 'text/html,application/xhtml+xml,*/*;q=0.8' });
      expect([page.status, page.header('content-type')]).toEqual([200, 'text/html; charset=UTF-8']);
      expect(page.header('cache-control')).toBe('no-store');
      expect(page.body).toContain('data-proxy-url="http://127.0.0.1:8001"');
      for (const accept of ['*/*', 'text/css,*/*;q=0.1', 'text/html;q=0', 'application/json'])
        expect((await ask(path, { Accept: accept })).status).toBe(404);
    },
  );

  test.each(['/api', '/api/v2/users', '/auth', '/auth/none', '/docs/none', '/docs/none/deeper'])(
    'is not there under the addresses of others: %s',
    async (path) => {
      const answer = await ask(path, { Accept: 'text/html' });
      expect(answer.status).not.toBe(200);
      expect(answer.header('content-type')).toMatch(/^application\/json/);
    },
  );

  test('may not keep files whose names stay as they are', async () => {
    const answer = await ask('/licenses.txt');
    expect([answer.body, answer.header('content-type')]).toEqual(['MIT', 'text/plain; charset=utf-8']);
    expect(answer.header('cache-control')).toBe('no-cache');
  });
});
