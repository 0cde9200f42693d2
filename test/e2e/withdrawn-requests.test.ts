import { afterEach, describe, expect, it } from 'vitest';
import type { Document } from '../../src-main/contract/document.ts';
import { createCleanUp } from '../support/clean-up.ts';
import { aChannel, aDocument, aKey, aUser } from '../support/document-fixtures.ts';
import { RAW_SSE_HEAD, rawChunk } from '../support/raw-answers.ts';
import { type RawScript, startRawUpstream } from '../support/raw-upstream.ts';
import { startGateway } from '../support/start-gateway.ts';
import { CHANNEL_KEY, chatEvent, KEY, sendChat } from './faults/behind.ts';

const cleanUp = createCleanUp();
afterEach(cleanUp.run);

const USAGE = 'data: {"choices":[],"usage":{"prompt_tokens":5,"completion_tokens":1}}\n\n';

/** Begins a stream that never ends by itself. */
const streaming: RawScript = async (connection) => {
  await connection.request();
  connection.send(RAW_SSE_HEAD + rawChunk(USAGE) + rawChunk(chatEvent('one')));
};

const documentOf = (url: string): Document =>
  aDocument({
    users: { ann: aUser(), bob: aUser() },
    proxy_keys: { 'ann-key': aKey('ann', KEY), 'bob-key': aKey('bob', 'pk-of-bob') },
    channels: {
      behind: aChannel('openai', url, CHANNEL_KEY),
      other: aChannel('anthropic', url, 'channel-key-other'),
    },
  });

async function started(script: RawScript) {
  const upstream = cleanUp.closing(await startRawUpstream(script));
  const document = documentOf(upstream.url);
  const gateway = cleanUp.closing(await startGateway(document));
  return { upstream, document, gateway };
}

const disabled = { status: 'disabled' } as const;
const past = new Date(0).toISOString();

/** What an admin takes away, the code that says so, and how the document then differs. */
const WITHDRAWN: readonly (readonly [string, string, (document: Document) => Partial<Document>])[] = [
  ['the user is disabled', 'user_disabled', ({ users }) => ({ users: { ...users, ann: aUser(disabled) } })],
  [
    'the key is disabled',
    'proxy_key_disabled',
    ({ proxy_keys }) => ({ proxy_keys: { ...proxy_keys, 'ann-key': aKey('ann', KEY, disabled) } }),
  ],
  [
    'the key has expired',
    'proxy_key_expired',
    ({ proxy_keys }) => ({
      proxy_keys: { ...proxy_keys, 'ann-key': aKey('ann', KEY, { expires_at: past }) },
    }),
  ],
  [
    'the key is deleted',
    'invalid_proxy_key',
    ({ proxy_keys }) => ({ proxy_keys: { 'bob-key': proxy_keys['bob-key'] ?? aKey('bob', 'pk-of-bob') } }),
  ],
  [
    'the channel is disabled',
    'channel_unavailable',
    ({ channels }) => ({
      channels: {
        ...channels,
        behind: aChannel('openai', channels.behind?.base_url ?? '', CHANNEL_KEY, disabled),
      },
    }),
  ],
  [
    'the channel is deleted',
    'channel_unavailable',
    ({ channels }) => ({
      channels: { other: channels.other ?? aChannel('anthropic', 'http://localhost', 'k') },
    }),
  ],
  [
    'the channel is not permitted any more',
    'channel_not_permitted',
    ({ users }) => ({ users: { ...users, ann: aUser({ channels: ['other'] }) } }),
  ],
];

describe('a stream under way', () => {
  it.each(WITHDRAWN)('is cut for its client and its platform when %s', async (_, code, edit) => {
    const { upstream, document, gateway } = await started(streaming);
    const client = await sendChat(gateway, true);
    await client.until('one');
    await gateway.edit({ ...document, ...edit(document) });
    await client.closed;
    await upstream.connections[0]?.closed;
    expect((await client.answer()).complete).toBe(false);
    const [line, more] = await gateway.lines(1);
    expect(line).toMatchObject({
      status: 200,
      outcome: 'client_error',
      error_code: code,
      user: 'ann',
      tokens_in: 5,
      tokens_out: 1,
    });
    expect(more).toBeUndefined();
  });

  it('goes on when something else changes', async () => {
    const finish = Promise.withResolvers<void>();
    const { document, gateway } = await started(async (connection) => {
      await connection.request();
      connection.send(RAW_SSE_HEAD + rawChunk(chatEvent('one')));
      await finish.promise;
      connection.send(`${rawChunk('data: [DONE]\n\n')}0\r\n\r\n`);
    });
    const client = await sendChat(gateway, true);
    await client.until('one');
    await gateway.edit({ ...document, users: { ann: aUser({ name: 'Ann' }), bob: aUser(disabled) } });
    const refused = async () =>
      (await fetch(`${gateway.proxyUrl}/v1/models`, { headers: { authorization: 'Bearer pk-of-bob' } }))
        .status;
    await expect.poll(refused).toBe(403);
    finish.resolve();
    expect(await client.answer()).toMatchObject({ status: 200, complete: true });
    const outcome = async () => (await gateway.lines(1)).find(({ user }) => user === 'ann')?.outcome;
    await expect.poll(outcome).toBe('success');
  });
});

describe('a request that waits for its answer', () => {
  it('is answered with the reason when its user is disabled, and the platform is hung up on', async () => {
    const { upstream, document, gateway } = await started(() => {});
    const client = await sendChat(gateway);
    await expect.poll(() => upstream.connections[0]?.received.includes('"messages"')).toBe(true);
    await gateway.edit({ ...document, users: { ...document.users, ann: aUser(disabled) } });
    const answer = await client.answer();
    expect(answer.status).toBe(403);
    expect(JSON.parse(answer.body)).toMatchObject({ error: { code: 'user_disabled' } });
    await upstream.connections[0]?.closed;
    expect(await gateway.lines(1)).toMatchObject([
      { status: 403, outcome: 'client_error', error_code: 'user_disabled' },
    ]);
  });
});

describe('an answer of the platform', () => {
  it.each([
    [400, 'client_error'],
    [401, 'platform_error'],
    [402, 'platform_error'],
    [403, 'platform_error'],
    [404, 'client_error'],
    [413, 'client_error'],
    [422, 'client_error'],
    [429, 'platform_error'],
    [500, 'platform_error'],
    [529, 'platform_error'],
  ])('of status %i counts as %s', async (status, outcome) => {
    const { gateway } = await started(async (connection) => {
      await connection.request();
      connection.send(
        `HTTP/1.1 ${status} No\r\nContent-Type: application/json\r\nContent-Length: 2\r\n\r\n{}`,
      );
    });
    expect((await (await sendChat(gateway)).answer()).status).toBe(status);
    expect(await gateway.lines(1)).toMatchObject([{ status, outcome, error_code: `http_${status}` }]);
  });
});
