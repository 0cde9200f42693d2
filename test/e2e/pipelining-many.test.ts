import { once } from 'node:events';
import { writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { type AddressInfo, connect, type Socket } from 'node:net';
import { join } from 'node:path';
import { connect as connectTls } from 'node:tls';
import { afterEach, describe, expect, it } from 'vitest';
import { createCleanUp } from '../support/clean-up.ts';
import { aChannel, aDocument, aKey, aUser } from '../support/document-fixtures.ts';
import { selfSigned } from '../support/self-signed.ts';
import { type Gateway, startGateway } from '../support/start-gateway.ts';
import { tempFolder } from '../support/temp-folder.ts';

const cleanUp = createCleanUp();
afterEach(cleanUp.run);

/** A platform that answers with the path, and counts the connections that are open to it. */
async function startCounting() {
  const open = new Set<Socket>();
  let most = 0;
  const server = createServer((req, res) => res.end(req.url));
  server.on('connection', (socket: Socket) => {
    open.add(socket);
    most = Math.max(most, open.size);
    socket.once('close', () => open.delete(socket));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  cleanUp.add(() => {
    server.closeAllConnections();
    server.close();
  });
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, most: () => most };
}

async function startBefore(url: string, secure: boolean): Promise<Gateway> {
  const folder = await tempFolder();
  cleanUp.add(() => folder.remove());
  const [cert, key] = [join(folder.path, 'cert.pem'), join(folder.path, 'key.pem')];
  const own = selfSigned();
  await Promise.all([writeFile(cert, own.cert), writeFile(key, own.key)]);
  const document = aDocument({
    users: { ann: aUser(), bob: aUser() },
    proxy_keys: { ann: aKey('ann', 'pk-of-ann'), bob: aKey('bob', 'pk-of-bob') },
    channels: { counted: aChannel('openai', url, 'channel-key') },
    system: secure ? { proxy: { tls: { cert, key } } } : {},
  });
  return cleanUp.closing(await startGateway(document));
}

function open(port: number, secure: boolean): Socket {
  const at = { port, host: '127.0.0.1' };
  return secure ? connectTls({ ...at, servername: 'localhost', rejectUnauthorized: false }) : connect(at);
}

/** Sends requests all at once. @returns the paths in the order of their answers, as they come, and a promise of all */
function pipeline(socket: Socket, paths: readonly string[]) {
  const answered: string[] = [];
  let rest = '';
  const done = new Promise<void>((resolve, reject) => {
    socket.on('error', reject);
    socket.on('close', () => reject(new Error(`closed after ${answered.length} answers`)));
    socket.on('data', (chunk: Buffer) => {
      rest += chunk.toString('latin1');
      for (;;) {
        const match = /^HTTP\/1\.1 200 [\s\S]*?\r\n\r\n/.exec(rest);
        const length = Number(/content-length: (\d+)/i.exec(match?.[0] ?? '')?.[1] ?? Number.NaN);
        const head = match?.[0].length ?? 0;
        if (match === null || !(rest.length >= head + length)) break;
        answered.push(rest.slice(head, head + length));
        rest = rest.slice(head + length);
      }
      if (answered.length >= paths.length) resolve();
    });
  });
  for (const path of paths)
    socket.write(`GET ${path} HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer pk-of-ann\r\n\r\n`);
  return { answered, done };
}

describe.each([
  ['20 connections with 2,000 pipelined requests each', false, 20, 2_000],
  ['the same over TLS, fewer', true, 5, 500],
])('%s', (_, secure, connections, each) => {
  it('take a connection each to the platform, are answered in order, and let others pass', async () => {
    const platform = await startCounting();
    const gateway = await startBefore(platform.url, secure);
    const all = Array.from({ length: connections }, (_unused, at) => {
      const paths = Array.from({ length: each }, (_same, number) => `/v1/files/${at}-${number}`);
      return { paths, ...pipeline(open(gateway.port, secure), paths) };
    });
    await expect.poll(() => all.every(({ answered }) => answered.length > 0)).toBe(true);
    const others = open(gateway.port, secure);
    others.write('GET /v1/files/bob HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer pk-of-bob\r\n\r\n');
    const [first] = await once(others, 'data');
    expect(String(first)).toMatch(/^HTTP\/1\.1 200 /);
    expect(all.some(({ answered }) => answered.length < each)).toBe(true);
    others.destroy();

    await Promise.all(all.map(({ done }) => done));
    for (const { answered, paths } of all) expect(answered).toEqual(paths);
    // One more for the other user.
    expect(platform.most()).toBeLessThanOrEqual(connections + 1);
    const lines = await gateway.lines(connections * each + 1);
    expect(lines).toHaveLength(connections * each + 1);
    expect(new Set(lines.map(({ outcome }) => outcome))).toEqual(new Set(['success']));
  });
});
