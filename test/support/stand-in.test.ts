import { connect } from 'node:tls';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createCleanUp } from './clean-up.ts';
import { connectRaw } from './raw-client.ts';
import { selfSigned } from './self-signed.ts';
import { type OpenAiStandIn, startOpenAi } from './stand-ins/openai.ts';

describe('a stand-in', () => {
  const cleanUp = createCleanUp();
  let standIn: OpenAiStandIn;
  beforeAll(async () => {
    standIn = cleanUp.closing(await startOpenAi());
  });
  afterAll(cleanUp.run);

  const authorized = () => ({ authorization: `Bearer ${standIn.apiKey}` });
  const chat = (model: string, init: RequestInit = {}) =>
    fetch(`${standIn.url}/v1/chat/completions`, {
      method: 'POST',
      headers: authorized(),
      body: JSON.stringify({ model, stream: true, messages: [{ role: 'user', content: 'one two three' }] }),
      ...init,
    });

  it('tells in which places a secret stood', async () => {
    await fetch(`${standIn.url}/v1/models?key=planted-secret`, {
      method: 'POST',
      headers: { ...authorized(), 'X-Other': 'a planted-secret here' },
      body: 'and planted-secret there',
    });
    const seen = await standIn.nextRequest();
    expect(await seen.placesOf('planted-secret')).toEqual(['url', 'header x-other', 'body']);
    expect(await seen.placesOf(standIn.apiKey)).toEqual(['header authorization']);
    expect(await seen.placesOf('nowhere')).toEqual([]);
  });

  it('refuses a wrong key, and a second one beside the right one', async () => {
    for (const key of ['wrong', `${standIn.apiKey}, Bearer other`]) {
      const refused = await fetch(`${standIn.url}/v1/models`, {
        headers: { authorization: `Bearer ${key}` },
      });
      expect(refused.status).toBe(401);
      await refused.body?.cancel();
      await standIn.nextRequest();
    }
  });

  it('holds a slow stream until the test releases it', async () => {
    const response = await chat('slow-model');
    const seen = await standIn.nextRequest();
    const before = seen.answered.bytes;
    seen.pace.releaseAll();
    const text = await response.text();
    expect(text).toContain('data: [DONE]');
    expect(seen.answered.bytes).toBeGreaterThan(before);
    expect(Buffer.byteLength(text)).toBe(seen.answered.bytes);
    expect(await seen.closed).toBe('answered');
  });

  it('notices a client that leaves in the middle of a stream', async () => {
    const controller = new AbortController();
    await chat('slow-model', { signal: controller.signal });
    const seen = await standIn.nextRequest();
    controller.abort();
    expect(await seen.closed).toBe('client-left');
  });

  it('breaks off in the middle of a stream for die-midstream', async () => {
    const response = await chat('die-midstream');
    await expect(response.text()).rejects.toThrow();
    expect(await (await standIn.nextRequest()).closed).toBe('cut');
  });

  it('records the target and the header names byte for byte', async () => {
    const client = await connectRaw(standIn.port);
    client.send('GET /v1/%7emodels?a=%20 HTTP/1.1\r\nHost: x\r\nX-ODD-case: yes\r\n\r\n');
    const answer = await client.answer();
    client.end();
    const seen = await standIn.nextRequest();
    expect(answer.status).toBe(401);
    expect(seen.url).toBe('/v1/%7emodels?a=%20');
    expect(seen.rawHeaders).toContain('X-ODD-case');
    expect(await client.closed).toBe('ended');
  });
});

describe('a stand-in with TLS', () => {
  const cleanUp = createCleanUp();
  afterAll(cleanUp.run);

  it('shows a certificate that verifies for the loopback address', async () => {
    const tls = selfSigned();
    const secure = cleanUp.closing(await startOpenAi({ tls }));
    const socket = connect({ host: '127.0.0.1', port: secure.port, ca: tls.cert });
    const authorizedPeer = await new Promise((resolve, reject) => {
      socket.once('secureConnect', () => resolve(socket.authorized));
      socket.once('error', reject);
    });
    socket.destroy();
    expect(authorizedPeer).toBe(true);
    expect(secure.url).toMatch(/^https:/);
  });
});
