import { afterEach, describe, expect, it } from 'vitest';
import { createCleanUp } from '../support/clean-up.ts';
import { aChannel, aDocument, aKey, aUser } from '../support/document-fixtures.ts';
import type { RawAnswer } from '../support/raw-client.ts';
import { type RawScript, startRawUpstream } from '../support/raw-upstream.ts';
import { startGateway } from '../support/start-gateway.ts';
import { answerTo, KEY, lineAt, rawRequest } from './front.ts';

const cleanUp = createCleanUp();
afterEach(cleanUp.run);

const CHANNEL_KEY = 'channel"key/of+behind-1234';
const HEADER_SECRET = 'header-secret-of-behind';
const SPELLINGS = [
  CHANNEL_KEY,
  encodeURIComponent(CHANNEL_KEY),
  JSON.stringify(CHANNEL_KEY).slice(1, -1),
  JSON.stringify(CHANNEL_KEY).slice(1, -1).replaceAll('/', '\\/'),
  HEADER_SECRET,
];

const head = (status: number, ...headers: readonly string[]): string =>
  `${[`HTTP/1.1 ${status} X`, ...headers].join('\r\n')}\r\n\r\n`;
const whole = (status: number, type: string, body: string): string =>
  head(status, `Content-Type: ${type}`, `Content-Length: ${Buffer.byteLength(body)}`) + body;
const shout = (text: string): string => JSON.stringify({ error: { message: text, code: text } });

/** What the client gets of an answer, after no spelling of a secret was found in it or in the log. */
async function relayed(script: RawScript, path = '/v1/chat/completions', model = 'm'): Promise<RawAnswer> {
  const upstream = cleanUp.closing(
    await startRawUpstream(async (connection, number) => {
      await connection.request();
      await script(connection, number);
    }),
  );
  const headers = { 'X-Secret': `Bearer ${HEADER_SECRET}` };
  const document = aDocument({
    users: { ann: aUser() },
    proxy_keys: { 'ann-key': aKey('ann', KEY) },
    channels: { behind: aChannel('openai', upstream.url, CHANNEL_KEY, { headers }) },
  });
  const gateway = cleanUp.closing(await startGateway(document));
  const body = JSON.stringify({ model, stream: true, messages: [] });
  const lines = [`POST ${path} HTTP/1.1`, 'Host: localhost', `Authorization: Bearer ${KEY}`];
  const answer = await answerTo(gateway.port, rawRequest([...lines, `Content-Length: ${body.length}`], body));
  const told = JSON.stringify(await lineAt(gateway, 0));
  for (const spelling of SPELLINGS) {
    expect(JSON.stringify(answer.headers) + answer.body).not.toContain(spelling);
    expect(told).not.toContain(spelling);
  }
  return answer;
}

describe("the secrets of a channel in a platform's answer", () => {
  it.each(SPELLINGS)('are masked in an error body, however they are written: %s', async (spelling) => {
    const body = `{"error":{"message":"bad ${spelling}."}}`;
    const answer = await relayed((connection) => connection.send(whole(401, 'application/json', body)));
    expect(answer.body).toMatch(/^\{"error":\{"message":"bad \*\*\*.{0,4}\."\}\}$/);
  });

  it.each([200, 302, 404])('are masked in the headers of status %i', async (status) => {
    const location = `Location: https://elsewhere.test/x?key=${encodeURIComponent(CHANNEL_KEY)}`;
    const upload = `x-goog-upload-url: https://elsewhere.test/upload?id=1&key=${CHANNEL_KEY}`;
    const answer = await relayed((connection) =>
      connection.send(head(status, location, upload, `x-told: ${HEADER_SECRET}`, 'Content-Length: 0')),
    );
    expect(answer.header('location')).toBe('https://elsewhere.test/x?key=***');
    expect(answer.header('x-goog-upload-url')).toBe('https://elsewhere.test/upload?id=1&key=***');
    expect(answer.header('x-told')).toBe('***');
  });

  it.each([1000, 7, 1])('are masked in the error a stream ends with, in pieces of %i bytes', async (size) => {
    const stream = `data: {"choices":[],"error":null}\n\ndata: ${shout(`no ${CHANNEL_KEY} ${HEADER_SECRET}`)}\n\n`;
    const answer = await relayed(async (connection) => {
      connection.send(head(200, 'Content-Type: text/event-stream', 'Transfer-Encoding: chunked'));
      for (let at = 0; at < stream.length; at += size) {
        const piece = stream.slice(at, at + size);
        connection.send(`${piece.length.toString(16)}\r\n${piece}\r\n`);
        await new Promise((resolve) => setImmediate(resolve));
      }
      connection.send('0\r\n\r\n');
    });
    expect(answer.complete).toBe(true);
    expect(answer.body).toContain('data: {"choices":[],"error":null}\n\n');
    expect(answer.body).toContain('"message":"no ***');
  });

  it('are masked in a stream of a length that was declared', async () => {
    const stream = `event: error\ndata: ${shout(CHANNEL_KEY)}\n\n`;
    const answer = await relayed((connection) => connection.send(whole(200, 'text/event-stream', stream)));
    expect(answer).toMatchObject({ status: 200, complete: true });
    expect(answer.body).toContain('"code":"***');
  });
});

describe('a secret that a client sends where none belongs', () => {
  it('is masked in the logged path and model', async () => {
    const path = `/v1/chat/completions/${encodeURIComponent(CHANNEL_KEY)}?x=${HEADER_SECRET}`;
    await relayed((connection) => connection.send(whole(200, 'application/json', '{}')), path);
    await relayed(
      (connection) => connection.send(whole(200, 'application/json', '{}')),
      '/v1/chat/completions',
      CHANNEL_KEY,
    );
  });
});
