import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type AdminClient, type AdminErrorBody, adminClient } from '../support/admin-client.ts';
import { createCleanUp } from '../support/clean-up.ts';
import { type OpenConsole, openConsole } from '../support/open-console.ts';
import { connectRaw } from '../support/raw-client.ts';

const cleanUp = createCleanUp();
let opened: OpenConsole;
let admin: AdminClient;
beforeAll(async () => {
  opened = await openConsole(cleanUp);
  admin = adminClient(opened);
});
afterAll(cleanUp.run);

/** Sends bytes as they are. */
async function send(body: BodyInit, type = 'application/json', path = '/users') {
  const response = await admin.fetch(path, { method: 'POST', headers: { 'content-type': type }, body });
  const answer: { error: { code: string; message: string } } = await response.json();
  return { status: response.status, ...answer };
}

const NOT_JSON: readonly (readonly [what: string, body: BodyInit, message: RegExp])[] = [
  ['cut off', '{"name": "Ann"', /line 1, column 15: close brace expected/],
  ['no JSON at all', '{\n  name: 1\n}', /line 2, column 3/],
  ['empty', '', /send an object/],
  ['not UTF-8', new Uint8Array([0x22, 0xff, 0x22]), /not UTF-8/],
  ['nested without end', '['.repeat(100_000) + ']'.repeat(100_000), /nested too deeply/],
  ['half a character', '{"contact": {"email": "\\ud800"}}', /contact\.email: holds half a character/],
  ['aimed at a prototype', '{"contact": {"__proto__": {"status": "active"}}}', /contact\.__proto__/],
];

describe('a body', () => {
  test.each(NOT_JSON)(
    'that is %s is refused with the place, and nothing is added',
    async (what, body, message) => {
      const { status, error } = await send(body);
      const isJson = !['cut off', 'no JSON at all', 'not UTF-8'].includes(what);
      expect([status, error.code]).toEqual(isJson ? [422, 'validation_failed'] : [400, 'bad_request']);
      expect(error.message).toMatch(message);
      expect(opened.store.current.users).toEqual({});
      expect(Object.hasOwn(Object.prototype, 'status')).toBe(false);
    },
  );

  test('is not repeated where it is no JSON: it may hold a key', async () => {
    const { error } = await send('{"api_key": "channel-key-1" oops}');
    expect(JSON.stringify(error)).not.toContain('channel-key');
  });

  test.each([
    'text/plain',
    'application/x-www-form-urlencoded',
    'multipart/form-data; boundary=x',
    'application/jsonp',
  ])('of type %s is refused: a page of another origin could send it unasked', async (type) => {
    const { status, error } = await send('{"name": "Ann"}', type);
    expect([status, error.code]).toEqual([403, 'content_type_not_allowed']);
  });
});

describe('a body', () => {
  test('without a type is refused, with and without a length', async () => {
    const head = `POST /api/v1/users HTTP/1.1\r\nHost: localhost:${opened.port}\r\nAuthorization: Bearer ${opened.runToken}\r\n`;
    for (const body of [
      'Content-Length: 2\r\n\r\n{}',
      'Transfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n0\r\n\r\n',
    ]) {
      const client = await connectRaw(opened.port);
      client.send(head + body);
      expect((await client.answer()).status).toBe(403);
      client.end();
    }
  });

  test('that is too large is refused before it is read, with and without a length', async () => {
    const name = 'x'.repeat(17 * 1024 * 1024);
    expect((await send(JSON.stringify({ name }))).status).toBe(413);
    const client = await connectRaw(opened.port);
    client.send(
      `POST /api/v1/users HTTP/1.1\r\nHost: localhost:${opened.port}\r\nAuthorization: Bearer ${opened.runToken}\r\n` +
        'Content-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n',
    );
    const chunk = `100000\r\n${'x'.repeat(0x100000)}\r\n`;
    for (let mebibyte = 0; mebibyte < 17; mebibyte++) client.send(chunk);
    expect((await client.answer()).status).toBe(413);
    client.reset();
  });

  test('may come in chunks, and in any case of its type', async () => {
    const client = await connectRaw(opened.port);
    client.send(
      `POST /api/v1/users HTTP/1.1\r\nHost: localhost:${opened.port}\r\nAuthorization: Bearer ${opened.runToken}\r\n` +
        'Content-Type: Application/JSON; charset=UTF-8\r\nTransfer-Encoding: chunked\r\n\r\n',
    );
    client.send('8\r\n{"id": "\r\n');
    client.send('6\r\nann"}\n\r\n0\r\n\r\n');
    expect((await client.answer()).status).toBe(201);
    client.end();
  });

  test('with hostile texts keeps them as texts', async () => {
    const names = ['<script>alert(1)</script>', '=cmd()', '😀'.repeat(100), '\u202eevil', 'x'.repeat(500)];
    for (const name of names) {
      const { body } = await admin.post<{ id: string }>('/users', { name });
      expect((await admin.get(`/users/${body.id}`)).body).toMatchObject({ name });
    }
  });

  test.each([
    ['a line end', 'Bob\n=cmd|x'],
    ['a lone CR', 'Bob\r=cmd|x'],
    ['a line separator', 'Bob\u2028=cmd|x'],
    ['a NEL', 'Bob\u0085x'],
    ['a tab', 'Bob\tx'],
    ['a NUL', 'a\u0000b'],
    ['thousands of characters', 'x'.repeat(5000)],
  ])('with a name that has %s is refused, wherever names may be given', async (_, name) => {
    const refusals = [
      await admin.post<AdminErrorBody>('/users', { name }),
      await admin.post<AdminErrorBody>('/users', { department: name }),
      await admin.post<AdminErrorBody>('/users', { contact: { email: name } }),
      await admin.post<AdminErrorBody>('/groups', { id: 'team', name }),
      await admin.post<AdminErrorBody>('/channels', { id: 'c', platform: 'openai', name }),
      await admin.post<AdminErrorBody>('/auth/keys', { user: name, create_user: true, channels: '*' }),
    ];
    expect(refusals.map(({ status }) => status)).toEqual(refusals.map(() => 422));
    for (const { body } of refusals)
      expect(body.error.message).toMatch(/must (stand on one line|have at most 500)/);
  });
});

test.each(['abc', '"abc', 'W/abc', '*, "x"'])(
  'an If-Match that is no ETag (%s) is refused',
  async (header) => {
    await admin.post('/groups', { id: 'team' });
    const { status } = await admin.patch('/groups/team', { name: 'x' }, { 'if-match': header });
    expect(status).toBe(400);
    expect(opened.store.get('groups', 'team')?.record).not.toHaveProperty('name');
  },
);

test('a weak ETag is for no version, and * for any', async () => {
  await admin.post('/groups', { id: 'crew' });
  const { etag } = await admin.get('/groups/crew');
  expect((await admin.patch('/groups/crew', { name: 'x' }, { 'if-match': `W/${etag}` })).status).toBe(412);
  expect((await admin.patch('/groups/crew', { name: 'x' }, { 'if-match': '*' })).status).toBe(200);
});
