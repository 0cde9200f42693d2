import { once } from 'node:events';
import { readFile, writeFile } from 'node:fs/promises';
import { request } from 'node:https';
import { join } from 'node:path';
import { connect, type TLSSocket } from 'node:tls';
import { afterEach, describe, expect, it } from 'vitest';
import { GOOD_HEADERS, lineAt, rawRequest, startFront } from '../security/front.ts';
import { createCleanUp } from '../support/clean-up.ts';
import { connectRaw, connectRawTls, type RawClient } from '../support/raw-client.ts';
import { type SelfSigned, selfSigned } from '../support/self-signed.ts';
import { tempFolder } from '../support/temp-folder.ts';

const cleanUp = createCleanUp();
afterEach(cleanUp.run);

const MODELS = rawRequest(['GET /v1/models HTTP/1.1', ...GOOD_HEADERS]);

describe('a listener with more connections than it should have', () => {
  it('refuses those beyond politely, and serves the others', async () => {
    const { gateway } = await startFront(cleanUp, {}, { max_connections: 2 });
    const within = [await connectRaw(gateway.port), await connectRaw(gateway.port)];
    for (const client of within) client.send(MODELS);
    for (const client of within) expect((await client.answer()).status).toBe(200);

    const beyond = await connectRaw(gateway.port);
    beyond.send(MODELS);
    const refused = await beyond.answer();
    expect(refused.status).toBe(503);
    expect(refused.header('retry-after')).toBe('1');
    expect(JSON.parse(refused.body).error.code).toBe('overloaded');
    expect(await lineAt(gateway, 2)).toMatchObject({
      error_code: 'overloaded',
      outcome: 'gateway_error',
      attempts: 0,
    });
    expect(refused.header('connection')).toBe('close');
    beyond.end();
    expect(await beyond.closed).toBe('ended');
  });

  it('judges each request: a connection from a crowded moment works when the crowd has gone', async () => {
    const { gateway } = await startFront(cleanUp, {}, { max_connections: 1 });
    const [seated, early] = [await connectRaw(gateway.port), await connectRaw(gateway.port)];
    seated.send(MODELS);
    await seated.answer();
    early.send('GET /health HTTP/1.1\r\nHost: localhost\r\n\r\n');
    expect((await early.answer()).status).toBe(200);
    seated.end();
    await seated.closed;
    early.send(MODELS);
    expect((await early.answer()).status).toBe(200);
    early.send(MODELS);
    expect((await early.answer()).status).toBe(200);
  });

  it('serves again when some have gone', async () => {
    const { gateway } = await startFront(cleanUp, {}, { max_connections: 1 });
    const first = await connectRaw(gateway.port);
    first.send(MODELS);
    await first.answer();
    first.end();
    await first.closed;
    await expect
      .poll(async () => {
        const next = await connectRaw(gateway.port);
        next.send(MODELS);
        const { status } = await next.answer();
        next.reset();
        return status;
      })
      .toBe(200);
  });
});

describe('connections that have not shown a key', () => {
  it('give way, those first that have been silent longest', async () => {
    const { gateway } = await startFront(cleanUp, {}, { max_connections: 2 });
    const keyless = await connectRaw(gateway.port);
    keyless.send(rawRequest(['GET /v1/models HTTP/1.1', 'Host: localhost']));
    expect((await keyless.answer()).status).toBe(401);
    const silent = [await connectRaw(gateway.port), await connectRaw(gateway.port)];
    const seated = await connectRaw(gateway.port);
    seated.send(MODELS);
    expect((await seated.answer()).status).toBe(200);

    const [fifth, sixth] = [await connectRaw(gateway.port), await connectRaw(gateway.port)];
    await Promise.all(silent.map(({ closed }) => closed));
    for (const client of [fifth, keyless, seated]) {
      client.send(MODELS);
      expect((await client.answer()).status).toBe(client === keyless ? 503 : 200);
    }
    sixth.reset();
  });

  it.each([
    ['HTTP', false],
    ['TLS', true],
  ])('keep nobody out, silent and slow ones, a thousand of them: %s', async (_, secure) => {
    const { tls } = await certificateFiles(selfSigned());
    const { gateway } = await startFront(
      cleanUp,
      {},
      { max_connections: 50, ...(secure && { proxy: { tls } }) },
    );
    const idle: RawClient[] = [];
    for (let count = 0; count < 1_000; count += 1) {
      const client = await connectRaw(gateway.port);
      if (count % 2 === 0) client.send(secure ? '\x16\x03\x01' : 'POST /v1/chat/completions HTTP/1.1\r\nHos');
      idle.push(client);
      if (count % 200 !== 0) continue;
      const user = secure ? await connectRawTls(gateway.port) : await connectRaw(gateway.port);
      user.send(MODELS);
      expect((await user.answer()).status).toBe(200);
      user.send(MODELS);
      expect((await user.answer()).status).toBe(200);
    }
    for (const client of idle) client.reset();
  });
});

async function certificateFiles(certificate: SelfSigned) {
  const folder = await tempFolder();
  cleanUp.add(() => folder.remove());
  const tls = { cert: join(folder.path, 'cert.pem'), key: join(folder.path, 'key.pem') };
  const write = async ({ cert, key }: SelfSigned): Promise<void> => {
    await Promise.all([writeFile(tls.cert, cert), writeFile(tls.key, key)]);
  };
  await write(certificate);
  return { tls, write };
}

async function peerOf(port: number): Promise<string> {
  const socket: TLSSocket = connect({
    port,
    host: '127.0.0.1',
    servername: 'localhost',
    rejectUnauthorized: false,
  });
  await once(socket, 'secureConnect');
  const { subject } = socket.getPeerCertificate();
  socket.destroy();
  return String(subject.CN);
}

describe('a listener with a certificate', () => {
  it('serves TLS, and nothing else', async () => {
    const { tls } = await certificateFiles(selfSigned());
    const { gateway } = await startFront(cleanUp, {}, { proxy: { tls } });
    expect(gateway.proxyUrl).toMatch(/^https:/);
    const ca = await readFile(tls.cert);
    const headers = { authorization: GOOD_HEADERS[1]?.split(': ')[1] };
    const asked = request(`${gateway.proxyUrl}/v1/models`, { ca, headers, agent: false });
    asked.end();
    const [answer] = await once(asked, 'response');
    answer.resume();
    expect(answer.statusCode).toBe(200);
    const plain = await connectRaw(gateway.port);
    plain.send(MODELS);
    await plain.closed;
    expect(plain.received.toString()).not.toContain(' 200 ');
  });

  it('takes a renewed certificate without a restart', async () => {
    const { tls, write } = await certificateFiles(selfSigned('old'));
    const { gateway } = await startFront(cleanUp, {}, { proxy: { tls } });
    expect(await peerOf(gateway.port)).toBe('old');
    await write(selfSigned('new'));
    await expect.poll(() => peerOf(gateway.port)).toBe('new');
  });
});
