import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { adminClient } from '../support/admin-client.ts';
import { createCleanUp } from '../support/clean-up.ts';
import { aChannel, aDocument, aKey, aUser } from '../support/document-fixtures.ts';
import { type OpenAiStandIn, startOpenAi } from '../support/stand-ins/openai.ts';
import { startWebSocketStandIn } from '../support/stand-ins/websocket.ts';
import { type Gateway, startGateway } from '../support/start-gateway.ts';
import { openWebSocket, refusedWebSocket } from '../support/websocket-client.ts';

const cleanUp = createCleanUp();
let platform: OpenAiStandIn;
let gateway: Gateway;
beforeAll(async () => {
  platform = cleanUp.closing(await startOpenAi());
  const sockets = cleanUp.closing(
    await startWebSocketStandIn({ serve: (socket) => socket.on('message', () => socket.send('heard')) }),
  );
  gateway = cleanUp.closing(
    await startGateway(
      aDocument({
        groups: { interns: { models: ['mini-*', 'nano-1'] } },
        users: {
          ann: aUser({ group: 'interns', models: ['mini-*', 'large-1'] }),
          bob: aUser({ group: 'interns' }),
          guest: aUser({ models: ['nano-1'] }),
        },
        proxy_keys: {
          ann: aKey('ann', 'pk-ann', { models: ['mini-1', 'large-1', 'huge-1'] }),
          bob: aKey('bob', 'pk-bob'),
        },
        channels: {
          openai: aChannel('openai', platform.url, platform.apiKey),
          voice: aChannel('dashscope', sockets.url, 'channel-key-voice'),
        },
        system: { anonymous_user: 'guest' },
      }),
    ),
  );
});
afterAll(cleanUp.run);

async function ask(model: string, key: string | null): Promise<string> {
  const answer = await fetch(`${gateway.proxyUrl}/v1/chat/completions`, {
    method: 'POST',
    body: JSON.stringify({ model, messages: [] }),
    headers: key === null ? {} : { authorization: `Bearer ${key}` },
  });
  const text = await answer.text();
  return answer.ok ? 'served' : String(JSON.parse(text).error.message);
}

describe('models of users and groups', () => {
  it.each([
    ['mini-1', 'pk-ann', 'served'],
    ['mini-2', 'pk-ann', 'this Proxy-Key may not use the model mini-2'],
    ['huge-1', 'pk-ann', 'this user may not use the model huge-1'],
    ['large-1', 'pk-ann', "this user's group may not use the model large-1"],
    ['nano-1', 'pk-bob', 'served'],
    ['large-1', 'pk-bob', "this user's group may not use the model large-1"],
    ['nano-1', null, 'served'],
    ['mini-1', null, 'this user may not use the model mini-1'],
  ])('decide on %s asked with %s: %s', async (model, key, answered) => {
    const before = platform.requests.length;
    expect(await ask(model, key)).toBe(answered);
    expect(platform.requests.length - before).toBe(answered === 'served' ? 1 : 0);
  });

  const headers = { authorization: 'Bearer pk-bob' };

  it('end a WebSocket session whose message names another', async () => {
    const url = `ws://127.0.0.1:${gateway.port}/api-ws/v1/inference`;
    const client = await openWebSocket(url, { headers });
    client.socket.send(JSON.stringify({ payload: { model: 'mini-1' } }));
    await client.until(() => client.messages.length === 1);
    client.socket.send(JSON.stringify({ payload: { model: 'large-1' } }));
    expect(await client.closed).toMatchObject({ code: 1008, reason: 'model_not_permitted' });
  });

  it('refuse a WebSocket session that asks for another', async () => {
    const url = `ws://127.0.0.1:${gateway.port}/v1/realtime?model=large-1`;
    const refused = await refusedWebSocket(url, { headers });
    expect([refused.status, JSON.parse(refused.body).error.message]).toEqual([
      403,
      "this user's group may not use the model large-1",
    ]);
  });

  it('count at once when they change', async () => {
    expect(await ask('mini-3', 'pk-bob')).toBe('served');
    await adminClient(gateway).patch('/groups/interns', { models: [] });
    expect(await ask('mini-3', 'pk-bob')).toBe("this user's group may not use the model mini-3");
  });
});
