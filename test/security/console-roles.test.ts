import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { hashAdminToken } from '../../src-main/admin/admin-token.ts';
import { type AdminClient, adminClient } from '../support/admin-client.ts';
import { type AdminOperation, adminOperations } from '../support/admin-operations.ts';
import { createCleanUp } from '../support/clean-up.ts';
import { aChannel, aDocument, aKey, aUser } from '../support/document-fixtures.ts';
import { type OpenConsole, openConsole } from '../support/open-console.ts';
import { connectRaw, type RawAnswer } from '../support/raw-client.ts';
import { startOpenAi } from '../support/stand-ins/openai.ts';
import { type Gateway, startGateway } from '../support/start-gateway.ts';

const TOKEN = 'at-stored-token';
const DOCUMENT = aDocument({
  users: { there: aUser() },
  proxy_keys: { there: aKey('there', 'pk-that-is-there') },
  groups: { there: {} },
  channels: { there: aChannel('openai', 'http://127.0.0.1:1', 'channel-key-that-is-there') },
  prices: { there: { input: 1 } },
  system: { admin_token_hash: hashAdminToken(TOKEN) },
});

const cleanUp = createCleanUp();
let opened: OpenConsole;
let admin: AdminClient;
let operations: readonly AdminOperation[];
beforeAll(async () => {
  opened = await openConsole(cleanUp, { document: DOCUMENT });
  admin = adminClient(opened, TOKEN);
  const scripts = { path: '/auth/keys', isPublic: false };
  operations = [
    ...(await adminOperations(opened, 'there')),
    { ...scripts, method: 'GET', bodyType: null },
    { ...scripts, method: 'POST', bodyType: 'application/json' },
  ];
});
afterAll(cleanUp.run);

type Lines = Readonly<Record<string, string>>;
const bearer = (token: string): Lines => ({ authorization: `Bearer ${token}` });
const nameOf = ({ method, path }: AdminOperation): string => `${method} ${path}`;
const contentOf = (bodyType: string): string => (bodyType.endsWith('json') ? '{}' : 'none');

/** Sends what a route takes, with these headers in place of its own. */
async function ask({ method, path, bodyType }: AdminOperation, headers: Lines): Promise<RawAnswer> {
  const body = bodyType === null ? '' : contentOf(bodyType);
  const own: Lines = {
    host: `localhost:${opened.port}`,
    connection: 'close',
    'content-length': String(body.length),
    ...(bodyType === null ? {} : { 'content-type': bodyType }),
  };
  const lines = Object.entries({ ...own, ...headers }).map(([name, value]) => `${name}: ${value}\r\n`);
  const client = await connectRaw(opened.port);
  client.send(`${method} ${path} HTTP/1.1\r\n${lines.join('')}\r\n${body}`);
  const answer = await client.answer();
  client.reset();
  return answer;
}

const digest = (): string => createHash('sha256').update(JSON.stringify(opened.store.current)).digest('hex');
const corsHeaders = ({ headers }: RawAnswer): string[] =>
  headers.map(([name]) => name.toLowerCase()).filter((name) => name.startsWith('access-control-'));

const endedSession = async (): Promise<Lines> => {
  const { body } = await admin.post<{ session: string }>('/session', { token: TOKEN });
  await admin.as(body.session).delete('/session');
  return bearer(body.session);
};

/** A session that was begun before the admin token was made anew; the token is put back as it was. */
const oldSession = async (): Promise<Lines> => {
  await opened.store.patchSystem({ admin_token_hash: hashAdminToken('at-earlier-token') });
  const { body } = await admin.as('at-earlier-token').post<{ session: string }>('/session', {
    token: 'at-earlier-token',
  });
  await opened.store.patchSystem({ admin_token_hash: hashAdminToken(TOKEN) });
  return bearer(body.session);
};

const ROLES: readonly {
  readonly role: string;
  readonly headers: () => Promise<Lines>;
  readonly code: string;
  /** Whether what needs no credential is refused to it as well. */
  readonly alsoPublic: boolean;
  readonly onlyBodies?: true;
}[] = [
  { role: 'nobody', headers: async () => ({}), code: 'missing_admin_token', alsoPublic: false },
  {
    role: 'a wrong session',
    headers: async () => bearer('as-wrong'),
    code: 'invalid_admin_token',
    alsoPublic: false,
  },
  {
    role: 'a Proxy-Key',
    headers: async () => bearer('pk-that-is-there'),
    code: 'invalid_admin_token',
    alsoPublic: false,
  },
  { role: 'an ended session', headers: endedSession, code: 'invalid_admin_token', alsoPublic: false },
  {
    role: 'a session of an old admin token',
    headers: oldSession,
    code: 'invalid_admin_token',
    alsoPublic: false,
  },
  {
    role: 'a page of another origin',
    headers: async () => ({ ...bearer(TOKEN), origin: 'http://localhost.evil.test' }),
    code: 'origin_not_allowed',
    alsoPublic: true,
  },
  {
    role: 'a page without an origin of its own',
    headers: async () => ({ ...bearer(TOKEN), origin: 'null' }),
    code: 'origin_not_allowed',
    alsoPublic: true,
  },
  {
    role: 'a page of another port of this computer',
    headers: async () => ({ ...bearer(TOKEN), origin: 'http://localhost:1' }),
    code: 'origin_not_allowed',
    alsoPublic: true,
  },
  {
    role: 'a name that was bound to this computer',
    headers: async () => ({ ...bearer(TOKEN), host: 'evil.test' }),
    code: 'host_not_allowed',
    alsoPublic: true,
  },
  {
    role: 'a form',
    headers: async () => ({ ...bearer(TOKEN), 'content-type': 'text/plain' }),
    code: 'content_type_not_allowed',
    alsoPublic: true,
    onlyBodies: true,
  },
];

const STATUS: Readonly<Record<string, number>> = { missing_admin_token: 401, invalid_admin_token: 401 };

describe('at every route of the admin API', () => {
  test.each(ROLES)(
    '$role is refused, told nothing, and changes nothing',
    async ({ headers, code, alsoPublic, onlyBodies }) => {
      const lines = await headers();
      const before = digest();
      const asked = operations.filter(
        ({ method, isPublic }) => (alsoPublic || !isPublic) && (onlyBodies === undefined || method !== 'GET'),
      );
      expect(asked.length).toBeGreaterThan(onlyBodies ? 25 : 50);
      for (const operation of asked) {
        // So many wrong credentials a minute would be answered with 429.
        opened.clock.advance(60_000);
        const answer = await ask(operation, lines);
        const { error, ...rest } = JSON.parse(answer.body);
        expect([nameOf(operation), answer.status, error.code]).toEqual([
          nameOf(operation),
          STATUS[code] ?? 403,
          code,
        ]);
        expect([Object.keys(rest), Object.keys(error)]).toEqual([[], ['message', 'type', 'param', 'code']]);
        expect([nameOf(operation), corsHeaders(answer)]).toEqual([nameOf(operation), []]);
      }
      expect(digest()).toBe(before);
      expect(opened.faults).toEqual([]);
    },
  );

  test('a preflight is answered without any CORS header', async () => {
    for (const operation of operations) {
      const preflight = { origin: 'http://evil.test', 'access-control-request-method': operation.method };
      const answer = await ask({ ...operation, method: 'OPTIONS', bodyType: null }, preflight);
      expect([nameOf(operation), answer.status, corsHeaders(answer)]).toEqual([nameOf(operation), 403, []]);
    }
  });
});

describe('the right session', () => {
  let gateway: Gateway;
  beforeAll(async () => {
    const standIn = cleanUp.closing(await startOpenAi());
    const channels = { there: aChannel('openai', standIn.url, standIn.apiKey) };
    gateway = cleanUp.closing(await startGateway({ ...DOCUMENT, channels }));
  });

  /** Every question by a fresh session, because one of the routes ends it. */
  async function answerTo({ method, path, bodyType }: AdminOperation): Promise<Response> {
    const session = await adminClient(gateway).signIn();
    const init =
      bodyType === null ? {} : { body: contentOf(bodyType), headers: { 'content-type': bodyType } };
    return session.fetch(path.replace(/^\/api\/v1/, ''), { method, ...init });
  }

  test('is let in everywhere, and nowhere meets a fault', async () => {
    const isReading = ({ method }: AdminOperation) => method === 'GET';
    const ordered = [
      ...operations.filter(isReading),
      ...operations.filter((operation) => !isReading(operation)),
    ];
    for (const operation of ordered) {
      const answer = await answerTo(operation);
      await answer.arrayBuffer();
      const isFine = answer.status < 500 && ![401, 403, 405, 413, 415].includes(answer.status);
      expect([nameOf(operation), answer.status, isFine]).toEqual([nameOf(operation), answer.status, true]);
      expect([...answer.headers.keys()].filter((name) => name.startsWith('access-control-'))).toEqual([]);
    }
  });

  test('changes nothing by reading', async () => {
    const session = await adminClient(gateway).signIn();
    const look = async () =>
      Promise.all(
        ['users', 'proxy-keys', 'groups', 'channels', 'prices', 'system'].map((path) =>
          session.get(`/${path}`),
        ),
      );
    const before = (await look()).map(({ body }) => body);
    for (const operation of operations.filter(({ method }) => method === 'GET')) {
      await (await answerTo(operation)).arrayBuffer();
    }
    expect((await look()).map(({ body }) => body)).toEqual(before);
  });
});
