import { afterEach, describe, expect, it } from 'vitest';
import type { AppOptions } from '../../src-main/app-options.ts';
import { onlyLine, startBefore, startBehind } from '../e2e/faults/behind.ts';
import { createCleanUp } from '../support/clean-up.ts';
import { aChannel, aDocument, aKey, aUser } from '../support/document-fixtures.ts';
import { connectRaw } from '../support/raw-client.ts';
import { startProgram } from '../support/start-program.ts';
import { createStoppableClock } from '../support/stoppable-clock.ts';
import { tempFolder } from '../support/temp-folder.ts';
import { writeDocument } from '../support/write-document.ts';
import { binary, close, type RawFrame, rawFrame, readFrames, text } from './raw/raw-frame.ts';
import { handshake, KEY, openRaw, type RawSession, startRawPlatform, switching } from './raw/raw-session.ts';

const cleanUp = createCleanUp();
afterEach(cleanUp.run);

const CLOSE = 0x88;

/** Code and reason of a close frame that was got last. */
function lastClose(frames: Buffer): readonly [code: number, reason: string] | null {
  const frame = readFrames(frames).at(-1);
  if (frame?.first !== CLOSE) return null;
  return [frame.payload.readUInt16BE(), String(frame.payload.subarray(2))];
}

const GOING: readonly [number, string] = [1001, 'the gateway is shutting down'];

/** What peers that answer nothing get, with the sweep that notices it. */
const A_FEW_SECONDS_MS = 7_000;

async function openSession(options: Partial<AppOptions> = {}) {
  const platform = cleanUp.closing(await startRawPlatform());
  const gateway = await startBefore(cleanUp, platform.url, {}, options);
  const session = await openRaw(gateway.port);
  return { platform, gateway, session, ...(await platform.session()) };
}

/** Answers a close as a good client does. */
async function answerClose({ client, frames, closed }: RawSession): Promise<void> {
  await expect.poll(() => lastClose(frames())).not.toBeNull();
  client.send(rawFrame(close(1001), true));
  await closed;
}

describe('a gateway that stops', () => {
  it('closes sessions on both sides with 1001, and records them as good', async () => {
    const { gateway, session, connection, frames } = await openSession();
    const stopped = gateway.stop(30_000);
    await answerClose(session);
    expect(lastClose(session.frames())).toEqual(GOING);
    await connection.closed;
    expect(lastClose(frames())).toEqual(GOING);
    connection.end();
    await stopped;
    expect(await onlyLine(gateway)).toMatchObject({ outcome: 'success', status: 101, error_code: null });
  });

  it('waits a few seconds for peers that answer nothing, not for ever', async () => {
    const clock = createStoppableClock();
    const { gateway, session } = await openSession({ clock });
    clock.stop();
    const stopped = gateway.stop(30_000);
    session.client.pause();
    clock.advance(A_FEW_SECONDS_MS);
    clock.run();
    await stopped;
  });

  it('lets the frame that is under way come to its end before its close', async () => {
    const { gateway, session, connection } = await openSession();
    const frame = rawFrame(binary(Buffer.alloc(40_000, 3)), false);
    connection.send(frame.subarray(0, 15_000));
    await expect.poll(() => session.frames().length).toBe(15_000);
    const stopped = gateway.stop(30_000);
    const behind: RawFrame = text('too late');
    connection.send(Buffer.concat([frame.subarray(15_000), rawFrame(behind, false)]));
    await answerClose(session);
    const [first, second, ...others] = readFrames(session.frames());
    expect(first?.payload.equals(Buffer.alloc(40_000, 3))).toBe(true);
    expect(second?.first).toBe(CLOSE);
    expect(others).toEqual([]);
    connection.end();
    await stopped;
  });

  it('closes also a session whose handshake was under way', async () => {
    const agree = Promise.withResolvers<void>();
    const { gateway, upstream } = await startBehind(cleanUp, async (connection) => {
      const request = await connection.until('\r\n\r\n');
      await agree.promise;
      connection.send(switching(request));
    });
    const client = await connectRaw(gateway.port);
    client.send(handshake());
    await expect.poll(() => upstream.connections[0]?.received.length ?? 0).toBeGreaterThan(0);
    const stopped = gateway.stop(30_000);
    agree.resolve();
    await client.until('shutting down');
    client.end();
    upstream.connections[0]?.end();
    await stopped;
  });

  it('refuses new sessions with 503 over HTTP', async () => {
    const { gateway, session, connection } = await openSession();
    const late = await connectRaw(gateway.port);
    const stopped = gateway.stop(30_000);
    late.send(handshake());
    const answer = await late.answer();
    expect([answer.status, JSON.parse(answer.body).error.code]).toEqual([503, 'draining']);
    session.client.end();
    connection.end();
    await stopped;
  });
});

describe('the program, told to end by SIGTERM', () => {
  it('closes its sessions with 1001, is not ready meanwhile, and exits with 0', async () => {
    const folder = await tempFolder();
    cleanUp.add(() => folder.remove());
    const platform = cleanUp.closing(await startRawPlatform());
    await writeDocument(
      folder.path,
      aDocument({
        users: { ann: aUser() },
        proxy_keys: { key: aKey('ann', KEY) },
        channels: { voice: aChannel('openai', platform.url, 'channel-key-voice') },
      }),
    );
    const program = cleanUp.closing(await startProgram(folder.path));
    const port = Number(new URL(program.ready.proxy).port);
    const session = await openRaw(port);
    const { connection, frames } = await platform.session();
    const watcher = await connectRaw(port);
    program.signal('SIGTERM');
    await expect.poll(() => lastClose(session.frames())).toEqual(GOING);
    watcher.send('GET /ready HTTP/1.1\r\nHost: localhost\r\n\r\n');
    expect((await watcher.answer()).status).toBe(503);
    session.client.end();
    await connection.closed;
    expect(lastClose(frames())).toEqual(GOING);
    connection.end();
    expect(await program.exited).toEqual({ code: 0, signal: null });
  });
});

describe('a gateway with as many connections as it may have', () => {
  it('answers a handshake with 503 over HTTP, and keeps the sessions it has', async () => {
    const platform = cleanUp.closing(await startRawPlatform());
    const document = aDocument({
      users: { ann: aUser() },
      proxy_keys: { key: aKey('ann', KEY) },
      channels: { voice: aChannel('openai', platform.url, 'channel-key-voice') },
      system: { max_connections: 1 },
    });
    const folder = await tempFolder();
    cleanUp.add(() => folder.remove());
    await writeDocument(folder.path, document);
    const program = cleanUp.closing(await startProgram(folder.path));
    const port = Number(new URL(program.ready.proxy).port);
    const session = await openRaw(port);
    const { frames } = await platform.session();
    const beyond = await connectRaw(port);
    beyond.send(handshake());
    const answer = await beyond.answer();
    expect([answer.status, JSON.parse(answer.body).error.code]).toEqual([503, 'overloaded']);
    session.client.send(rawFrame(text('still here'), true));
    await expect.poll(() => String(readFrames(frames()).at(-1)?.payload)).toBe('still here');
  });
});
