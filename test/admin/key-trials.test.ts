import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Document } from '../../src-main/contract/document.ts';
import { TrialEvent } from '../../src-main/contract/key-trial.ts';
import { type AdminClient, adminClient } from '../support/admin-client.ts';
import { createCleanUp } from '../support/clean-up.ts';
import { aChannel, aDocument, aKey, aUser } from '../support/document-fixtures.ts';
import { selfSigned } from '../support/self-signed.ts';
import { type AnthropicStandIn, startAnthropic } from '../support/stand-ins/anthropic.ts';
import { type OpenAiStandIn, startOpenAi } from '../support/stand-ins/openai.ts';
import { type Gateway, startGateway } from '../support/start-gateway.ts';
import { tempFolder } from '../support/temp-folder.ts';

const cleanUp = createCleanUp();
let openai: OpenAiStandIn;
let anthropic: AnthropicStandIn;
let gateway: Gateway;
let admin: AdminClient;

const documentOf = (system: object = {}, channels: Document['channels'] = {}) =>
  aDocument({
    users: { ann: aUser(), ben: aUser({ channels: ['openai'] }) },
    proxy_keys: {
      'ann-key': aKey('ann', 'pk-of-ann'),
      'ben-key': aKey('ben', 'pk-of-ben', { models: ['gpt-*'] }),
      'old-key': aKey('ben', 'pk-of-old', { status: 'disabled' }),
      'unset-key': aKey('ben', 'env:NOWHERE_SET'),
    },
    channels: {
      openai: aChannel('openai', openai.url, openai.apiKey, {
        models: ['gpt-stand-in', 'slow-*', 'error-*'],
      }),
      anthropic: aChannel('anthropic', anthropic.url, anthropic.apiKey, { priority: 1 }),
      off: aChannel('openai', openai.url, openai.apiKey, { status: 'disabled' }),
      ...channels,
    },
    system,
  });

beforeAll(async () => {
  openai = cleanUp.closing(await startOpenAi());
  anthropic = cleanUp.closing(await startAnthropic());
  gateway = cleanUp.closing(await startGateway(documentOf()));
  admin = adminClient(gateway);
});
afterAll(cleanUp.run);

const post = (id: string, question: object): Promise<Response> =>
  admin.fetch(`/proxy-keys/${id}/try`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(question),
  });

const eventsIn = (text: string): TrialEvent[] =>
  text
    .trimEnd()
    .split('\n')
    .map((line) => TrialEvent.parse(JSON.parse(line)));

async function tried(id: string, question: object) {
  const text = await (await post(id, question)).text();
  expect(text).not.toMatch(/pk-of-|channel-key/);
  const events = eventsIn(text);
  const words = events.map((event) => (event.type === 'text' ? event.text : '')).join('');
  const end = events.at(-1);
  return { events, words, record: end?.type === 'end' ? end.record : null };
}

describe('a test request', () => {
  test('goes through the proxy as the key’s holder, and ends with its line of the log', async () => {
    openai.passOver();
    const { events, words, record } = await tried('ben-key', {
      model: 'gpt-stand-in',
      text: 'good morning',
      channel: 'openai',
    });
    expect(words).toBe('You said: good morning');
    expect(events[0]).toMatchObject({ type: 'head', status: 200, request_id: record?.request_id });
    expect(record).toMatchObject({ user: 'ben', key_id: 'ben-key', channel: 'openai', outcome: 'success' });
    expect(record?.tokens_in).toBe(10);
    const seen = await openai.nextRequest();
    expect(await seen.placesOf(openai.apiKey)).toEqual(['header authorization']);
    expect(await seen.placesOf('pk-of-ben')).toEqual([]);
    expect((await gateway.lines(1)).at(-1)?.request_id).toBe(record?.request_id);
  });

  test('reaches a channel whose id no header can carry', async () => {
    const id = '渠道 & 100%';
    const models = ['of-its-own'];
    const own = documentOf({}, { [id]: aChannel('openai', openai.url, openai.apiKey, { models }) });
    const other = cleanUp.closing(await startGateway(own));
    const response = await adminClient(other).fetch('/proxy-keys/ann-key/try', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ model: 'of-its-own', text: 'Hi!', channel: id }),
    });
    const end = eventsIn(await response.text()).at(-1);
    expect(end).toMatchObject({ type: 'end', record: { channel: id, status: 200 } });
  });

  test('speaks the language of the channel’s platform', async () => {
    const { words, record } = await tried('ann-key', {
      model: 'claude-stand-in',
      text: 'hello',
      channel: 'anthropic',
    });
    expect([words, record?.endpoint]).toEqual(['You said: hello', '/v1/messages']);
  });

  test('is told word by word, and ends at the platform when the reader leaves', async () => {
    openai.passOver();
    const answer = await post('ann-key', { model: 'slow-stand-in', text: 'one two', channel: 'openai' });
    const reader = answer.body?.getReader();
    const seen = await openai.nextRequest();
    let told = '';
    const until = async (words: string): Promise<void> => {
      while (!told.includes(words)) told += new TextDecoder().decode((await reader?.read())?.value);
    };
    seen.pace.release();
    await until('"You said:"');
    expect(told).not.toContain('one');
    seen.pace.release();
    await until('" one"');
    await reader?.cancel();
    await seen.closed;
    expect((await gateway.lines(3)).at(-1)).toMatchObject({ key_id: 'ann-key', outcome: 'partial' });
  });
});

describe('a test request that meets trouble', () => {
  test('tells what the platform refused, and what the gateway did', async () => {
    const platform = await tried('ann-key', { model: 'error-503', text: 'x', channel: 'openai' });
    expect(platform.events).toMatchObject([
      { type: 'head', status: 503 },
      { type: 'failed' },
      { type: 'end', record: { outcome: 'platform_error' } },
    ]);
    const own = await tried('old-key', { model: 'gpt-stand-in', text: 'x' });
    expect(own.events).toMatchObject([
      { type: 'head', status: 403 },
      { type: 'failed', code: 'proxy_key_disabled' },
      { type: 'end', record: { outcome: 'client_error' } },
    ]);
  });

  test('is audited with its model, and refused for keys that the proxy does not know', async () => {
    const { body } = await admin.get<{ items: object[] }>('/audit?action=proxy_key.try&target=ben-key');
    expect(body.items).toMatchObject([{ details: { model: 'gpt-stand-in', channel: 'openai' } }]);
    for (const id of ['nobody', 'unset-key']) {
      expect((await post(id, { model: 'm', text: 'x' })).status).toBe(404);
      expect((await admin.get(`/proxy-keys/${id}/channels`)).status).toBe(404);
    }
    expect((await post('ben-key', { model: '', text: 'x' })).status).toBe(422);
  });

  test('reaches a proxy with a certificate of its own', async () => {
    const folder = await tempFolder();
    cleanUp.add(() => folder.remove());
    const { cert, key } = selfSigned('proxy.invalid');
    const tls = { cert: join(folder.path, 'cert.pem'), key: join(folder.path, 'key.pem') };
    await Promise.all([writeFile(tls.cert, cert), writeFile(tls.key, key)]);
    const secure = cleanUp.closing(await startGateway(documentOf({ proxy: { tls } })));
    const answer = await adminClient(secure).fetch('/proxy-keys/ben-key/try', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ model: 'gpt-stand-in', text: 'x', channel: 'openai' }),
    });
    expect(eventsIn(await answer.text())[0]).toMatchObject({ type: 'head', status: 200 });
  });
});

describe('where a key leads', () => {
  test('is told best first, without what is disabled or not permitted', async () => {
    const { body } = await admin.get('/proxy-keys/ann-key/channels');
    expect(body).toEqual({
      items: [
        { id: 'anthropic', name: 'anthropic', platform: 'anthropic', models: ['claude-sonnet-4-6'] },
        { id: 'openai', name: 'openai', platform: 'openai', models: ['gpt-stand-in'] },
      ],
    });
    const own = await admin.get<{ items: readonly { id: string }[] }>('/proxy-keys/ben-key/channels');
    expect(own.body.items.map(({ id }) => id)).toEqual(['openai']);
  });

  test('is told of the demo too, and the demo answers', async () => {
    await admin.post('/demo');
    const { body } = await admin.get('/proxy-keys/aiproxy-demo/channels');
    expect(body).toMatchObject({ items: [{ id: 'aiproxy-demo', name: 'Demo platform', models: ['demo'] }] });
    const { words } = await tried('aiproxy-demo', { model: 'demo', text: 'Hi!', channel: 'aiproxy-demo' });
    expect(words).toContain('You said: Hi!');
  });
});
