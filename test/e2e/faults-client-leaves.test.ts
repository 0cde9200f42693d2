import { afterEach, describe, expect, it } from 'vitest';
import { createCleanUp } from '../support/clean-up.ts';
import { aChannel, aDocument, aKey, aUser } from '../support/document-fixtures.ts';
import { RAW_SSE_HEAD, rawChunk } from '../support/raw-answers.ts';
import { connectRaw, type RawClient } from '../support/raw-client.ts';
import { type RawScript, startRawUpstream } from '../support/raw-upstream.ts';
import { createStoppableClock } from '../support/stoppable-clock.ts';
import { CHANNEL_KEY, chatBody, chatEvent, KEY, onlyLine, sendChat, startBehind } from './faults/behind.ts';
import { startGatewayProcess } from './faults/gateway-process.ts';

const cleanUp = createCleanUp();
afterEach(cleanUp.run);

const USAGE = 'data: {"choices":[],"usage":{"prompt_tokens":5,"completion_tokens":1}}\n\n';

/** Streams two events and then waits for the client to leave. */
const streaming: RawScript = async (connection) => {
  await connection.request();
  connection.send(RAW_SSE_HEAD + rawChunk(USAGE) + rawChunk(chatEvent('one')));
};

describe('a client that leaves in mid-stream', () => {
  it.each([
    ['resets', (client: RawClient) => client.reset()],
    ['ends its half of the connection', (client: RawClient) => client.end()],
  ])('has the platform hung up on at once, and is recorded once as partial: it %s', async (_, leave) => {
    const clock = createStoppableClock();
    const { gateway, upstream } = await startBehind(cleanUp, streaming, {}, { clock });
    const client = await sendChat(gateway, true);
    await client.until('one');
    clock.stop();
    leave(client);
    await upstream.connections[0]?.closed;
    clock.run();
    const line = {
      status: 200,
      outcome: 'partial',
      protocol: 'sse',
      tokens_in: 5,
      tokens_out: 1,
      attempts: 1,
    };
    expect(await onlyLine(gateway)).toMatchObject(line);
    expect((await gateway.stats()).total_requests).toBe(1);
  });

  it('before the answer began is recorded as aborted', async () => {
    const { gateway, upstream } = await startBehind(cleanUp, () => {});
    const client = await sendChat(gateway, true);
    await expect.poll(() => upstream.connections[0]?.received.length).toBeGreaterThan(0);
    client.reset();
    await upstream.connections[0]?.closed;
    expect(await onlyLine(gateway)).toMatchObject({
      status: 499,
      outcome: 'aborted',
      attempts: 1,
      bytes_out: 0,
    });
  });

  it('while it still sends its body is recorded as aborted, and the platform is hung up on', async () => {
    const { gateway, upstream } = await startBehind(cleanUp, () => {});
    const client = await connectRaw(gateway.port);
    const head = [
      'POST /v1/files HTTP/1.1',
      'Host: localhost',
      `Authorization: Bearer ${KEY}`,
      'Content-Length: 9000000',
    ];
    client.send(`${head.join('\r\n')}\r\n\r\n${'x'.repeat(100_000)}`);
    await expect.poll(() => upstream.connections[0]?.received.length).toBeGreaterThan(100_000);
    client.reset();
    await upstream.connections[0]?.closed;
    expect(await onlyLine(gateway)).toMatchObject({ status: 499, outcome: 'aborted', bytes_in: 100_000 });
  });

  it('before its body is there is recorded as aborted, and nobody is asked', async () => {
    const { gateway, upstream } = await startBehind(cleanUp, () => {});
    const client = await connectRaw(gateway.port);
    const head = [
      'POST /v1/chat/completions HTTP/1.1',
      'Host: localhost',
      `Authorization: Bearer ${KEY}`,
      'Content-Length: 1000',
    ];
    client.send(`${head.join('\r\n')}\r\n\r\n{"model"`);
    client.reset();
    expect(await onlyLine(gateway)).toMatchObject({ status: 499, outcome: 'aborted', attempts: 0 });
    expect(upstream.connections).toHaveLength(0);
  });
});

const ROUNDS = 10;
const AT_ONCE = 100;

/** Leaves in one of the two ways, and resolves when the upstream was hung up on. */
async function leaveOne(port: number, number: number, closed: Map<string, Promise<unknown>>): Promise<void> {
  const body = chatBody(true);
  const client = await connectRaw(port);
  const head = [
    'POST /v1/chat/completions HTTP/1.1',
    'Host: localhost',
    `Authorization: Bearer ${KEY}`,
    `x-number: ${number}`,
  ];
  client.send(`${head.join('\r\n')}\r\nContent-Length: ${body.length}\r\n\r\n${body}`);
  await client.until('one');
  if (number % 2 === 0) client.reset();
  else client.end();
  await closed.get(String(number));
}

it('1,000 clients that leave in mid-stream leave no connection and no descriptor behind', async () => {
  const closed = new Map<string, Promise<unknown>>();
  const upstream = cleanUp.closing(
    await startRawUpstream(async (connection) => {
      const number = /^x-number: (\d+)/m.exec(await connection.request())?.[1] ?? '';
      closed.set(number, connection.closed);
      connection.send(RAW_SSE_HEAD + rawChunk(USAGE) + rawChunk(chatEvent('one')));
    }),
  );
  const document = aDocument({
    users: { ann: aUser() },
    proxy_keys: { key: aKey('ann', KEY) },
    channels: { behind: aChannel('openai', upstream.url, CHANNEL_KEY) },
  });
  const gateway = await startGatewayProcess(cleanUp, document);
  await leaveOne(gateway.port, 0, closed);
  await gateway.lines(1);
  const before = await gateway.descriptors();

  for (let round = 0; round < ROUNDS; round += 1) {
    const numbers = Array.from({ length: AT_ONCE }, (_, at) => 1 + round * AT_ONCE + at);
    await Promise.all(numbers.map((number) => leaveOne(gateway.port, number, closed)));
  }
  const lines = await gateway.lines(1 + ROUNDS * AT_ONCE);
  expect(lines).toHaveLength(1 + ROUNDS * AT_ONCE);
  expect(new Set(lines.map(({ request_id }) => request_id)).size).toBe(lines.length);
  expect(lines.filter(({ outcome, tokens_in }) => outcome !== 'partial' || tokens_in !== 5)).toEqual([]);
  await expect.poll(() => gateway.descriptors()).toBeLessThanOrEqual(before);
});
