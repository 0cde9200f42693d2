import { afterEach, expect, it } from 'vitest';
import { createCleanUp } from '../support/clean-up.ts';
import { startOnAClock } from './raw/gateway-on-a-clock.ts';
import { rawFrame } from './raw/raw-frame.ts';
import { nextTurn, openRaw, startRawPlatform } from './raw/raw-session.ts';

const cleanUp = createCleanUp();
afterEach(cleanUp.run);

const MIB = 1024 * 1024;
const SIP_BYTES = MIB / 2;
const SECONDS_PER_SIP = 20;

it('a client that reads slowly stays for minutes though it comes to no ping, and is gone when it reads nothing', async () => {
  const platform = cleanUp.closing(await startRawPlatform());
  const gateway = await startOnAClock(cleanUp, platform.url);
  const { client, frames } = await openRaw(gateway.port);
  const { connection } = await platform.session();
  const frame = rawFrame({ opcode: 2, payload: Buffer.alloc(4 * MIB, 1) }, false);
  client.pause();
  for (let sent = 0; sent < 24; sent += 1) connection.send(frame);
  await gateway.pass(10);
  for (let sip = 0; sip < 8; sip += 1) {
    const before = frames().length;
    client.resume();
    while (frames().length - before < SIP_BYTES) await nextTurn();
    client.pause();
    await gateway.pass(SECONDS_PER_SIP);
    expect(gateway.records).toEqual([]);
  }
  await gateway.pass(75);
  expect(gateway.records).toHaveLength(1);
  expect(gateway.records[0]).toMatchObject({ outcome: 'partial', status: 101 });
  await connection.closed;
});
