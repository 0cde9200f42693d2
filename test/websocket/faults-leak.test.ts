import { afterEach, expect, it } from 'vitest';
import { startGatewayProcess } from '../e2e/faults/gateway-process.ts';
import { createCleanUp } from '../support/clean-up.ts';
import { aChannel, aDocument, aKey, aUser } from '../support/document-fixtures.ts';
import { KEY, openRaw, startRawPlatform } from './raw/raw-session.ts';

const cleanUp = createCleanUp();
afterEach(cleanUp.run);

const SESSIONS = 1_000;
const AT_A_TIME = 25;

it('a thousand clients that leave in mid-session leave no descriptor and a record each', async () => {
  const platform = cleanUp.closing(await startRawPlatform());
  const document = aDocument({
    users: { ann: aUser() },
    proxy_keys: { key: aKey('ann', KEY) },
    channels: { voice: aChannel('openai', platform.url, 'channel-key-voice') },
  });
  const gateway = await startGatewayProcess(cleanUp, document);
  const leave = async (_: unknown, at: number): Promise<void> => {
    const { client } = await openRaw(gateway.port);
    const { connection } = await platform.session();
    if (at % 2 === 0) client.end();
    else client.reset();
    await connection.closed;
    connection.end();
  };
  const leaveMany = async (count: number): Promise<void> => {
    for (let at = 0; at < count; at += AT_A_TIME) await Promise.all(Array.from({ length: AT_A_TIME }, leave));
  };
  await leaveMany(100);
  await gateway.lines(100);
  const descriptors = await gateway.descriptors();
  await leaveMany(SESSIONS);
  const lines = await gateway.lines(100 + SESSIONS);
  expect(lines).toHaveLength(100 + SESSIONS);
  expect(new Set(lines.map(({ outcome, status }) => `${outcome} ${status}`))).toEqual(
    new Set(['partial 101']),
  );
  await expect.poll(() => gateway.descriptors()).toBeLessThanOrEqual(descriptors);
});
