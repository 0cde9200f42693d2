import { afterEach, describe, expect, it } from 'vitest';
import type { Channel } from '../../src-main/contract/document.ts';
import { createCleanUp } from '../support/clean-up.ts';
import { aChannel, aDocument, aKey, aUser } from '../support/document-fixtures.ts';
import { startWebSocketStandIn } from '../support/stand-ins/websocket.ts';
import { startGateway } from '../support/start-gateway.ts';
import { jsonOf, openWebSocket, refusedWebSocket } from '../support/websocket-client.ts';

const RESTRICTED = 'pk-restricted';
const FREE = 'pk-free';
const PATH = '/v1/responses';
const cleanUp = createCleanUp();
afterEach(cleanUp.run);

/** A session with a platform that answers each message with its number. */
async function setUp(given: Partial<Channel> = {}, models: readonly string[] = ['gpt-4o', 'gpt-5*']) {
  const seen: string[] = [];
  const platform = cleanUp.closing(
    await startWebSocketStandIn({
      serve(socket) {
        socket.on('message', (data) => {
          seen.push(String(data));
          socket.send(JSON.stringify({ type: 'response.completed', number: seen.length }));
        });
      },
    }),
  );
  const documentFor = (allowed: readonly string[]) =>
    aDocument({
      users: { ann: aUser() },
      proxy_keys: {
        some: aKey('ann', RESTRICTED, { models: [...allowed] }),
        all: aKey('ann', FREE),
      },
      channels: { openai: aChannel('openai', platform.url, 'channel-key', given) },
    });
  const gateway = cleanUp.closing(await startGateway(documentFor(models)));
  const ask = (key: string) => ({ headers: { authorization: `Bearer ${key}` } });
  const url = (path: string) => `ws://127.0.0.1:${gateway.port}${path}`;
  return {
    seen,
    gateway,
    open: (key: string, path = PATH) => openWebSocket(url(path), ask(key)),
    refused: (key: string, path = PATH) => refusedWebSocket(url(path), ask(key)),
    restrict: (allowed: readonly string[]) => gateway.edit(documentFor(allowed)),
  };
}

const TOOL = {
  type: 'function',
  name: 'spawn',
  parameters: { type: 'object', properties: { model: { type: 'string' } } },
};
const turn = (model: string, more: object = {}): string =>
  JSON.stringify({ type: 'response.create', model, input: 'x', tools: [TOOL], ...more });

describe('a Responses session', () => {
  it.each([
    ['a key that may use any model', FREE],
    ['a restricted key', RESTRICTED],
  ])('has the model of its first turn in the log, whatever its tools are called: %s', async (_, key) => {
    const { open, gateway, seen } = await setUp();
    const client = await open(key);
    const turns = [turn('gpt-5', { metadata: { model: 'x' } }), turn('gpt-4o')];
    for (const message of turns) client.socket.send(message);
    await client.until((message) => jsonOf(message).number === 2);
    await client.leave();
    expect(seen).toEqual(turns);
    expect((await gateway.lines(1))[0]).toMatchObject({
      protocol: 'websocket',
      model: 'gpt-5',
      outcome: 'success',
      messages_in: 2,
    });
  });

  it('has the model of a first turn of more than 1 MiB in the log', async () => {
    const { open, gateway } = await setUp();
    const client = await open(FREE);
    client.socket.send(turn('gpt-5', { input: 'x'.repeat(1_500_000) }));
    await client.until((message) => jsonOf(message).number === 1);
    await client.leave();
    expect((await gateway.lines(1))[0]).toMatchObject({ model: 'gpt-5' });
  });

  it('that a channel without WebSockets would serve is refused with 426, and others with 400', async () => {
    const { refused } = await setUp({ supports_websocket: false });
    const refusal = await refused(FREE);
    expect(refusal.status).toBe(426);
    expect(refusal.headers.upgrade).toBe('HTTP/1.1');
    expect(JSON.parse(refusal.body)).toMatchObject({ error: { code: 'websocket_not_supported' } });
    expect((await refused(FREE, '/v1/realtime?model=m')).status).toBe(400);
  });
});

describe('a restricted key in a Responses session', () => {
  it('gets an error event for a turn with another model, and goes on with the next one', async () => {
    const { open, seen, gateway } = await setUp();
    const client = await open(RESTRICTED);
    client.socket.send(turn('o3', { stream_id: 'lane-1' }));
    const refusal = jsonOf(await client.until(() => true));
    expect(refusal).toEqual({
      type: 'error',
      status: 403,
      error: {
        message: 'this Proxy-Key may not use the model o3',
        type: 'permission_error',
        param: null,
        code: 'model_not_permitted',
      },
      stream_id: 'lane-1',
    });
    client.socket.send(turn('gpt-4o'));
    await client.until((message) => jsonOf(message).number === 1);
    expect(seen).toEqual([turn('gpt-4o')]);
    await client.leave();
    expect((await gateway.lines(1))[0]).toMatchObject({
      outcome: 'client_error',
      error_code: 'model_not_permitted',
      model: 'gpt-4o',
    });
  });

  it.each([
    ['no model', '{"type":"response.create","input":"x"}'],
    ['neither type nor model', '{"input":"x"}'],
    ['a model that is no text', '{"type":"response.create","model":["gpt-5"]}'],
    ['two models', '{"model":"o3","type":"response.create","model":"gpt-5"}'],
    ['a model in another case besides', '{"type":"response.create","model":"gpt-5","Model":"o3"}'],
    ['a model in another case alone', '{"type":"response.create","MODEL":"o3"}'],
    ['an escaped name', '{"type":"response.create","model":"gpt-5","m\\u006fdel":"o3"}'],
    ['two types', '{"type":"response.steer","type":"response.create"}'],
    ['text behind it', `${turn('gpt-5')}{"model":"o3"}`],
    ['a byte order mark', `\ufeff${turn('o3')}`],
    ['a list', `[${turn('o3')}]`],
    ['UTF-16', Buffer.from(turn('o3'), 'utf16le')],
  ])('is refused a turn with %s, which the platform never sees', async (_, message) => {
    const { open, seen } = await setUp();
    const client = await open(RESTRICTED);
    client.socket.send(message);
    expect(jsonOf(await client.until(() => true))).toMatchObject({ type: 'error' });
    client.socket.send(turn('gpt-5'));
    await client.until((answer) => jsonOf(answer).number === 1);
    expect(seen).toEqual([turn('gpt-5')]);
    await client.leave();
  });
});

describe('a restricted key in a long Responses session', () => {
  it('steers a response, which names no model', async () => {
    const { open, seen } = await setUp();
    const client = await open(RESTRICTED);
    const steer = '{"type":"response.steer","previous_response_id":"r","input":"the model \\"model\\": o3"}';
    client.socket.send(steer);
    await client.until((answer) => jsonOf(answer).number === 1);
    expect(seen).toEqual([steer]);
    await client.leave();
  });

  it.each([
    ['in one frame', 1],
    ['in fragments', 7],
  ])('sends turns of more than 1 MiB unchanged %s', async (_, pieces) => {
    const { open, seen } = await setUp();
    const client = await open(RESTRICTED);
    const long = turn('gpt-5', { input: 'ü"\\'.repeat(900_000) });
    const size = Math.ceil(long.length / pieces);
    for (let at = 0; at < pieces; at += 1) {
      client.socket.send(long.slice(at * size, (at + 1) * size), { fin: at === pieces - 1, binary: false });
      if (at < pieces - 1) client.socket.ping(String(at));
    }
    await client.until((answer) => jsonOf(answer).number === 1);
    client.socket.send(turn('gpt-4o'));
    await client.until((answer) => jsonOf(answer).number === 2);
    expect(seen.map((text) => text === long)).toEqual([true, false]);
    await client.leave();
  });

  it.each([
    ['in its beginning', (text: string) => turn('o3', { input: text })],
    ['at its end', (text: string) => JSON.stringify({ type: 'response.create', input: text, model: 'o3' })],
    ['a second time', (text: string) => turn('gpt-5', { input: text }).replace(/\}$/, ',"model":"o3"}')],
  ])('never ends a turn of more than 1 MiB whose model is another one %s', async (_, message) => {
    const { open, seen } = await setUp();
    const client = await open(RESTRICTED);
    client.socket.send(message('x'.repeat(1_500_000)));
    expect(jsonOf(await client.until(() => true))).toMatchObject({ type: 'error' });
    expect(await client.closed).toEqual({ code: 1008, reason: 'model_not_permitted' });
    expect(seen).toEqual([]);
  });

  it('is closed when it loses a model that a turn has used', async () => {
    const { open, restrict } = await setUp();
    const client = await open(RESTRICTED);
    client.socket.send(turn('gpt-4o'));
    await client.until((answer) => jsonOf(answer).number === 1);
    await restrict(['gpt-5*']);
    expect(await client.closed).toEqual({ code: 1008, reason: 'model_not_permitted' });
  });
});

it('a key that may use any model sends what it likes', async () => {
  const { open, seen } = await setUp();
  const client = await open(FREE);
  const messages = ['{"type":"response.create"}', 'no JSON', turn('o3')];
  for (const message of messages) client.socket.send(message);
  await client.until((answer) => jsonOf(answer).number === 3);
  expect(seen).toEqual(messages);
  await client.leave();
});
