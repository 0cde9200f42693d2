import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { hashAdminToken } from '../../src-main/admin/admin-token.ts';
import { type AdminClient, type AdminErrorBody, adminClient } from '../support/admin-client.ts';
import { createCleanUp } from '../support/clean-up.ts';
import { aDocument, aUser } from '../support/document-fixtures.ts';
import { type OpenConsole, openConsole } from '../support/open-console.ts';
import { selfSigned } from '../support/self-signed.ts';

const HASH = hashAdminToken('at-stored');

const cleanUp = createCleanUp();
let opened: OpenConsole;
let admin: AdminClient;
beforeEach(async () => {
  const system = { admin_token_hash: HASH, log_level: 'warn' as const, proxy: { port: 8001 } };
  opened = await openConsole(cleanUp, { document: aDocument({ users: { ann: aUser() }, system }) });
  admin = adminClient(opened);
});
afterEach(cleanUp.run);

const patch = (body: unknown, headers?: Readonly<Record<string, string>>) =>
  admin.patch<AdminErrorBody & Record<string, unknown>>('/system', body, headers);

describe('the settings', () => {
  test('are read without the admin token’s hash', async () => {
    const { status, body, etag } = await admin.get('/system');
    expect([status, body]).toEqual([200, { log_level: 'warn', proxy: { port: 8001 }, restart_required: [] }]);
    expect(etag).toMatch(/^"[\w-]+"$/);
  });

  test('are changed member by member, and keep the rest', async () => {
    const { status, body } = await patch({
      time_zone: 'Asia/Shanghai',
      log_level: null,
      restart_required: ['x'],
    });
    expect([status, body]).toEqual([
      200,
      { time_zone: 'Asia/Shanghai', proxy: { port: 8001 }, restart_required: [] },
    ]);
    expect(opened.store.current.system.admin_token_hash).toBe(HASH);
  });

  test('hold whether bodies may ever be kept, once somebody was asked', async () => {
    for (const bodies of ['allowed', 'never']) {
      const { status, body } = await patch({ records: { bodies } });
      expect([status, body.records, body.restart_required]).toEqual([200, { bodies }, []]);
    }
    expect((await patch({ records: { bodies: 'always' } })).body.error.param).toBe('records.bodies');
    expect((await patch({ records: { bodie: 'never' } })).body.error.issues).toEqual([
      { path: 'records.bodie', message: expect.stringContaining('"bodies"') },
    ]);
  });

  test('say what counts only after a restart, until it is taken back', async () => {
    const changed = await patch({ proxy: { port: 9001, cors_origins: [] }, console: { port: 9002 } });
    expect(changed.body.restart_required).toEqual(['proxy.port', 'console.port']);
    expect((await admin.get<{ restart_required: [] }>('/system')).body.restart_required).toHaveLength(2);
    expect((await patch({ proxy: { port: 8001 }, console: null })).body.restart_required).toEqual([]);
  });

  test('are not overwritten by who has seen older ones', async () => {
    const { etag } = await admin.get('/system');
    await patch({ log_level: 'info' });
    const { status, body } = await patch({ log_level: 'error' }, { 'if-match': String(etag) });
    expect([status, body.error.code]).toEqual([412, 'precondition_failed']);
    expect(body.error.current).toMatchObject({ log_level: 'info' });
    expect(JSON.stringify(body)).not.toContain(HASH);
    expect(opened.store.current.system.log_level).toBe('info');
  });

  test('are audited with what was changed', async () => {
    await patch({ log_level: 'info' });
    expect(opened.audited).toMatchObject([
      {
        action: 'system.update',
        target: null,
        changes: [{ member: 'log_level', before: 'warn', after: 'info' }],
      },
    ]);
  });
});

describe('the settings', () => {
  test.each([
    ['the admin token’s hash', { admin_token_hash: 'a'.repeat(64) }, 'admin_token_hash'],
    ['a console open to the network without TLS', { console: { host: '0.0.0.0' } }, 'console.host'],
    ['one port for both listeners', { console: { port: 8001 } }, 'console.port'],
    ['no origin at all', { console_origins: [] }, 'console_origins'],
    ['origins without the one in use', { console_origins: ['https://console.test'] }, 'console_origins'],
    ['an origin that no browser sends', { console_origins: ['https://console.test/'] }, 'console_origins'],
    [
      'a certificate that is not there',
      { console: { tls: { cert: '/nowhere', key: '/nowhere' } } },
      'console.tls',
    ],
    ['a user nobody knows', { anonymous_user: 'nobody' }, 'anonymous_user'],
    ['a time zone nobody knows', { time_zone: 'Mars/Base' }, 'time_zone'],
    ['a value of another type', { max_connections: '5' }, 'max_connections'],
    ['a name nobody knows', { log_levle: 'info' }, 'log_levle'],
    ['a body that is no object', [], ''],
  ])('refuse %s', async (_, body, path) => {
    const before = opened.store.current;
    const answer = await patch(body);
    expect([answer.status, answer.body.error.code]).toEqual([422, 'validation_failed']);
    expect(answer.body.error.issues?.[0]?.path).toBe(path);
    expect(opened.store.current).toBe(before);
  });

  test('take a listener for the network behind TLS, and a certificate that is there', async () => {
    const { cert, key } = selfSigned();
    const tls = { cert: join(opened.dataDir, 'cert.pem'), key: join(opened.dataDir, 'key.pem') };
    await writeFile(tls.cert, cert);
    await writeFile(tls.key, key);
    expect((await patch({ console: { host: '0.0.0.0', behind_tls: true } })).status).toBe(200);
    expect((await patch({ console: { host: '0.0.0.0', behind_tls: null, tls } })).status).toBe(200);
  });
});
