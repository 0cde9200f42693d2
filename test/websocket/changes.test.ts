import { afterEach, describe, expect, it } from 'vitest';
import { createCleanUp } from '../support/clean-up.ts';
import { aChannel, aDocument, aKey, aUser } from '../support/document-fixtures.ts';
import { connectRaw } from '../support/raw-client.ts';
import { startRawUpstream } from '../support/raw-upstream.ts';
import { startGateway } from '../support/start-gateway.ts';
import { rawFrame, readFrames, text } from './raw/raw-frame.ts';
import { handshake, KEY, openRaw, startRawPlatform, switching } from './raw/raw-session.ts';

const cleanUp = createCleanUp();
afterEach(cleanUp.run);

/** A document in which the only key has these members. */
const documentOf = (url: string, key = {}) =>
  aDocument({
    users: { ann: aUser() },
    proxy_keys: { 'ann-1': aKey('ann', KEY, key) },
    channels: { voice: aChannel('openai', url, 'channel-key-voice') },
  });

/** Code and reason of the close that was got last. */
function lastClose(frames: Buffer): readonly [number, string] | null {
  const frame = readFrames(frames).at(-1);
  return frame?.first === 0x88 ? [frame.payload.readUInt16BE(), String(frame.payload.subarray(2))] : null;
}

const EMPTY_ANSWER = 'HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 0\r\n\r\n';

const REFUSED: readonly [number, string] = [1008, 'model_not_permitted'];

describe('a session whose key changes', () => {
  it.each([
    ['becomes restricted', {}, { models: ['gpt-realtime'] }],
    ['may not use its model any more', { models: ['gpt-*'] }, { models: ['other'] }],
  ])('is closed with 1008 where the key %s', async (_, before, after) => {
    const platform = cleanUp.closing(await startRawPlatform());
    const gateway = cleanUp.closing(await startGateway(documentOf(platform.url, before)));
    const { frames } = await openRaw(gateway.port);
    const { frames: seen } = await platform.session();
    await gateway.edit(documentOf(platform.url, after));
    await expect.poll(() => lastClose(frames())).toEqual(REFUSED);
    await expect.poll(() => lastClose(seen())).toEqual(REFUSED);
  });

  it('stays where the key may use its model still', async () => {
    const platform = cleanUp.closing(await startRawPlatform());
    const gateway = cleanUp.closing(await startGateway(documentOf(platform.url, { models: ['gpt-*'] })));
    const { client, frames } = await openRaw(gateway.port);
    const { frames: seen } = await platform.session();
    await gateway.edit(documentOf(platform.url, { models: ['gpt-realtime'], name: 'new' }));
    await expect.poll(() => gateway.stats()).toBeDefined();
    client.send(rawFrame(text('{"model":"other"}'), true));
    await expect.poll(() => lastClose(frames())).toEqual(REFUSED);
    expect(seen().includes('other')).toBe(false);
  });

  it('is closed at once where that happened during its handshake', async () => {
    const agree = Promise.withResolvers<void>();
    const upstream = cleanUp.closing(
      await startRawUpstream(async (connection, number) => {
        const request = await connection.until('\r\n\r\n');
        if (number === 0) await agree.promise;
        connection.send(number === 0 ? switching(request) : EMPTY_ANSWER);
      }),
    );
    const gateway = cleanUp.closing(await startGateway(documentOf(upstream.url)));
    const client = await connectRaw(gateway.port);
    client.send(handshake());
    await expect.poll(() => upstream.connections.length).toBe(1);
    await gateway.edit(documentOf(upstream.url, { status: 'disabled' }));
    const refusesNewOnes = async () =>
      (await fetch(`${gateway.proxyUrl}/v1/models`, { headers: { authorization: `Bearer ${KEY}` } })).status;
    await expect.poll(refusesNewOnes).toBe(403);
    agree.resolve();
    await client.until('proxy_key_disabled');
  });
});

describe('a message of a restricted key', () => {
  it('that is too long to be judged ends the session with 1008 on both sides, and not a byte of it goes on', async () => {
    const platform = cleanUp.closing(await startRawPlatform());
    const gateway = cleanUp.closing(await startGateway(documentOf(platform.url, { models: ['gpt-*'] })));
    const { client, frames } = await openRaw(gateway.port);
    const { frames: seen } = await platform.session();
    const good = rawFrame(text('{"type":"session.update"}'), true);
    client.send(Buffer.concat([good, rawFrame(text('x'.repeat(2_000_000)), true)]));
    await expect.poll(() => lastClose(frames())).toEqual(REFUSED);
    await expect.poll(() => lastClose(seen())).toEqual(REFUSED);
    expect(readFrames(seen())).toHaveLength(2);
  });
});
