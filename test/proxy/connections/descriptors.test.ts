import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';
import { afterEach, expect, it } from 'vitest';
import type { AppLog } from '../../../src-main/core/ports.ts';
import { Descriptors } from '../../../src-main/proxy/connections/descriptors.ts';
import { createCleanUp } from '../../support/clean-up.ts';
import { createFakeClock } from '../../support/fake-clock.ts';

const cleanUp = createCleanUp();
afterEach(cleanUp.run);

/** A connection that a server has accepted. */
async function accepted(): Promise<Socket> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const client = connect((server.address() as AddressInfo).port, '127.0.0.1');
  const [socket] = await once(server, 'connection');
  cleanUp.add(() => {
    client.destroy();
    socket.destroy();
    server.close();
  });
  return socket;
}

it('a connection with one of the last descriptors is counted, and told once a minute', async () => {
  const socket = await accepted();
  const warned: unknown[] = [];
  const log: Partial<AppLog> = { warn: (_message, fields) => void warned.push(fields) };
  const clock = createFakeClock();
  const descriptors = new Descriptors(log as AppLog, clock);
  const isShort = (most: number | null) => descriptors.isShort(socket, most);
  expect([isShort(null), isShort(1_000_000), descriptors.shortages]).toEqual([false, false, 0]);
  expect([isShort(4), isShort(4)]).toEqual([true, true]);
  expect(warned).toEqual([{ open_files_limit: 4 }]);
  clock.advance(60_000);
  isShort(4);
  expect([warned.length, descriptors.shortages]).toEqual([2, 3]);
});
