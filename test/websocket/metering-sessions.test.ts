import { afterEach, describe, expect, it } from 'vitest';
import type { Document } from '../../src-main/contract/document.ts';
import { adminClient } from '../support/admin-client.ts';
import { createCleanUp } from '../support/clean-up.ts';
import { isEvent, runSynthesis, speak } from '../support/dashscope-client.ts';
import { aChannel, aDocument, aKey, aUser } from '../support/document-fixtures.ts';
import { startDashScopeSpeech } from '../support/stand-ins/dashscope-speech.ts';
import { charactersOf } from '../support/stand-ins/dashscope-speech-synthesis.ts';
import { startGateway } from '../support/start-gateway.ts';
import { openWebSocket } from '../support/websocket-client.ts';

const KEY = 'pk-of-ann';
const TEXT = '今天天气怎么样？';
const DAY_MS = 86_400_000;

const cleanUp = createCleanUp();
afterEach(cleanUp.run);

async function setUp() {
  const platform = cleanUp.closing(await startDashScopeSpeech());
  const document = aDocument({
    users: { ann: aUser(), bob: aUser() },
    proxy_keys: { 'ann-1': aKey('ann', KEY), 'bob-1': aKey('bob', 'pk-of-bob') },
    channels: { voice: aChannel('dashscope', platform.url, platform.apiKey) },
    prices: { 'cosyvoice-*': { characters: 20, currency: 'CNY' } },
  });
  const gateway = cleanUp.closing(await startGateway(document));
  const open = (key = KEY) =>
    openWebSocket(`ws://127.0.0.1:${gateway.port}/api-ws/v1/inference`, {
      headers: { authorization: `Bearer ${key}` },
    });
  return { platform, document, gateway, open };
}

interface OpenSessions {
  readonly total: number;
  readonly items: readonly Record<string, unknown>[];
}

describe('a WebSocket session', () => {
  it('is visible as open while it lasts, and recorded once when it ends', async () => {
    const { gateway, open } = await setUp();
    const admin = adminClient(gateway);
    const look = async (): Promise<OpenSessions> =>
      (await admin.get<OpenSessions>('/websocket-sessions')).body;
    const client = await open();
    client.event(runSynthesis('one'));
    await client.until(isEvent('task-started', 'one'));
    const { items, total } = await look();
    expect(total).toBe(1);
    expect(items[0]).toMatchObject({
      request_id: client.headers['x-aiproxy-request-id'],
      user: 'ann',
      key_id: 'ann-1',
      channel: 'voice',
      endpoint: '/api-ws/v1/inference',
      model: 'cosyvoice-v2',
      messages_in: 1,
      messages_out: 1,
    });
    expect(await gateway.lines(0)).toEqual([]);
    await client.leave();
    const [line] = await gateway.lines(1);
    expect(line).toMatchObject({ request_id: items[0]?.request_id, messages_in: 1, messages_out: 1 });
    expect(await look()).toEqual({ items: [], total: 0 });
    expect((await gateway.stats()).protocol_stats).toMatchObject({
      websocket_requests: 1,
      websocket_connections: 1,
      websocket_connection_rate: '100.00%',
    });
  });

  it('is in the statistics of its user, with the characters the platform counted', async () => {
    const { gateway, platform, open } = await setUp();
    const admin = adminClient(gateway);
    for (const key of [KEY, 'pk-of-bob', KEY]) {
      const client = await open(key);
      await speak(client, 'one', [TEXT]);
      await client.leave();
    }
    const [line] = await gateway.lines(3);
    expect(line?.cost).toBeCloseTo((charactersOf(TEXT) * 20) / 1e6, 9);
    const at = (days: number) => new Date(Date.now() + days * DAY_MS).toISOString();
    const times = `start_time=${at(-1)}&end_time=${at(1)}`;
    const users = (await admin.get<OpenSessions>(`/statistics/users?${times}`)).body;
    const characters = charactersOf(TEXT);
    expect(users.items).toEqual([
      expect.objectContaining({ user: 'ann', requests: 2, success: 2, characters: 2 * characters }),
      expect.objectContaining({ user: 'bob', requests: 1, success: 1, characters }),
    ]);
    const total = platform.sessions.reduce((sum, { usage }) => sum + (usage.characters ?? 0), 0);
    expect(total).toBe(3 * characters);
  });

  it('that never came to be is recorded as the refusal it was', async () => {
    const { gateway, platform } = await setUp();
    await platform.close();
    const url = `ws://127.0.0.1:${gateway.port}/api-ws/v1/inference`;
    await expect(openWebSocket(url, { headers: { authorization: `Bearer ${KEY}` } })).rejects.toThrow('502');
    const [line] = await gateway.lines(1);
    expect(line).toMatchObject({
      status: 502,
      protocol: 'websocket',
      channel: 'voice',
      error_code: 'upstream_unreachable',
    });
    expect(line).not.toHaveProperty('messages_in');
  });
});

const disabled = { status: 'disabled' } as const;

describe('an open WebSocket session', () => {
  it.each<[string, string, (document: Document, url: string) => Partial<Document>]>([
    ['its user', 'user_disabled', ({ users }) => ({ users: { ...users, ann: aUser(disabled) } })],
    [
      'its key',
      'proxy_key_disabled',
      ({ proxy_keys }) => ({ proxy_keys: { ...proxy_keys, 'ann-1': aKey('ann', KEY, disabled) } }),
    ],
    [
      'its channel',
      'channel_unavailable',
      (_, url) => ({ channels: { voice: aChannel('dashscope', url, 'channel-key-dashscope', disabled) } }),
    ],
    [
      "its channel's permission",
      'channel_not_permitted',
      ({ users }) => ({ users: { ...users, ann: aUser({ channels: [] }) } }),
    ],
    [
      'its key altogether',
      'invalid_proxy_key',
      ({ proxy_keys }) => ({ proxy_keys: { 'bob-1': proxy_keys['bob-1'] ?? aKey('bob', 'pk-of-bob') } }),
    ],
  ])('is closed with 1008 as soon as it is read that an admin took away %s', async (_, code, edit) => {
    const { gateway, platform, document, open } = await setUp();
    const client = await open();
    client.event(runSynthesis('one'));
    await client.until(isEvent('task-started', 'one'));
    await gateway.edit({ ...document, ...edit(document, platform.url) });
    expect(await client.closed).toEqual({ code: 1008, reason: code });
    expect(await platform.sessions[0]?.closed).toEqual({ code: 1008, reason: code });
    const [line, more] = await gateway.lines(1);
    expect(line).toMatchObject({ status: 101, outcome: 'client_error', error_code: code, user: 'ann' });
    expect(more).toBeUndefined();
  });

  it('goes on when an admin changes something else', async () => {
    const { gateway, document, open } = await setUp();
    const client = await open();
    const other = await open('pk-of-bob');
    await gateway.edit({ ...document, users: { ...document.users, bob: aUser(disabled) } });
    expect((await other.closed).code).toBe(1008);
    await speak(client, 'one', [TEXT]);
    await client.leave();
    expect(await gateway.lines(2)).toEqual([
      expect.objectContaining({ user: 'bob', error_code: 'user_disabled' }),
      expect.objectContaining({ user: 'ann', outcome: 'success' }),
    ]);
  });
});
