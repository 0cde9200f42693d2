import { afterEach, describe, expect, it } from 'vitest';
import { onlyLine, startBefore } from '../e2e/faults/behind.ts';
import { createCleanUp } from '../support/clean-up.ts';
import { rawFrame, text } from './raw/raw-frame.ts';
import { openRaw, startRawPlatform } from './raw/raw-session.ts';

const cleanUp = createCleanUp();
afterEach(cleanUp.run);

const CREATE = rawFrame(text('{"type":"response.create","model":"gpt-5"}'), true);
const event = (value: unknown) => rawFrame(text(JSON.stringify(value)), false);
const CREATED = event({ type: 'response.created', response: { usage: null } });
const COMPLETED = event({
  type: 'response.completed',
  response: { usage: { input_tokens: 5, output_tokens: 1 } },
});
const LIMITS = event({ type: 'codex.rate_limits', limits: {} });

/** A session in which the client has asked and the platform has sent these frames. */
async function answered(...frames: readonly Uint8Array[]) {
  const platform = cleanUp.closing(await startRawPlatform());
  const gateway = await startBefore(cleanUp, platform.url);
  const session = await openRaw(gateway.port);
  const { connection, frames: asked } = await platform.session();
  session.client.send(CREATE);
  await expect.poll(() => asked().length).toBe(CREATE.length);
  const bytes = Buffer.concat(frames);
  connection.send(bytes);
  await expect.poll(() => session.frames().length, { timeout: 20_000 }).toBe(bytes.length);
  return { ...session, gateway, asked, connection };
}

const LEAVES = [
  ['ends its connection', (client: { end(): void }) => client.end()],
  ['resets it', (client: { reset(): void }) => client.reset()],
] as const;

describe.each(LEAVES)('a client that leaves without a close frame: it %s', (_, leave) => {
  it.each([
    ['a complete answer', [CREATED, COMPLETED], 'success'],
    ['one with more behind it', [CREATED, COMPLETED, LIMITS], 'success'],
    ['two of them', [CREATED, COMPLETED, CREATED, COMPLETED], 'success'],
    ['the beginning of an answer', [CREATED], 'partial'],
    ['an answer and the beginning of another', [CREATED, COMPLETED, CREATED], 'partial'],
  ])('after %s', async (_name, frames, outcome) => {
    const { client, gateway, connection } = await answered(...frames);
    leave(client);
    await connection.closed;
    connection.end();
    expect(await onlyLine(gateway)).toMatchObject({ status: 101, outcome, error_code: null });
  });

  it('after it has asked for more', async () => {
    const { client, gateway, asked, connection } = await answered(CREATED, COMPLETED);
    client.send(CREATE);
    await expect.poll(() => asked().length).toBe(2 * CREATE.length);
    leave(client);
    await connection.closed;
    connection.end();
    expect(await onlyLine(gateway)).toMatchObject({ outcome: 'partial', tokens_in: 5 });
  });
});

describe('a message of any size', () => {
  const large = JSON.stringify({
    type: 'response.completed',
    response: {
      output: [
        {
          type: 'image_generation_call',
          result: 'A'.repeat(3_000_000),
          text: '"usage":{"input_tokens":999}',
        },
      ],
      usage: { input_tokens: 5, output_tokens: 1 },
    },
  });
  const halves = [large.slice(0, 2_999_999), large.slice(2_999_999)] as const;

  it.each([
    ['in one frame', [rawFrame(text(large), false)]],
    [
      'in fragments',
      [
        rawFrame({ ...text(halves[0]), fin: false }, false),
        rawFrame({ ...text(halves[1]), opcode: 0 }, false),
      ],
    ],
  ])('passes and is counted: %s', async (_, frames) => {
    const { client, gateway, connection } = await answered(...frames);
    client.end();
    await connection.closed;
    connection.end();
    expect(await onlyLine(gateway)).toMatchObject({ outcome: 'success', tokens_in: 5, tokens_out: 1 });
  });
});
