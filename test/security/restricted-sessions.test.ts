import { afterEach, describe, expect, it } from 'vitest';
import { createCleanUp } from '../support/clean-up.ts';
import { aChannel, aDocument, aKey, aUser } from '../support/document-fixtures.ts';
import { startWebSocketStandIn } from '../support/stand-ins/websocket.ts';
import { startGateway } from '../support/start-gateway.ts';
import { openWebSocket } from '../support/websocket-client.ts';

const KEY = 'pk-restricted';
const cleanUp = createCleanUp();
afterEach(cleanUp.run);

/** A session of a key that may use certain models, with a platform that says of each message how long it is. */
async function openSession(path = '/api-ws/v1/inference', models = ['cheap-*', 'other-*']) {
  const seen: Buffer[] = [];
  const platform = cleanUp.closing(
    await startWebSocketStandIn({
      serve(socket) {
        socket.on('message', (data) => {
          seen.push(Buffer.from(data as Buffer));
          socket.send('heard');
        });
      },
    }),
  );
  const documentFor = (allowed: readonly string[]) =>
    aDocument({
      users: { ann: aUser() },
      proxy_keys: { 'ann-1': aKey('ann', KEY, { models: [...allowed] }) },
      channels: { voice: aChannel('dashscope', platform.url, 'channel-key-voice') },
    });
  const gateway = cleanUp.closing(await startGateway(documentFor(models)));
  const client = await openWebSocket(`ws://127.0.0.1:${gateway.port}${path}`, {
    headers: { authorization: `Bearer ${KEY}` },
  });
  return { seen, client, restrict: (allowed: readonly string[]) => gateway.edit(documentFor(allowed)) };
}

const naming = (model: string): string => JSON.stringify({ payload: { model } });
const REFUSED = { code: 1008, reason: 'model_not_permitted' };

describe('a restricted key in a session', () => {
  it.each([
    ['the bytes of an escape', Buffer.from([0xff, 0xf3, 0x5c, 0x75, 0x10, 0x80])],
    ['the letters of a name', Buffer.from([0x00, 0x01, ...Buffer.from('model'), 0xff])],
    ['a brace at its beginning', Buffer.from([0x7b, 0x01, 0x5c, 0x75, 0x99])],
    ['a brace and a quote at its beginning', Buffer.from([0x7b, 0x22, 0x01, 0x5c, 0x75, 0x99])],
  ])('sends sound with %s in it', async (_, sound) => {
    const { seen, client } = await openSession();
    client.socket.send(sound);
    await client.until(() => client.messages.length === 1);
    expect(seen).toEqual([sound]);
    await client.leave();
  });

  const utf16be = (text: string): Buffer => Buffer.from(text, 'utf16le').swap16();
  const DEAR = naming('dear-1');
  const BEHIND_A_LETTER = '{"\u4e01":1,"model":"dear-1"}';
  it.each([
    ['UTF-16', Buffer.from(DEAR, 'utf16le')],
    ['UTF-16 with the high byte first', utf16be(DEAR)],
    ['UTF-16 behind its mark', Buffer.from(`\ufeff${DEAR}`, 'utf16le')],
    ['UTF-16 behind a letter that has a control character in it', Buffer.from(BEHIND_A_LETTER, 'utf16le')],
    ['UTF-8 behind white space', Buffer.from(` \n${DEAR}`)],
    ['UTF-8 as a list', Buffer.from(`[1,${DEAR}]`)],
    [
      'UTF-8 with what is no UTF-8 in it',
      Buffer.concat([Buffer.from('{"a":"'), Buffer.from([0xff]), Buffer.from('","model":"dear-1"}')]),
    ],
  ])('names no other model in a binary message in %s', async (_, message) => {
    const { seen, client } = await openSession();
    client.socket.send(message);
    expect(await client.closed).toEqual(REFUSED);
    expect(seen).toEqual([]);
  });

  it('names no other model in the fragments of a binary message', async () => {
    const { seen, client } = await openSession();
    client.socket.send(Buffer.from('{"a":1,'), { binary: true, fin: false });
    client.socket.send(Buffer.from('"model":"dear-1"}'), { binary: true, fin: true });
    expect(await client.closed).toEqual(REFUSED);
    expect(seen).toEqual([]);
  });

  it('is closed when it loses a model that a later message named', async () => {
    const { client, restrict } = await openSession();
    for (const model of ['cheap-1', 'other-1']) client.socket.send(naming(model));
    await client.until(() => client.messages.length === 2);
    await restrict(['cheap-*']);
    expect(await client.closed).toEqual(REFUSED);
  });

  it('stays when it keeps all the models that were named', async () => {
    const { seen, client, restrict } = await openSession();
    for (const model of ['cheap-1', 'cheap-2']) client.socket.send(naming(model));
    await client.until(() => client.messages.length === 2);
    await restrict(['cheap-*']);
    client.socket.send('{"more":1}');
    await client.until(() => client.messages.length === 3);
    expect(seen).toHaveLength(3);
    await client.leave();
  });
});
