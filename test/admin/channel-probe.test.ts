import { afterEach, describe, expect, it } from 'vitest';
import type { Channel } from '../../src-main/contract/document.ts';
import type { ProbeResult } from '../../src-main/core/control-ports.ts';
import { maskKey } from '../../src-main/core/mask-key.ts';
import { type AdminErrorBody, adminClient } from '../support/admin-client.ts';
import { createCleanUp } from '../support/clean-up.ts';
import { aChannel, aDocument } from '../support/document-fixtures.ts';
import { startOpenAi } from '../support/stand-ins/openai.ts';
import { startGateway } from '../support/start-gateway.ts';

const cleanUp = createCleanUp();
afterEach(cleanUp.run);

interface Audited {
  readonly items: readonly {
    readonly action: string;
    readonly target: string | null;
    readonly details?: object;
  }[];
}

async function open(members: Partial<Channel> = {}) {
  const standIn = cleanUp.closing(await startOpenAi());
  const stored = aChannel('openai', standIn.url, standIn.apiKey, members);
  const document = aDocument({ channels: { 'open ai': stored } });
  const gateway = cleanUp.closing(await startGateway(document));
  const admin = adminClient(gateway);
  const audited = async () => (await admin.get<Audited>('/audit?action=channel.test')).body.items;
  return { standIn, stored, gateway, admin, audited };
}

const STORED = '/channels/open%20ai';

describe('POST /channels/{id}/test', () => {
  it('says what the platform said, and is nobody’s usage', async () => {
    const { admin, gateway, standIn, audited } = await open({ status: 'disabled' });
    const { status, body } = await admin.post<ProbeResult>(`${STORED}/test`, {});
    expect([status, body]).toEqual([
      200,
      {
        ok: true,
        request: 'GET /v1/models',
        status: 200,
        latency_ms: expect.any(Number),
        message: 'the platform lists 2 models',
      },
    ]);
    expect((await gateway.stats()).total_requests).toBe(0);
    expect(await standIn.requests[0]?.placesOf(standIn.apiKey)).toEqual(['header authorization']);
    expect(await audited()).toMatchObject([
      { action: 'channel.test', target: 'open ai', details: { ok: true, status: 200 } },
    ]);
  });

  it('needs no body, and asks a model that is named', async () => {
    const { admin } = await open();
    expect((await admin.post<ProbeResult>(`${STORED}/test`)).body.ok).toBe(true);
    const asked = await admin.post<ProbeResult>(`${STORED}/test`, { model: 'gpt-stand-in' });
    expect(asked.body).toMatchObject({ ok: true, request: 'POST /v1/chat/completions' });
  });

  it('tells of a wrong key without showing it', async () => {
    const { admin } = await open({ api_key: 'wrong-key-of-test' });
    const { status, body } = await admin.post<ProbeResult>(`${STORED}/test`, {});
    expect([status, body.ok, body.status, body.message]).toEqual([
      200,
      false,
      401,
      'Incorrect API key provided.',
    ]);
    expect(JSON.stringify(body)).not.toContain('wrong-key');
  });

  it('knows no channel that does not exist, and no member that has no meaning', async () => {
    const { admin, standIn } = await open();
    expect((await admin.post('/channels/none/test', {})).status).toBe(404);
    expect((await admin.get('/channels/none/models')).status).toBe(404);
    expect((await admin.post(`${STORED}/test`, { modell: 'x' })).status).toBe(422);
    expect((await admin.as(null).post(`${STORED}/test`, {})).status).toBe(401);
    expect((await admin.as(null).get(`${STORED}/models`)).status).toBe(401);
    expect(standIn.requests).toHaveLength(0);
  });
});

describe('GET /channels/{id}/models', () => {
  it('tells what the platform offers', async () => {
    const { admin } = await open();
    expect((await admin.get(`${STORED}/models`)).body).toEqual({
      models: ['gpt-stand-in', 'text-embedding-stand-in'],
    });
  });

  it('tells why the platform does not', async () => {
    const { admin } = await open({ api_key: 'wrong-key-of-test' });
    const { status, body } = await admin.get<AdminErrorBody>(`${STORED}/models`);
    expect([status, body.error.code, body.error.message]).toEqual([
      503,
      'channel_unavailable',
      'the platform answered 401: Incorrect API key provided.',
    ]);
  });
});

describe('POST /channels/test', () => {
  const unsaved = (channel: object, more: object = {}) => ({ channel, ...more });

  it('tests a channel that is not saved, and says so in the audit log without its key', async () => {
    const { admin, stored, standIn, audited, gateway } = await open();
    expect((await admin.post<ProbeResult>('/channels/test', unsaved(stored))).body.ok).toBe(true);
    const entries = await audited();
    expect(entries).toMatchObject([
      {
        target: null,
        details: { unsaved: true, platform: 'openai', address: `127.0.0.1:${standIn.port}`, ok: true },
      },
    ]);
    expect(JSON.stringify(entries)).not.toContain(standIn.apiKey);
    expect(Object.keys((await gateway.stats()).channel_stats)).toEqual(['open ai']);
  });

  it('uses the stored key for the stored address', async () => {
    const { admin, stored, standIn } = await open();
    const shown = { ...stored, api_key: maskKey(standIn.apiKey), name: 'New name' };
    const { body } = await admin.post<ProbeResult>('/channels/test', unsaved(shown, { id: 'open ai' }));
    expect(body.ok).toBe(true);
  });

  it('does not send the stored key to another address', async () => {
    const { admin, stored, audited } = await open();
    const thief = cleanUp.closing(await startOpenAi());
    const { api_key: _, ...without } = stored;
    for (const channel of [without, { ...stored, api_key: maskKey(stored.api_key ?? '') }]) {
      const moved = unsaved({ ...channel, base_url: thief.url }, { id: 'open ai' });
      const { status, body } = await admin.post<AdminErrorBody>('/channels/test', moved);
      expect([status, body.error.code, body.error.issues?.map(({ path }) => path)]).toEqual([
        422,
        'validation_failed',
        ['channel.base_url'],
      ]);
    }
    expect(thief.requests).toHaveLength(0);
    expect(await audited()).toMatchObject([
      { target: 'open ai', details: { address: `127.0.0.1:${thief.port}`, refused: ['base_url'] } },
      { target: 'open ai', details: { refused: ['base_url'] } },
    ]);
  });

  it.each([
    ['a metadata address', { base_url: 'http://169.254.169.254/', allow_private: true }, 'channel.base_url'],
    ['a private address that is not allowed', { allow_private: false }, 'channel.base_url'],
    ['credentials in the address', { base_url: 'https://a:b@platform.test' }, 'channel.base_url'],
    ['an unknown platform', { platform: 'opnai' }, 'channel.platform'],
    ['a variable', { api_key: 'env:PATH' }, 'channel.api_key'],
    ['a header that is none', { headers: { 'a b': 'c' } }, 'channel.headers.a b'],
    ['a value of the wrong type', { timeout: 'long' }, 'channel.timeout'],
  ])('refuses %s and asks nobody', async (_, members, path) => {
    const { admin, stored, standIn } = await open();
    const { status, body } = await admin.post<AdminErrorBody>(
      '/channels/test',
      unsaved({ ...stored, ...members }),
    );
    expect([status, body.error.issues?.map((issue) => issue.path)]).toEqual([422, [path]]);
    expect(standIn.requests).toHaveLength(0);
  });

  it('does not ask AIProxy itself', async () => {
    const { admin, gateway, stored } = await open();
    const itself = { ...stored, base_url: gateway.proxyUrl };
    const { body } = await admin.post<ProbeResult>('/channels/test', unsaved(itself));
    expect(body).toMatchObject({ ok: false, message: expect.stringContaining('AIProxy itself') });
  });
});
