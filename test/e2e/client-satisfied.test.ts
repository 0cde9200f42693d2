import { afterEach, describe, expect, it } from 'vitest';
import { createCleanUp } from '../support/clean-up.ts';
import { RAW_SSE_HEAD, rawChunk } from '../support/raw-answers.ts';
import { connectRaw } from '../support/raw-client.ts';
import type { RawConnection } from '../support/raw-upstream.ts';
import type { Gateway } from '../support/start-gateway.ts';
import { chatEvent, KEY, onlyLine, startBehind } from './faults/behind.ts';

const cleanUp = createCleanUp();
afterEach(cleanUp.run);

const FINISH = 'data: {"choices":[{"index":0,"delta":{},"finish_reason":"stop"}]}\n\n';
const USAGE = 'data: {"choices":[],"usage":{"prompt_tokens":5,"completion_tokens":1}}\n\n';
const JSON_HEAD = (type: string) =>
  `HTTP/1.1 200 OK\r\nContent-Type: ${type}\r\nTransfer-Encoding: chunked\r\n\r\n`;
const END = '0\r\n\r\n';

const CHAT = '{"model":"m","stream":true,"stream_options":{"include_usage":true},"messages":[]}';

async function ask(gateway: Gateway, path: string, body: string) {
  const client = await connectRaw(gateway.port);
  const head = [`POST ${path} HTTP/1.1`, 'Host: localhost', `Authorization: Bearer ${KEY}`];
  if (path === '/v1/messages') head.push('anthropic-version: 2023-06-01');
  client.send(`${[...head, `Content-Length: ${body.length}`].join('\r\n')}\r\n\r\n${body}`);
  return client;
}

/** A gateway before a platform that sends a part of its answer, and the rest when it is told that the client has gone. */
async function started(channel: string, first: string) {
  const sent: RawConnection[] = [];
  const behind = await startBehind(
    cleanUp,
    async (connection) => {
      for (;;) {
        await connection.request();
        sent.push(connection);
        connection.send(first);
      }
    },
    { platform: channel },
  );
  return { ...behind, sent };
}

/** Which client reads until what, on which platform: its path, its request, what the platform sends, its last bytes. */
const SATISFIED: readonly (readonly [string, string, string, string, string, string])[] = [
  [
    '[DONE]',
    'openai',
    '/v1/chat/completions',
    CHAT,
    RAW_SSE_HEAD + rawChunk(`${chatEvent('a') + FINISH + USAGE}data: [DONE]\n\n`),
    '[DONE]\n\n',
  ],
  [
    'response.completed',
    'openai',
    '/v1/responses',
    CHAT,
    RAW_SSE_HEAD +
      rawChunk(
        'data: {"type":"response.completed","response":{"usage":{"input_tokens":5,"output_tokens":1}}}\n\n',
      ),
    '}}\n\n',
  ],
  [
    'message_stop',
    'anthropic',
    '/v1/messages',
    CHAT,
    RAW_SSE_HEAD +
      rawChunk(
        'data: {"type":"message_delta","delta":{"stop_reason":"end_turn"},"usage":{"input_tokens":5,"output_tokens":1}}\n\n',
      ) +
      rawChunk('event: message_stop\ndata: {"type":"message_stop"}\n\n'),
    'message_stop"}\n\n',
  ],
  [
    "Gemini's finish",
    'gemini',
    '/v1beta/models/m:streamGenerateContent?alt=sse',
    '{"contents":[]}',
    RAW_SSE_HEAD +
      rawChunk(
        'data: {"candidates":[{"finishReason":"STOP"}],"usageMetadata":{"promptTokenCount":5,"candidatesTokenCount":1}}\r\n\r\n',
      ),
    '}\r\n\r\n',
  ],
  [
    "DashScope's finish",
    'dashscope',
    '/api/v1/services/aigc/text-generation/generation',
    '{"model":"m"}',
    RAW_SSE_HEAD +
      rawChunk(
        'data:{"output":{"choices":[{"finish_reason":"stop"}]},"usage":{"input_tokens":5,"output_tokens":1}}\n\n',
      ),
    '}\n\n',
  ],
  [
    'done, line by line',
    'ollama',
    '/api/chat',
    '{"model":"m"}',
    JSON_HEAD('application/x-ndjson') +
      rawChunk('{"done":false}\n') +
      rawChunk('{"done":true,"prompt_eval_count":5,"eval_count":1}\n'),
    '}\n',
  ],
  [
    'the end of a JSON answer',
    'openai',
    '/v1/chat/completions',
    '{"model":"m"}',
    JSON_HEAD('application/json') +
      rawChunk('{"choices":[],"usage":{"prompt_tokens":5,"completion_tokens":1}}'),
    '}}',
  ],
];

describe('a client that leaves when it has read', () => {
  it.each(SATISFIED)(
    '%s was served, and the connection to the platform is kept',
    async (_, channel, path, body, answer, last) => {
      const { gateway, upstream, sent } = await started(channel, answer);
      for (let round = 0; round < 5; round += 1) {
        const client = await ask(gateway, path, body);
        await client.until(last);
        client.reset();
        await client.closed;
        sent[round]?.send(END);
        await gateway.lines(round + 1);
      }
      const lines = await gateway.lines(5);
      for (const line of lines) {
        expect(line).toMatchObject({
          status: 200,
          outcome: 'success',
          error_code: null,
          tokens_in: 5,
          tokens_out: 1,
        });
      }
      expect(upstream.connections).toHaveLength(1);
      expect((await gateway.stats()).successful_requests).toBe(5);
    },
  );

  it('the finish reason was served, and its usage is read on', async () => {
    const { gateway, sent } = await started('openai', RAW_SSE_HEAD + rawChunk(chatEvent('a') + FINISH));
    const client = await ask(gateway, '/v1/chat/completions', CHAT);
    await client.until('"stop"}]}\n\n');
    client.reset();
    await client.closed;
    sent[0]?.send(rawChunk(`${USAGE}data: [DONE]\n\n`) + END);
    expect(await onlyLine(gateway)).toMatchObject({ outcome: 'success', tokens_in: 5, tokens_out: 1 });
  });

  it('a part of a JSON answer was not, but what it used is read on', async () => {
    const { gateway, sent } = await started(
      'openai',
      JSON_HEAD('application/json') + rawChunk('{"choices":[{"finish'),
    );
    const client = await ask(gateway, '/v1/chat/completions', '{"model":"m"}');
    await client.until('{"choices":[{"finish');
    client.reset();
    await client.closed;
    sent[0]?.send(rawChunk('_reason":"stop"}],"usage":{"prompt_tokens":5,"completion_tokens":1}}') + END);
    expect(await onlyLine(gateway)).toMatchObject({ outcome: 'partial', tokens_in: 5, tokens_out: 1 });
  });
});

describe('a platform that does not come to its end', () => {
  it('is hung up on, and its client was served all the same', async () => {
    const { gateway, upstream } = await started(
      'openai',
      RAW_SSE_HEAD + rawChunk(`${FINISH}data: [DONE]\n\n`),
    );
    const client = await ask(gateway, '/v1/chat/completions', CHAT);
    await client.until('[DONE]\n\n');
    client.reset();
    await upstream.connections[0]?.closed;
    expect(await onlyLine(gateway)).toMatchObject({ outcome: 'success' });
  });

  it('is hung up on where it sends too much', async () => {
    const { gateway, upstream, sent } = await started('openai', RAW_SSE_HEAD + rawChunk(FINISH));
    const client = await ask(gateway, '/v1/chat/completions', CHAT);
    await client.until('"stop"}]}\n\n');
    client.reset();
    await client.closed;
    for (let i = 0; i < 100; i += 1) sent[0]?.send(rawChunk(chatEvent('x'.repeat(10_000))));
    await upstream.connections[0]?.closed;
    expect(await onlyLine(gateway)).toMatchObject({ outcome: 'success' });
  });

  it('does not hold up a gateway that stops', async () => {
    const { gateway } = await started('openai', RAW_SSE_HEAD + rawChunk(`${FINISH}data: [DONE]\n\n`));
    const client = await ask(gateway, '/v1/chat/completions', CHAT);
    await client.until('[DONE]\n\n');
    client.reset();
    await client.closed;
    await gateway.stop(60_000);
    expect(await onlyLine(gateway)).toMatchObject({ outcome: 'success' });
  });
});
