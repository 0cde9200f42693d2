import { once } from 'node:events';
import { afterEach, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { createCleanUp } from '../support/clean-up.ts';
import { aChannel, aDocument, aKey, aUser } from '../support/document-fixtures.ts';
import { echo, startWebSocketStandIn, type WebSocketBehaviour } from '../support/stand-ins/websocket.ts';
import { startGateway } from '../support/start-gateway.ts';

const cleanUp = createCleanUp();
afterEach(cleanUp.run);

const bearer = { headers: { authorization: 'Bearer pk-ann' } };

async function setUp(behaviour: WebSocketBehaviour = echo) {
  const platform = cleanUp.closing(await startWebSocketStandIn(behaviour));
  const document = aDocument({
    users: { ann: aUser() },
    proxy_keys: { 'ann-1': aKey('ann', 'pk-ann') },
    channels: { voice: aChannel('openai', platform.url, 'channel-key') },
  });
  const gateway = cleanUp.closing(await startGateway(document));
  const url = (path: string) => `ws://127.0.0.1:${gateway.port}${path}`;
  return { platform, gateway, document, url };
}

describe('a WebSocket session', () => {
  it("carries messages both ways with the channel's key in place of the Proxy-Key", async () => {
    const { platform, gateway, url } = await setUp();
    const client = new WebSocket(url('/v1/realtime?model=gpt-realtime'), ['realtime'], bearer);
    await once(client, 'open');
    expect(client.protocol).toBe('realtime');
    client.send('hello');
    const [text] = await once(client, 'message');
    expect(String(text)).toBe('hello');
    const bytes = Buffer.alloc(300_000, 7);
    client.send(bytes);
    const [binary, isBinary] = await once(client, 'message');
    expect(isBinary).toBe(true);
    expect(Buffer.compare(binary, bytes)).toBe(0);
    client.close(4001, 'bye');
    const [code, reason] = await once(client, 'close');
    expect([code, String(reason)]).toEqual([4001, 'bye']);
    const [line] = await gateway.lines(1);
    expect(line).toMatchObject({
      user: 'ann',
      channel: 'voice',
      protocol: 'websocket',
      status: 101,
      outcome: 'success',
      model: 'gpt-realtime',
      messages_in: 2,
      messages_out: 2,
    });
    const [seen] = platform.handshakes;
    expect(seen?.headers.authorization).toBe('Bearer channel-key');
    expect(JSON.stringify(seen)).not.toContain('pk-ann');
  });

  it("passes the platform's own refusal", async () => {
    const refuse = () => ({ status: 403, body: '{"error":{"message":"no voice today","code":"forbidden"}}' });
    const { gateway, url } = await setUp({ ...echo, refuse });
    const client = new WebSocket(url('/v1/realtime?model=gpt-realtime'), bearer);
    const [, answer] = await once(client, 'unexpected-response');
    expect(answer.statusCode).toBe(403);
    expect(answer.headers['x-request-id']).toBe('platform-1');
    const body = (await answer.toArray()).join('');
    expect(body).toContain('no voice today');
    const [line] = await gateway.lines(1);
    expect(line).toMatchObject({ status: 403, protocol: 'websocket', error_code: 'forbidden' });
  });

  it('is closed with 1008 within two seconds when its key is disabled', async () => {
    const { gateway, document, url } = await setUp();
    const client = new WebSocket(url('/v1/realtime?model=gpt-realtime'), bearer);
    await once(client, 'open');
    await gateway.edit({
      ...document,
      proxy_keys: { 'ann-1': aKey('ann', 'pk-ann', { status: 'disabled' }) },
    });
    const [code, reason] = await once(client, 'close');
    expect([code, String(reason)]).toEqual([1008, 'proxy_key_disabled']);
    const [line] = await gateway.lines(1);
    expect(line).toMatchObject({ status: 101, outcome: 'client_error', error_code: 'proxy_key_disabled' });
  });
});
