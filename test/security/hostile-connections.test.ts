import { connect } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { createCleanUp } from '../support/clean-up.ts';
import { aChannel, aDocument, aKey, aUser } from '../support/document-fixtures.ts';
import { connectRaw } from '../support/raw-client.ts';
import { startOpenAi } from '../support/stand-ins/openai.ts';
import { startGateway } from '../support/start-gateway.ts';

const cleanUp = createCleanUp();
afterEach(cleanUp.run);

const KEY = 'pk-of-ann';

function documentTo(url: string, apiKey: string, status: 'active' | 'disabled' = 'active') {
  return aDocument({
    users: { ann: aUser({ status }), bob: aUser() },
    proxy_keys: { ann: aKey('ann', KEY), bob: aKey('bob', 'pk-of-bob') },
    channels: { openai: aChannel('openai', url, apiKey) },
  });
}

/** Asks for CONNECT and resets the connection at once. */
function connectAndReset(port: number): Promise<void> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1', () => {
      socket.write('CONNECT a:1 HTTP/1.1\r\nHost: a:1\r\n\r\n', () => socket.resetAndDestroy());
    });
    socket.on('error', () => undefined);
    socket.once('close', () => resolve());
  });
}

describe('hostile connections', () => {
  it('that ask for CONNECT and reset raise no exception that no one catches', async () => {
    const faults: unknown[] = [];
    const note = (fault: unknown): void => void faults.push(fault);
    process.on('uncaughtException', note);
    cleanUp.add(() => void process.off('uncaughtException', note));
    const standIn = cleanUp.closing(await startOpenAi());
    const gateway = cleanUp.closing(await startGateway(documentTo(standIn.url, standIn.apiKey)));
    for (let round = 0; round < 40; round += 1) await connectAndReset(gateway.port);
    expect((await fetch(`${gateway.proxyUrl}/health`)).status).toBe(200);
    expect(faults).toEqual([]);
  });

  it('may send a large body byte by byte, and it arrives whole', async () => {
    const standIn = cleanUp.closing(await startOpenAi());
    const gateway = cleanUp.closing(await startGateway(documentTo(standIn.url, standIn.apiKey)));
    const client = await connectRaw(gateway.port);
    client.send(
      `POST /v1/chat/completions HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer ${KEY}\r\n` +
        'Transfer-Encoding: chunked\r\n\r\n',
    );
    for (let round = 0; round < 20; round += 1) client.send('1\r\nx\r\n'.repeat(10_000));
    client.send('0\r\n\r\n');
    await expect.poll(() => standIn.requests.length).toBe(1);
    expect(await standIn.requests[0]?.body).toMatchObject({ length: 200_000 });
    client.reset();
  });
});

describe('a configuration that changes while a body is on its way', () => {
  const head = (key: string) =>
    `POST /v1/chat/completions HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer ${key}\r\nContent-Length: 13\r\n\r\n{"model"`;

  it('counts once the body is there: the old address gets neither the request nor the new key', async () => {
    const [before, after] = [cleanUp.closing(await startOpenAi()), cleanUp.closing(await startOpenAi())];
    const gateway = cleanUp.closing(await startGateway(documentTo(before.url, before.apiKey)));
    const client = await connectRaw(gateway.port);
    client.send(head(KEY));
    await gateway.edit(documentTo(after.url, after.apiKey));
    const ask = () => fetch(`${gateway.proxyUrl}/v1/models`, { headers: { authorization: `Bearer ${KEY}` } });
    const seenAfter = async () => {
      await ask();
      return after.requests.length;
    };
    await expect.poll(seenAfter).toBeGreaterThan(0);
    const seenBefore = before.requests.length;
    client.send(':"m"}');
    await expect.poll(() => after.requests.some(({ method }) => method === 'POST')).toBe(true);
    await ask();
    expect(before.requests.length).toBe(seenBefore);
    client.reset();
  });

  it('refuses whoever was disabled meanwhile', async () => {
    const standIn = cleanUp.closing(await startOpenAi());
    const gateway = cleanUp.closing(await startGateway(documentTo(standIn.url, standIn.apiKey)));
    const client = await connectRaw(gateway.port);
    client.send(head(KEY));
    await gateway.edit(documentTo(standIn.url, standIn.apiKey, 'disabled'));
    const status = async () =>
      (await fetch(`${gateway.proxyUrl}/v1/models`, { headers: { authorization: `Bearer ${KEY}` } })).status;
    await expect.poll(status).toBe(403);
    client.send(':"m"}');
    await expect.poll(async () => (await gateway.lines(1)).some((line) => line.method === 'POST')).toBe(true);
    expect((await gateway.lines(1)).find((line) => line.method === 'POST')).toMatchObject({
      status: 403,
      error_code: 'user_disabled',
    });
    expect(standIn.requests.filter(({ method }) => method === 'POST')).toEqual([]);
    client.reset();
  });
});
