import { afterEach, describe, expect, it } from 'vitest';
import type { AppOptions } from '../../src-main/app-options.ts';
import { lives, onlyLine, startBefore } from '../e2e/faults/behind.ts';
import { createCleanUp } from '../support/clean-up.ts';
import { createStoppableClock } from '../support/stoppable-clock.ts';
import { binary, close, ping, type RawFrame, rawFrame, readFrames, text } from './raw/raw-frame.ts';
import { openRaw, startRawPlatform } from './raw/raw-session.ts';

const cleanUp = createCleanUp();
afterEach(cleanUp.run);

/** An open session of which the platform has told how much it used. */
async function usedSession(options: Partial<AppOptions> = {}) {
  const platform = cleanUp.closing(await startRawPlatform());
  const gateway = await startBefore(cleanUp, platform.url, {}, options);
  const { client, frames, closed } = await openRaw(gateway.port);
  const { connection, frames: seen } = await platform.session();
  const done = { type: 'response.done', response: { usage: { input_tokens: 7, output_tokens: 3 } } };
  connection.send(rawFrame(text(JSON.stringify(done)), false));
  await client.until('response.done');
  const say = (frame: RawFrame) => client.send(rawFrame(frame, true));
  return { platform, gateway, client, frames, closed, connection, seen, say };
}

const USED = {
  tokens_in: 7,
  tokens_out: 3,
  messages_out: 1,
  status: 101,
  protocol: 'websocket',
  user: 'ann',
};

describe('a platform that leaves in mid-session', () => {
  it.each(['end', 'reset'] as const)(
    'has the client cut off without a close (%s), and is recorded once with what was used',
    async (how) => {
      const { gateway, connection, closed, frames } = await usedSession();
      const before = frames().length;
      connection[how]();
      await closed;
      expect(frames()).toHaveLength(before);
      expect(await onlyLine(gateway)).toMatchObject({
        ...USED,
        outcome: 'platform_error',
        error_code: 'upstream_protocol_error',
      });
      expect(await lives(gateway)).toBe(true);
    },
  );

  it('in the middle of a frame leaves the client with the part that came', async () => {
    const { gateway, connection, closed, frames } = await usedSession();
    const before = frames().length;
    const part = rawFrame(binary(Buffer.alloc(50_000, 1)), false).subarray(0, 30_000);
    connection.send(part);
    connection.end();
    await closed;
    expect(frames().subarray(before).equals(part)).toBe(true);
    expect(await onlyLine(gateway)).toMatchObject({ ...USED, outcome: 'platform_error' });
  });

  it('with a code has it brought to the client, and is recorded with it', async () => {
    const { gateway, connection, closed, frames, say } = await usedSession();
    connection.send(rawFrame(close(1011, 'overloaded'), false));
    await expect.poll(() => readFrames(frames()).at(-1)?.first).toBe(0x88);
    say(close(1011));
    connection.end();
    expect(await closed).toBe('ended');
    expect(await onlyLine(gateway)).toMatchObject({
      ...USED,
      outcome: 'platform_error',
      error_code: 'websocket_close_1011',
      error_message: 'overloaded',
    });
  });
});

describe('a client that leaves in mid-session', () => {
  it.each(['end', 'reset'] as const)(
    'has the platform hung up on at once (%s), and is recorded once',
    async (how) => {
      const clock = createStoppableClock();
      const { gateway, client, connection } = await usedSession({ clock });
      clock.stop();
      client[how]();
      await connection.closed;
      clock.run();
      connection.end();
      expect(await onlyLine(gateway)).toMatchObject({ ...USED, outcome: 'partial', error_code: null });
    },
  );

  it('by half still gets what the platform has to say', async () => {
    const { gateway, client, connection, frames } = await usedSession();
    const before = frames().length;
    client.end();
    await connection.closed;
    const rest = Buffer.concat([rawFrame(text('goodbye'), false), rawFrame(close(1000), false)]);
    connection.send(rest);
    connection.end();
    await client.closed;
    expect(frames().subarray(before).equals(rest)).toBe(true);
    expect(await onlyLine(gateway)).toMatchObject({ outcome: 'partial', messages_out: 2 });
  });

  it('in the middle of a frame leaves the platform with the part that came', async () => {
    const { client, connection, seen, say } = await usedSession();
    const part = rawFrame(binary(Buffer.alloc(50_000, 1)), true).subarray(0, 30_001);
    say(ping('x'));
    client.send(part);
    client.end();
    await connection.closed;
    expect(seen().subarray(-part.length).equals(Buffer.from(part))).toBe(true);
  });
});

describe('frames that a peer never ends', () => {
  it('of a close that is longer than any may be pass, and are not gathered', async () => {
    const { connection, closed, frames } = await usedSession();
    const before = frames().length;
    const endless = Buffer.concat([
      rawFrame({ opcode: 8, claims: 2n ** 40n }, false),
      Buffer.alloc(300_000, 1),
    ]);
    connection.send(endless);
    await expect.poll(() => frames().length - before).toBe(endless.length);
    connection.end();
    await closed;
  });
});
