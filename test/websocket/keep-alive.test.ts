import { afterEach, describe, expect, it } from 'vitest';
import { createCleanUp } from '../support/clean-up.ts';
import { startOnAClock } from './raw/gateway-on-a-clock.ts';
import {
  close,
  ping,
  pong,
  type RawFrame,
  type ReadFrame,
  rawFrame,
  readFrames,
  text,
} from './raw/raw-frame.ts';
import { nextTurn, openRaw, startRawPlatform } from './raw/raw-session.ts';

const cleanUp = createCleanUp();
afterEach(cleanUp.run);

const PING = 0x89;

/** A session between two peers that answer nothing by themselves. */
async function quietSession() {
  const platform = cleanUp.closing(await startRawPlatform());
  const gateway = await startOnAClock(cleanUp, platform.url);
  const { client, frames, closed } = await openRaw(gateway.port);
  const session = await platform.session();
  const toPlatform = (frame: RawFrame) => client.send(rawFrame(frame, true));
  const toClient = (frame: RawFrame) => session.connection.send(rawFrame(frame, false));
  return {
    ...gateway,
    client: {
      closed,
      reset: client.reset,
      end: client.end,
      heard: () => readFrames(frames()),
      send: toPlatform,
    },
    platform: {
      closed: session.connection.closed,
      heard: () => readFrames(session.frames()),
      send: toClient,
      end: session.connection.end,
    },
  };
}

interface Peer {
  heard(): readonly ReadFrame[];
  send(frame: RawFrame): void;
}

/** Makes a peer answer the pings it gets. @returns stops it */
function answering(peer: Peer, isAsked: () => boolean): () => void {
  let done = 0;
  let isOver = false;
  const answer = async (): Promise<void> => {
    while (!isOver) {
      const frames = peer.heard();
      for (const { first, payload } of frames.slice(done)) {
        if (first === PING && isAsked()) peer.send(pong(payload));
      }
      done = frames.length;
      await nextTurn();
    }
  };
  void answer();
  return () => {
    isOver = true;
  };
}

const opcodes = (frames: readonly ReadFrame[]): readonly number[] => frames.map(({ first }) => first & 15);

describe('a session in which nobody says anything', () => {
  it('has both sides asked after 30 s, each with a payload of its own', async () => {
    const { client, platform, pass } = await quietSession();
    await pass(29);
    expect([client.heard(), platform.heard()]).toEqual([[], []]);
    await pass(2);
    expect(opcodes(client.heard())).toEqual([9]);
    expect(opcodes(platform.heard())).toEqual([9]);
    const [[asked], [other]] = [client.heard(), platform.heard()];
    expect(asked?.payload).toHaveLength(12);
    expect(asked?.payload.equals(other?.payload ?? Buffer.alloc(0))).toBe(false);
  });

  it('stays open for an hour while both answer, and neither hears of the answers of the other', async () => {
    const { client, platform, pass, records } = await quietSession();
    const stops = [answering(client, () => true), answering(platform, () => true)];
    await pass(3_600);
    for (const stop of stops) stop();
    expect(records).toEqual([]);
    expect(new Set(opcodes(client.heard()))).toEqual(new Set([9]));
    expect(new Set(opcodes(platform.heard()))).toEqual(new Set([9]));
    expect(client.heard().length).toBeGreaterThanOrEqual(100);
    client.send(text('still here'));
    await expect.poll(() => String(platform.heard().at(-1)?.payload)).toBe('still here');
  });

  it.each(['client', 'platform'] as const)(
    'is closed on both sides within 75 s where the %s is gone',
    async (gone) => {
      const { client, platform, pass, records } = await quietSession();
      const alive = gone === 'client' ? platform : client;
      const stop = answering(alive, () => true);
      await pass(65);
      expect(records).toEqual([]);
      await pass(10);
      stop();
      await Promise.all([client.closed, platform.closed]);
      expect(records).toHaveLength(1);
      expect(records[0]).toMatchObject(
        gone === 'client'
          ? { outcome: 'partial', error_code: null, status: 101 }
          : { outcome: 'platform_error', error_code: 'upstream_protocol_error', status: 101 },
      );
      // No close frame was made up: 1006 and 1015 are for nobody to send.
      expect(opcodes([...client.heard(), ...platform.heard()])).not.toContain(8);
    },
  );

  it('has a side asked again 30 s after it spoke, and not before', async () => {
    const { client, platform, pass } = await quietSession();
    const stop = answering(platform, () => true);
    await pass(20);
    client.send(text('I am here'));
    await pass(25);
    expect(client.heard()).toEqual([]);
    await pass(7);
    stop();
    expect(opcodes(client.heard())).toEqual([9]);
  });
});

describe('pings and pongs of the peers themselves', () => {
  it('pass untouched, also those that look like answers to ours', async () => {
    const { client, platform, pass } = await quietSession();
    await pass(31);
    const [ours] = platform.heard();
    const lookalike = Buffer.from(ours?.payload ?? '').reverse();
    for (const frame of [ping('mine'), pong(lookalike), pong(ours?.payload ?? ''), pong(), text('end')]) {
      platform.send(frame);
    }
    await expect.poll(() => String(client.heard().at(-1)?.payload)).toBe('end');
    expect(
      client
        .heard()
        .slice(1)
        .map(({ payload }) => payload),
    ).toEqual([Buffer.from('mine'), lookalike, Buffer.alloc(0), Buffer.from('end')]);
    client.send(pong('mine'));
    await expect.poll(() => String(platform.heard().at(-1)?.payload)).toBe('mine');
  });

  it('pass the answer to an earlier ping of ours to nobody, however late it comes', async () => {
    const { client, platform, pass } = await quietSession();
    const stop = answering(client, () => true);
    await pass(31);
    platform.send(text('slow'));
    await pass(31);
    platform.send(text('slower'));
    stop();
    const asked = platform.heard().map(({ payload }) => payload);
    expect(asked).toHaveLength(2);
    for (const payload of asked) platform.send(pong(payload));
    platform.send(pong(asked[0] ?? ''));
    platform.send(close(1000));
    await expect.poll(() => opcodes(client.heard()).at(-1)).toBe(8);
    // The last one answers a ping for the second time, and is the platform's own affair.
    expect(opcodes(client.heard()).filter((opcode) => opcode === 10)).toHaveLength(1);
  });
});

describe('a session of which one side has ended its half', () => {
  it.each(['client', 'platform'] as const)(
    'is closed within 75 s where the %s did, and the other does nothing',
    async (side) => {
      const { client, platform, pass, records } = await quietSession();
      (side === 'client' ? client : platform).end();
      await pass(75);
      await Promise.all([client.closed, platform.closed]);
      expect(records).toHaveLength(1);
      expect(records[0]).toMatchObject({
        outcome: side === 'client' ? 'partial' : 'platform_error',
        status: 101,
      });
    },
  );
});
