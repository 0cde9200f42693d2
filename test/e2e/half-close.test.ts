import { afterEach, describe, expect, it } from 'vitest';
import { createCleanUp } from '../support/clean-up.ts';
import { RAW_SSE_HEAD, rawChunk, rawJsonAnswer } from '../support/raw-answers.ts';
import { connectRaw, connectRawTls } from '../support/raw-client.ts';
import { startRawUpstream } from '../support/raw-upstream.ts';
import { startOnAClock } from '../websocket/raw/gateway-on-a-clock.ts';
import { KEY } from '../websocket/raw/raw-session.ts';
import { chatBody, chatEvent } from './faults/behind.ts';

const cleanUp = createCleanUp();
afterEach(cleanUp.run);

const BEARER = `Host: x\r\nAuthorization: Bearer ${KEY}\r\n`;
const GET = `GET /v1/files/a HTTP/1.1\r\n${BEARER}\r\n`;
const CHAT = `POST /v1/chat/completions HTTP/1.1\r\n${BEARER}Content-Length: ${chatBody(true).length}\r\n\r\n${chatBody(true)}`;

/** A gateway whose platform answers when it is told to, and a client of it. */
async function start(secure: boolean) {
  const answer = Promise.withResolvers<string>();
  const asked = Promise.withResolvers<void>();
  const upstream = cleanUp.closing(
    await startRawUpstream(async (connection) => {
      await connection.request();
      asked.resolve();
      connection.send(await answer.promise);
      await connection.closed;
    }),
  );
  const gateway = await startOnAClock(cleanUp, upstream.url, secure);
  const client = await (secure ? connectRawTls(gateway.port) : connectRaw(gateway.port));
  return { ...gateway, upstream, client, asked: asked.promise, answer: answer.resolve };
}

/** What arrives on loopback in a few turns of the event loop has arrived. */
async function arrived(port: number, secure: boolean): Promise<void> {
  const other = await (secure ? connectRawTls(port) : connectRaw(port));
  other.send('GET /health HTTP/1.1\r\nHost: x\r\n\r\n');
  await other.answer();
  other.end();
  await other.closed;
}

const WIRES = [
  ['HTTP', false],
  ['TLS', true],
] as const;

describe.each(WIRES)('a client that ends its side behind its request, over %s', (_, secure) => {
  it('gets its answer where it did so at once, and the connection ends', async () => {
    const { client, port, asked, answer, records } = await start(secure);
    client.send(GET);
    client.end();
    await asked;
    await arrived(port, secure);
    answer(rawJsonAnswer({ ok: true }));
    expect(await client.answer()).toMatchObject({ status: 200, body: '{"ok":true}', complete: true });
    expect(await client.closed).toBe('ended');
    expect(records).toMatchObject([{ outcome: 'success', status: 200 }]);
  });

  it('gets its stream where it did so within 100 ms, with a body', async () => {
    const { client, clock, port, asked, answer, records } = await start(secure);
    client.send(CHAT);
    await asked;
    clock.advance(100);
    client.end();
    await arrived(port, secure);
    answer(`${RAW_SSE_HEAD}${rawChunk(chatEvent('hi'))}${rawChunk('data: [DONE]\n\n')}0\r\n\r\n`);
    expect(await client.answer()).toMatchObject({ status: 200, complete: true });
    expect(records).toMatchObject([{ outcome: 'success' }]);
  });

  it('gets the answers to all it has sent, one after the other', async () => {
    const { client, port, asked, answer } = await start(secure);
    const health = 'GET /health HTTP/1.1\r\nHost: x\r\n\r\n';
    client.send(GET + health + health);
    client.end();
    await asked;
    await arrived(port, secure);
    answer(rawJsonAnswer({ ok: true }));
    for (const body of ['{"ok":true}', '{"status":"ok"}', '{"status":"ok"}'])
      expect((await client.answer()).body).toBe(body);
    expect(await client.closed).toBe('ended');
  });
});

describe.each(WIRES)('a client that ends its side otherwise, over %s', (_, secure) => {
  it('has left where it did so later: the platform is hung up on', async () => {
    const { client, clock, asked, upstream, records } = await start(secure);
    client.send(GET);
    await asked;
    clock.advance(101);
    client.end();
    await upstream.connections[0]?.closed;
    expect(records).toMatchObject([{ outcome: 'aborted', status: 499 }]);
  });

  it('has left where a part of the answer was there already', async () => {
    const { client, asked, answer, upstream, records } = await start(secure);
    client.send(CHAT);
    await asked;
    answer(`${RAW_SSE_HEAD}${rawChunk(chatEvent('hi'))}`);
    await client.until('hi');
    client.end();
    await upstream.connections[0]?.closed;
    expect(records).toMatchObject([{ outcome: 'partial' }]);
  });

  it('has left where its request is not whole', async () => {
    const { client, records } = await start(secure);
    client.send(CHAT.slice(0, -5));
    client.end();
    await client.closed;
    expect(records).toMatchObject([{ outcome: 'aborted', status: 499 }]);
  });
});

describe('a client that resets its connection', () => {
  it('has left, however soon', async () => {
    const { client, asked, upstream, records } = await start(false);
    client.send(GET);
    await asked;
    client.reset();
    await upstream.connections[0]?.closed;
    expect(records).toMatchObject([{ outcome: 'aborted', status: 499 }]);
  });
});
