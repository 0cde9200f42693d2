import { afterEach, describe, expect, it } from 'vitest';
import { createCleanUp } from '../support/clean-up.ts';
import { connectRaw, connectRawTls } from '../support/raw-client.ts';
import { startRawUpstream } from '../support/raw-upstream.ts';
import { startOnAClock } from '../websocket/raw/gateway-on-a-clock.ts';
import { KEY } from '../websocket/raw/raw-session.ts';

const cleanUp = createCleanUp();
afterEach(cleanUp.run);

const head = (path: string, key = KEY): string =>
  `POST ${path} HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer ${key}\r\nTransfer-Encoding: chunked\r\n\r\n`;

describe.each([
  ['HTTP', false],
  ['TLS', true],
])('a body whose chunks are broken, over %s', (_, secure) => {
  it.each([
    ['a held one', '/v1/chat/completions', '5\r\n{"mod'],
    ['one that streams', '/v1/files', '5\r\nhello'],
  ])('is refused with 400, and recorded so: %s', async (_what, path, first) => {
    const upstream = cleanUp.closing(await startRawUpstream(() => {}));
    const { port, records } = await startOnAClock(cleanUp, upstream.url, secure);
    const client = await (secure ? connectRawTls(port) : connectRaw(port));
    client.send(head(path));
    client.send(first);
    client.send('\r\nZZ\r\nmore');
    const answer = await client.answer();
    expect(answer).toMatchObject({ status: 400, complete: true });
    expect(JSON.parse(answer.body)).toMatchObject({ error: { code: 'bad_request' } });
    expect(answer.header('connection')).toBe('close');
    client.end();
    await client.closed;
    expect(records).toMatchObject([{ status: 400, outcome: 'client_error', error_code: 'bad_request' }]);
  });

  it('of a request that was refused already gets no second answer', async () => {
    const upstream = cleanUp.closing(await startRawUpstream(() => {}));
    const { port, records } = await startOnAClock(cleanUp, upstream.url, secure);
    const client = await (secure ? connectRawTls(port) : connectRaw(port));
    client.send(`${head('/v1/chat/completions', 'pk-wrong')}ZZ\r\nmore`);
    expect(await client.answer()).toMatchObject({ status: 401, complete: true });
    client.end();
    await client.closed;
    expect(client.received.toString().split('HTTP/1.1')).toHaveLength(2);
    expect(records).toMatchObject([{ status: 401 }]);
  });
});
