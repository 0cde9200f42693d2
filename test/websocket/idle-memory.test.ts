import { afterEach, expect, it } from 'vitest';
import { startGatewayProcess } from '../e2e/faults/gateway-process.ts';
import { createCleanUp } from '../support/clean-up.ts';
import { aChannel, aDocument, aKey, aUser } from '../support/document-fixtures.ts';
import { rawFrame, text } from './raw/raw-frame.ts';
import { KEY, openRaw, startRawPlatform } from './raw/raw-session.ts';

const cleanUp = createCleanUp();
afterEach(cleanUp.run);

const KIB = 1024;
const SESSIONS = 2_000;
const AT_A_TIME = 50;

it('an open session, with both of its connections, costs no more than 28 KiB', async () => {
  const platform = cleanUp.closing(await startRawPlatform());
  const document = aDocument({
    users: { ann: aUser() },
    proxy_keys: { key: aKey('ann', KEY) },
    channels: { voice: aChannel('openai', platform.url, 'channel-key-voice') },
    system: { max_connections: 3 * SESSIONS },
  });
  const gateway = await startGatewayProcess(cleanUp, document);
  const openOne = async (): Promise<void> => {
    const { client } = await openRaw(gateway.port);
    const { connection } = await platform.session();
    client.send(rawFrame(text('{"type":"response.create"}'), true));
    connection.send(rawFrame(text('{"type":"response.done","response":{}}'), false));
    await client.until('response.done');
  };
  const open = async (count: number): Promise<void> => {
    for (let at = 0; at < count; at += AT_A_TIME) {
      await Promise.all(Array.from({ length: AT_A_TIME }, openOne));
    }
  };
  // Code and buffers grow to what opening sessions takes.
  await open(400);
  const before = await gateway.residentBytes();
  await open(SESSIONS);
  const each = ((await gateway.residentBytes()) - before) / SESSIONS / KIB;
  expect(each).toBeLessThanOrEqual(28);
});
