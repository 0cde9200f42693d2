import { afterEach, describe, expect, test } from 'vitest';
import { createApp } from '../../src-main/app.ts';
import { chatEvent, KEY, sendChat, startBefore, startBehind } from '../e2e/faults/behind.ts';
import { adminClient } from '../support/admin-client.ts';
import { createCleanUp } from '../support/clean-up.ts';
import { RAW_SSE_HEAD, rawChunk } from '../support/raw-answers.ts';
import { connectRaw } from '../support/raw-client.ts';
import type { Gateway } from '../support/start-gateway.ts';
import { rawFrame, readFrames, text } from '../websocket/raw/raw-frame.ts';
import { handshake, openRaw, startRawPlatform } from '../websocket/raw/raw-session.ts';

const cleanUp = createCleanUp();
afterEach(cleanUp.run);

const END = `${rawChunk('data: [DONE]\n\n')}0\r\n\r\n`;

/** What a request without a body is answered. */
async function get({ port }: Gateway, path: string) {
  const client = await connectRaw(port);
  client.send(
    `GET ${path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nAuthorization: Bearer ${KEY}\r\n\r\n`,
  );
  return client.answer();
}

describe('a paused gateway', () => {
  test('refuses new requests, lets streams under way finish, and says so on /ready', async () => {
    const finish = Promise.withResolvers<void>();
    const { gateway, upstream } = await startBehind(cleanUp, async (connection) => {
      await connection.request();
      connection.send(RAW_SSE_HEAD + rawChunk(chatEvent('one')));
      await finish.promise;
      connection.send(END);
    });
    const stream = await sendChat(gateway, true);
    await stream.until('one');
    gateway.setPaused(true);
    expect(gateway.isPaused()).toBe(true);

    const refused = await get(gateway, '/v1/models');
    expect([refused.status, refused.header('retry-after')]).toEqual([503, '5']);
    expect(JSON.parse(refused.body)).toEqual({
      error: {
        message: 'the gateway is paused by its admin',
        type: 'server_error',
        param: null,
        code: 'paused',
      },
    });
    expect(await get(gateway, '/ready')).toMatchObject({ status: 503, body: '{"status":"paused"}' });
    expect(await get(gateway, '/health')).toMatchObject({ status: 200, body: '{"status":"ok"}' });
    expect((await get(gateway, '/metrics')).body).toContain('\naiproxy_ready 0\n');

    finish.resolve();
    expect(await stream.answer()).toMatchObject({ status: 200, complete: true });
    expect(upstream.connections).toHaveLength(1);
    const lines = await gateway.lines(2);
    expect(lines.map(({ error_code, outcome, user }) => [error_code, outcome, user])).toEqual([
      ['paused', 'gateway_error', null],
      [null, 'success', 'ann'],
    ]);
  });

  test.each([
    ['/v1/messages', { type: 'error', error: { type: 'overloaded_error' } }],
    ['/v1beta/models/m:generateContent', { error: { code: 503, status: 'UNAVAILABLE' } }],
    ['/api/v1/services/aigc/text-generation/generation', { code: 'Paused' }],
  ])('says it in the dialect of %s', async (path, body) => {
    const gateway = await startBefore(cleanUp, 'http://127.0.0.1:1');
    gateway.setPaused(true);
    const answer = await get(gateway, path);
    expect([answer.status, JSON.parse(answer.body)]).toMatchObject([503, body]);
  });

  test('refuses WebSockets over HTTP, and keeps those that are open', async () => {
    const platform = cleanUp.closing(await startRawPlatform());
    const gateway = await startBefore(cleanUp, platform.url);
    const session = await openRaw(gateway.port);
    const { frames } = await platform.session();
    gateway.setPaused(true);
    const late = await connectRaw(gateway.port);
    late.send(handshake());
    const answer = await late.answer();
    expect([answer.status, JSON.parse(answer.body).error.code]).toEqual([503, 'paused']);
    session.client.send(rawFrame(text('still here'), true));
    await expect.poll(() => String(readFrames(frames()).at(-1)?.payload)).toBe('still here');
  });
});

describe('an admin', () => {
  test('pauses it and lets it go on, which is audited once each', async () => {
    const gateway = await startBefore(cleanUp, 'http://127.0.0.1:1');
    const admin = adminClient(gateway);
    for (const paused of [true, true, false, false]) {
      const answer = await admin.post(paused ? '/pause' : '/resume');
      expect([answer.status, answer.body]).toEqual([200, { paused }]);
      expect((await admin.get('/status')).body).toMatchObject({ paused });
      expect((await get(gateway, '/ready')).status).toBe(paused ? 503 : 200);
    }
    const { body } = await admin.get<{ items: { action: string }[] }>('/audit?text=program.');
    expect(body.items.map(({ action }) => action)).toEqual(['program.resume', 'program.pause']);
  });

  test('cannot pause what has not started: a start is never paused', () => {
    const options = { dataDir: '/nonexistent', configPath: null, demo: false, env: {} };
    const app = createApp(options);
    app.setPaused(true);
    expect(app.isPaused()).toBe(false);
  });
});
