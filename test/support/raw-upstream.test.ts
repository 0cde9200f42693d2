import { afterEach, describe, expect, it } from 'vitest';
import { createCleanUp } from './clean-up.ts';
import { RAW_SSE_HEAD, rawChunk, rawJsonAnswer } from './raw-answers.ts';
import { connectRaw } from './raw-client.ts';
import { type RawScript, startRawUpstream } from './raw-upstream.ts';

describe('a raw upstream and a raw client', () => {
  const cleanUp = createCleanUp();
  afterEach(cleanUp.run);

  async function connected(script: RawScript) {
    const upstream = cleanUp.closing(await startRawUpstream(script));
    return { upstream, client: await connectRaw(upstream.port) };
  }

  it('exchange several requests and answers on one connection', async () => {
    const bodies: string[] = [];
    const { upstream, client } = await connected(async (connection) => {
      for (;;) {
        const request = await connection.request();
        bodies.push(request.slice(request.indexOf('\r\n\r\n') + 4));
        connection.send(rawJsonAnswer({ number: bodies.length }));
      }
    });
    for (const [at, body] of ['first', 'second one'].entries()) {
      client.send(`POST / HTTP/1.1\r\nContent-Length: ${body.length}\r\n\r\n${body}`);
      const answer = await client.answer();
      expect(answer).toMatchObject({ status: 200, complete: true, body: JSON.stringify({ number: at + 1 }) });
    }
    expect(bodies).toEqual(['first', 'second one']);
    expect(upstream.connections).toHaveLength(1);
  });

  it('tell a proper end from a reset, and a cut body from a whole one', async () => {
    const { client } = await connected(async (connection) => {
      await connection.until('\r\n\r\n');
      connection.send(`${RAW_SSE_HEAD}${rawChunk('data: 1\n\n')}`);
      await connection.until('go');
      connection.reset();
    });
    client.send('GET / HTTP/1.1\r\n\r\n');
    await client.until('data: 1');
    client.send('go');
    expect(await client.closed).toBe('reset');
    expect(await client.answer()).toMatchObject({ status: 200, complete: false, body: 'data: 1\n\n' });
  });

  it('join chunks to a body', async () => {
    const { client } = await connected(async (connection) => {
      await connection.until('\r\n\r\n');
      connection.send(`${RAW_SSE_HEAD}${rawChunk('one ')}${rawChunk('two')}${rawChunk('')}`);
    });
    client.send('GET / HTTP/1.1\r\n\r\n');
    expect(await client.answer()).toMatchObject({ complete: true, body: 'one two' });
  });

  it('notice a client that ends', async () => {
    const { upstream, client } = await connected(() => {});
    client.send('never a whole request');
    client.end();
    await expect.poll(() => upstream.connections.length).toBe(1);
    expect(await upstream.connections[0]?.closed).toBe('ended');
  });
});
