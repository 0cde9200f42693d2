import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import type { Document } from '../../src-main/contract/document.ts';
import { createCleanUp } from '../support/clean-up.ts';
import { aChannel, aDocument, aKey, aUser } from '../support/document-fixtures.ts';
import { startOpenAiRealtime } from '../support/stand-ins/openai-realtime.ts';
import { type CallOptions, callSignalling } from '../support/stand-ins/openai-realtime-calls.ts';
import { type Gateway, startGateway } from '../support/start-gateway.ts';
import { jsonOf, openWebSocket, refusedWebSocket } from '../support/websocket-client.ts';

const ANN = 'pk-of-ann';
const API_KEY = 'channel-key-openai';
const SESSION = '{"session":{"type":"realtime","model":"gpt-realtime"}}';

const cleanUp = createCleanUp();
afterEach(cleanUp.run);

async function setUp(options: Partial<CallOptions> = {}) {
  const calls = callSignalling({ apiKey: API_KEY, ...options });
  const platform = cleanUp.closing(await startOpenAiRealtime({ apiKey: API_KEY }, calls));
  const document = aDocument({
    users: { ann: aUser(), bob: aUser() },
    proxy_keys: { 'ann-1': aKey('ann', ANN), 'bob-1': aKey('bob', 'pk-of-bob') },
    channels: { openai: aChannel('openai', platform.url, API_KEY) },
  });
  const gateway = cleanUp.closing(await startGateway(document));
  return { calls, platform, document, gateway };
}

const post = ({ proxyUrl }: Gateway, path: string, key: string, body: string, type: string) =>
  fetch(`${proxyUrl}${path}`, {
    method: 'POST',
    headers: { authorization: `Bearer ${key}`, 'content-type': type },
    body,
  });

/** Asks for a secret as ann. */
async function secretFrom(gateway: Gateway, path = '/v1/realtime/client_secrets'): Promise<string> {
  const answer = await post(gateway, path, ANN, SESSION, 'application/json');
  const { value, client_secret } = await answer.json();
  return value ?? client_secret.value;
}

const offer = (gateway: Gateway, secret: string) =>
  post(gateway, '/v1/realtime/calls', secret, 'v=0\r\n', 'application/sdp');
const url = ({ port }: Gateway) => `ws://127.0.0.1:${port}/v1/realtime?model=gpt-realtime`;
const asBrowser = (secret: string) => ({ protocols: ['realtime', `openai-insecure-api-key.${secret}`] });

describe('a client secret', () => {
  it.each(['/v1/realtime/client_secrets', '/v1/realtime/sessions'])(
    'of %s sends an offer and opens a session as its user, unswapped',
    async (path) => {
      const { calls, platform, gateway } = await setUp();
      const secret = await secretFrom(gateway, path);
      expect(secret).toMatch(/^ek_/);
      expect((await offer(gateway, secret)).status).toBe(201);
      const client = await openWebSocket(url(gateway), asBrowser(secret));
      await client.until((message) => jsonOf(message).type === 'session.created');
      await client.leave();
      expect(calls.seen.map(({ headers }) => headers.authorization)).toEqual([
        `Bearer ${API_KEY}`,
        `Bearer ${secret}`,
      ]);
      expect(platform.handshakes[0]?.headers).toMatchObject({
        authorization: `Bearer ${secret}`,
        'sec-websocket-protocol': 'realtime',
      });
      const lines = await gateway.lines(3);
      expect(lines.map(({ user, key_id, channel, status }) => [user, key_id, channel, status])).toEqual([
        ['ann', 'ann-1', 'openai', 200],
        ['ann', 'ann-1', 'openai', 201],
        ['ann', 'ann-1', 'openai', 101],
      ]);
    },
  );

  it('works after a restart', async () => {
    const { document, gateway } = await setUp();
    const secret = await secretFrom(gateway);
    await gateway.stop();
    const again = cleanUp.closing(await startGateway(document, { dataDir: gateway.dataDir }));
    expect((await offer(again, secret)).status).toBe(201);
  });
});

describe('a client secret is refused', () => {
  it('where nobody was given it here, and the platform is not asked', async () => {
    const { calls, platform, gateway } = await setUp();
    expect((await offer(gateway, 'ek_of_somebody_else')).status).toBe(401);
    const refusal = await refusedWebSocket(url(gateway), asBrowser('ek_of_somebody_else'));
    expect([refusal.status, JSON.parse(refusal.body).error.code]).toEqual([401, 'invalid_proxy_key']);
    expect([calls.seen.length, platform.handshakes.length]).toEqual([0, 0]);
  });

  it.each(['/v1/chat/completions', '/v1/models', '/v1/responses', '/anything'])(
    'as a key for %s',
    async (path) => {
      const { calls, gateway } = await setUp();
      const secret = await secretFrom(gateway);
      expect((await post(gateway, path, secret, '{}', 'application/json')).status).toBe(401);
      expect(calls.seen).toHaveLength(1);
    },
  );

  it('when it has ended', async () => {
    const { gateway } = await setUp({ secretSeconds: 1 });
    const secret = await secretFrom(gateway);
    let asked = 1;
    const status = async () => {
      asked += 1;
      return (await offer(gateway, secret)).status;
    };
    await expect.poll(status).toBe(401);
    const lines = await gateway.lines(asked);
    expect(lines.at(-1)).toMatchObject({ status: 401, error_code: 'invalid_proxy_key' });
  });
});

describe('a session that a client secret opened', () => {
  it.each<[string, (document: Document) => Partial<Document>]>([
    ['its user is disabled', ({ users }) => ({ users: { ...users, ann: aUser({ status: 'disabled' }) } })],
    [
      'its key is disabled',
      ({ proxy_keys }) => ({
        proxy_keys: { ...proxy_keys, 'ann-1': aKey('ann', ANN, { status: 'disabled' }) },
      }),
    ],
    ['its key is gone', () => ({ proxy_keys: { 'bob-1': aKey('bob', 'pk-of-bob') } })],
    [
      'its user may not use the channel any more',
      ({ users }) => ({ users: { ...users, ann: aUser({ channels: [] }) } }),
    ],
  ])('ends when %s, and the secret is worth nothing any more', async (_, edit) => {
    const { calls, document, gateway } = await setUp();
    const secret = await secretFrom(gateway);
    const client = await openWebSocket(url(gateway), asBrowser(secret));
    await gateway.edit({ ...document, ...edit(document) });
    expect((await client.closed).code).toBe(1008);
    expect((await offer(gateway, secret)).status).toBeGreaterThanOrEqual(401);
    expect((await refusedWebSocket(url(gateway), asBrowser(secret))).status).toBeGreaterThanOrEqual(401);
    expect(calls.seen).toHaveLength(1);
  });

  it('goes on when the secret has ended, whatever an admin changes elsewhere', async () => {
    const { document, gateway } = await setUp({ secretSeconds: 1 });
    const secret = await secretFrom(gateway);
    const client = await openWebSocket(url(gateway), asBrowser(secret));
    await expect.poll(async () => (await offer(gateway, secret)).status).toBe(401);
    const other = await openWebSocket(url(gateway), asBrowser('pk-of-bob'));
    const bob = aUser({ status: 'disabled' });
    await gateway.edit({ ...document, users: { ...document.users, bob } });
    expect((await other.closed).code).toBe(1008);
    client.event({ type: 'response.create' });
    await client.until((message) => jsonOf(message).type === 'response.done');
    await client.leave();
    const ended = async () => (await gateway.lines(0)).filter(({ status }) => status === 101);
    await expect
      .poll(ended)
      .toEqual([
        expect.objectContaining({ user: 'bob', error_code: 'user_disabled' }),
        expect.objectContaining({ user: 'ann', outcome: 'success', error_code: null }),
      ]);
  });
});

describe('a client secret', () => {
  it('stands in no file, neither among the state nor in a log', async () => {
    const { gateway } = await setUp();
    const secret = await secretFrom(gateway);
    await offer(gateway, secret);
    await (await openWebSocket(url(gateway), asBrowser(secret))).leave();
    await post(gateway, `/v1/realtime/calls?key=${secret}`, secret, 'v=0', 'application/sdp');
    await post(gateway, `/v1/models?key=${secret}`, secret, 'v=0', 'application/sdp');
    await gateway.lines(5);
    await gateway.stop();
    const names = await readdir(gateway.dataDir, { recursive: true, withFileTypes: true });
    const files = names.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
    const holding = [];
    for (const file of files) if ((await readFile(file, 'utf8')).includes(secret)) holding.push(file);
    expect(files.some((file) => file.endsWith('bound-ids.jsonl'))).toBe(true);
    expect(holding).toEqual([]);
  });
});
