import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { connect, createServer, type Server, type Socket } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { type GatewayProcess, startGatewayProcess } from '../e2e/faults/gateway-process.ts';
import { createCleanUp } from '../support/clean-up.ts';
import { aChannel, aDocument, aKey, aUser } from '../support/document-fixtures.ts';
import { rawFrame } from './raw/raw-frame.ts';
import { handshake, KEY, switching } from './raw/raw-session.ts';

const cleanUp = createCleanUp();
afterEach(cleanUp.run);

const MIB = 1024 * 1024;
const GIB = 1024 * MIB;
/** 64 KiB/s in eight sips a second. */
const SIP_BYTES = 8 * 1024;
const SIP_MS = 125;
const SIPS = 32;

interface Sender {
  readonly sentBytes: number;
}

/** Sends frames of a megabyte as fast as they are taken, 1 GiB at most. */
function pour(socket: Socket, masked: boolean): Sender {
  const frame = rawFrame({ opcode: 2, payload: Buffer.alloc(MIB, 9) }, masked);
  let sent = 0;
  const more = (): void => {
    while (sent < GIB && !socket.destroyed) {
      sent += frame.length;
      if (!socket.write(frame)) {
        socket.once('drain', more);
        return;
      }
    }
  };
  more();
  return {
    get sentBytes() {
      return sent - socket.writableLength;
    },
  };
}

/** A platform that takes every handshake, and reads nothing that the test does not ask for. */
async function startLazyPlatform(): Promise<{
  readonly url: string;
  readonly session: () => Promise<Socket>;
}> {
  const opened: Socket[] = [];
  const server: Server = createServer(async (socket) => {
    socket.on('error', () => undefined);
    cleanUp.add(() => void socket.destroy());
    let request = '';
    while (!request.includes('\r\n\r\n')) {
      await once(socket, 'readable');
      request += socket.read(1024) ?? socket.read() ?? '';
    }
    socket.write(switching(request));
    opened.push(socket);
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  cleanUp.add(() => void server.close());
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    async session() {
      await expect.poll(() => opened.length).toBeGreaterThan(0);
      const socket = opened.pop();
      if (socket === undefined) throw new Error('no session was opened');
      return socket;
    },
  };
}

/** Both ends of a session through a gateway in a process of its own. */
async function session(gateway: GatewayProcess, open: () => Promise<Socket>) {
  const client = connect(gateway.port, '127.0.0.1');
  client.on('error', () => undefined);
  cleanUp.add(() => void client.destroy());
  client.write(handshake());
  await once(client, 'readable');
  return { client, platform: await open() };
}

async function start() {
  const platform = await startLazyPlatform();
  const document = aDocument({
    users: { ann: aUser() },
    proxy_keys: { key: aKey('ann', KEY) },
    channels: { voice: aChannel('openai', platform.url, 'channel-key-voice') },
  });
  const gateway = await startGatewayProcess(cleanUp, document);
  // Code and buffers grow as far as traffic makes them grow.
  const warm = await session(gateway, platform.session);
  const warming = [pour(warm.platform, false), pour(warm.client, true)];
  warm.client.resume();
  warm.platform.resume();
  await expect.poll(() => warming.every(({ sentBytes }) => sentBytes > 64 * MIB)).toBe(true);
  warm.client.destroy();
  await gateway.lines(1);
  return { gateway, ...(await session(gateway, platform.session)) };
}

/** Reads 64 KiB a second for a while. @returns what was read, and the most memory the gateway had meanwhile */
async function sip(reader: Socket, gateway: GatewayProcess): Promise<{ read: number; peak: number }> {
  let [read, peak] = [0, 0];
  for (let at = 0; at < SIPS; at += 1) {
    await new Promise((resolve) => setTimeout(resolve, SIP_MS));
    read += reader.read(SIP_BYTES)?.length ?? reader.read()?.length ?? 0;
    peak = Math.max(peak, await gateway.residentBytes());
  }
  return { read, peak };
}

describe('a gibibyte towards a reader of 64 KiB/s costs no more than 20 MiB', () => {
  it.each(['client', 'platform'] as const)('where the %s reads', async (side) => {
    const { gateway, client, platform } = await start();
    const before = await gateway.residentBytes();
    const [reader, writer] = side === 'client' ? [client, platform] : [platform, client];
    const sender = pour(writer, side === 'platform');
    const { read, peak } = await sip(reader, gateway);
    expect(read).toBeGreaterThan(SIP_BYTES * (SIPS / 2));
    expect((peak - before) / MIB).toBeLessThanOrEqual(20);
    // The rest waits with the sender: what the systems' own buffers took is all that left it.
    expect(sender.sentBytes / MIB).toBeLessThan(48);
    // The other direction is not held up.
    reader.write(rawFrame({ opcode: 1, payload: 'still here' }, side === 'client'));
    await expect.poll(() => writer.read()?.length ?? 0).toBeGreaterThan(0);
  });
});

describe('a client that leaves while neither side reads', () => {
  it('has the platform hung up on, and is recorded', async () => {
    const { gateway, client, platform } = await start();
    pour(platform, false);
    const sender = pour(client, true);
    await expect.poll(() => sender.sentBytes > MIB && client.writableLength > 0).toBe(true);
    client.destroy();
    platform.resume();
    await gateway.lines(2);
  });
});

describe('a client that reads slowly', () => {
  it('gets all that the platform sent before it closed, however long that takes', async () => {
    const { client, platform } = await start();
    const frame = rawFrame({ opcode: 2, payload: Buffer.alloc(16 * MIB, 7) }, false);
    platform.end(frame);
    // Longer than a session is given to end where nothing is on its way.
    await new Promise((resolve) => setTimeout(resolve, 5_000));
    let [got, isOver] = [0, false];
    client.once('end', () => {
      isOver = true;
    });
    client.on('data', (chunk: Buffer) => {
      got += chunk.length;
    });
    await expect.poll(() => isOver).toBe(true);
    expect(got).toBeGreaterThanOrEqual(frame.length);
  });
});
