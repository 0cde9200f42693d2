import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { afterEach, expect, it } from 'vitest';
import { createCleanUp } from '../support/clean-up.ts';
import { aChannel, aDocument, aKey, aUser } from '../support/document-fixtures.ts';
import { startRawUpstream } from '../support/raw-upstream.ts';
import { KEY } from './faults/behind.ts';
import { startGatewayProcess } from './faults/gateway-process.ts';
import { startLargeAnswer } from './faults/large-answer.ts';

const cleanUp = createCleanUp();
afterEach(cleanUp.run);

const MIB = 1024 * 1024;
/** 64 KiB/s in eight sips a second. */
const SIP_BYTES = 8 * 1024;
const SIP_MS = 125;
const SIPS = 40;

/** A client that asks for a file and takes it only when it is read from. */
async function askFor(port: number, path: string): Promise<Socket> {
  const socket = connect({ port, host: '127.0.0.1' });
  await once(socket, 'connect');
  socket.write(`GET ${path} HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer ${KEY}\r\n\r\n`);
  await once(socket, 'readable');
  return socket;
}

it('a 1 GiB answer to a client that reads 64 KiB/s costs no more than 20 MiB of memory', async () => {
  const platform = cleanUp.closing(await startLargeAnswer(1024 * MIB));
  // Enough for code and buffers to have grown as far as traffic makes them grow.
  const small = cleanUp.closing(await startLargeAnswer(64 * MIB));
  const document = aDocument({
    users: { ann: aUser() },
    proxy_keys: { key: aKey('ann', KEY) },
    channels: {
      large: aChannel('custom', platform.url, 'channel-key-large'),
      small: aChannel('custom', small.url, 'channel-key-small'),
    },
  });
  const gateway = await startGatewayProcess(cleanUp, document);
  const warmUp = await askFor(gateway.port, '/channels/small/file');
  warmUp.resume();
  await gateway.lines(1);
  warmUp.destroy();

  const before = await gateway.residentBytes();
  const client = await askFor(gateway.port, '/channels/large/file');
  let read = 0;
  let peak = 0;
  for (let sip = 0; sip < SIPS; sip += 1) {
    await new Promise((resolve) => setTimeout(resolve, SIP_MS));
    read += client.read(SIP_BYTES)?.length ?? client.read()?.length ?? 0;
    peak = Math.max(peak, await gateway.residentBytes());
  }
  expect(read).toBeGreaterThan(SIP_BYTES * (SIPS / 2));
  expect((peak - before) / MIB).toBeLessThanOrEqual(20);
  expect(platform.sentBytes / MIB).toBeLessThan(32);

  client.destroy();
  const line = (await gateway.lines(2))[1];
  expect(line).toMatchObject({ outcome: 'partial', status: 200, user: 'ann', channel: 'large' });
  expect(line?.bytes_out).toBeGreaterThan(read / 2);
});

it('an upload to a platform that takes nothing costs no more than 20 MiB of memory', async () => {
  const platform = cleanUp.closing(await startRawUpstream((connection) => connection.pause()));
  const document = aDocument({
    users: { ann: aUser() },
    proxy_keys: { key: aKey('ann', KEY) },
    channels: { platform: aChannel('custom', platform.url, 'channel-key-platform', { timeout: 3 }) },
  });
  const gateway = await startGatewayProcess(cleanUp, document);
  const before = await gateway.residentBytes();
  const client = connect({ port: gateway.port, host: '127.0.0.1' });
  await once(client, 'connect');
  const head = ['POST /v1/files HTTP/1.1', 'Host: localhost', `Authorization: Bearer ${KEY}`];
  client.write(`${head.join('\r\n')}\r\nContent-Length: ${1024 * MIB}\r\n\r\n`);
  const piece = Buffer.alloc(64 * 1024);
  // Node holds what the system does not take: a client that fills up has met back-pressure.
  for (let sent = 0; sent < 64 * MIB; sent += piece.length) client.write(piece);
  let peak = 0;
  for (let turn = 0; turn < 16; turn += 1) {
    await new Promise((resolve) => setTimeout(resolve, SIP_MS));
    peak = Math.max(peak, await gateway.residentBytes());
  }
  expect(client.writableLength / MIB).toBeGreaterThan(32);
  expect((peak - before) / MIB).toBeLessThanOrEqual(20);
  client.on('error', () => undefined);
  expect((await gateway.lines(1))[0]).toMatchObject({ error_code: 'upstream_timeout', user: 'ann' });
  client.destroy();
});
