import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { GoogleGenAI } from '@google/genai';
import OpenAI, { NotFoundError, toFile } from 'openai';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Document } from '../../src-main/contract/document.ts';
import { createCleanUp } from '../support/clean-up.ts';
import { aChannel, aDocument, aKey, aUser } from '../support/document-fixtures.ts';
import { startGemini } from '../support/stand-ins/gemini.ts';
import { type OpenAiAccounts, startOpenAiAccounts } from '../support/stand-ins/openai-accounts.ts';
import { type Gateway, startGateway } from '../support/start-gateway.ts';

const cleanUp = createCleanUp();
afterEach(cleanUp.run);

/** So many that a draw between two channels, or a turn among keys, does not find the right one each time by chance. */
const TIMES = 8;

async function eachTime(check: () => Promise<void>): Promise<void> {
  for (let time = 0; time < TIMES; time += 1) await check();
}
const PROXY_KEYS = { ann: 'pk-of-ann', bob: 'pk-of-bob' } as const;

let west: OpenAiAccounts;
let east: OpenAiAccounts;
let gateway: Gateway;

const documentOf = (channels: Document['channels']): Document =>
  aDocument({
    users: { ann: aUser(), bob: aUser() },
    proxy_keys: { 'key-ann': aKey('ann', PROXY_KEYS.ann), 'key-bob': aKey('bob', PROXY_KEYS.bob) },
    channels,
  });

function openAiChannels(): Document['channels'] {
  const equal = { priority: 1, weight: 1 };
  const { api_key: _, ...several } = aChannel('openai', east.url, '', equal);
  return {
    west: aChannel('openai', west.url, west.apiKey, equal),
    east: { ...several, api_keys: [...east.apiKeys] },
  };
}

const clientOf = (user: keyof typeof PROXY_KEYS, at: Gateway = gateway, headers = {}): OpenAI =>
  new OpenAI({
    apiKey: PROXY_KEYS[user],
    baseURL: `${at.proxyUrl}/v1`,
    maxRetries: 0,
    defaultHeaders: headers,
  });

const someFile = async () => ({
  file: await toFile(Buffer.from('{}'), 'a.jsonl'),
  purpose: 'batch' as const,
});

/** A file of Ann's on that channel. */
async function fileOn(channel: string): Promise<string> {
  const chooses = clientOf('ann', gateway, { 'x-aiproxy-channel': channel });
  return (await chooses.files.create(await someFile())).id;
}

beforeEach(async () => {
  west = cleanUp.closing(await startOpenAiAccounts('west', ['channel-key-west']));
  east = cleanUp.closing(
    await startOpenAiAccounts('east', ['channel-key-east-1', 'channel-key-east-2', 'channel-key-east-3']),
  );
  gateway = cleanUp.closing(await startGateway(documentOf(openAiChannels())));
});

describe('an id that a platform handed out', () => {
  it('leads a file to its account until it is deleted', () =>
    eachTime(async () => {
      const client = clientOf('ann');
      const { id } = await client.files.create(await someFile());
      expect((await client.files.retrieve(id)).id).toBe(id);
      expect(await (await client.files.content(id)).text()).toBe(`content of ${id}`);
      expect((await client.files.delete(id)).deleted).toBe(true);
    }));

  it('leads a response, and what continues it, to its account', () =>
    eachTime(async () => {
      const client = clientOf('ann');
      const first = await client.responses.create({ model: 'gpt-stand-in', input: 'one' });
      expect((await client.responses.retrieve(first.id)).id).toBe(first.id);
      const second = await client.responses.create({
        model: 'gpt-stand-in',
        input: 'two',
        previous_response_id: first.id,
      });
      expect((await client.responses.retrieve(second.id)).id).toBe(second.id);
    }));

  it('is learned from the first event of a stream', () =>
    eachTime(async () => {
      const client = clientOf('ann');
      let id = '';
      for await (const event of await client.responses.create({
        model: 'gpt-stand-in',
        input: 'one',
        stream: true,
      }))
        if (event.type === 'response.created') id = event.response.id;
      expect((await client.responses.retrieve(id)).id).toBe(id);
    }));

  it('leads a batch to its input file, and its output file to the batch', () =>
    eachTime(async () => {
      const client = clientOf('ann');
      const file = await client.files.create(await someFile());
      const { id } = await client.batches.create({
        input_file_id: file.id,
        endpoint: '/v1/chat/completions',
        completion_window: '24h',
      });
      const { output_file_id } = await client.batches.retrieve(id);
      expect((await client.files.retrieve(output_file_id ?? '')).id).toBe(output_file_id);
    }));

  it('leads a stored chat completion to its account', () =>
    eachTime(async () => {
      const client = clientOf('ann');
      const { id } = await client.chat.completions.create({ model: 'gpt', messages: [], store: true });
      expect((await client.chat.completions.retrieve(id)).id).toBe(id);
    }));
});

describe('such an id', () => {
  it('is kept for nothing that is not stored', async () => {
    const client = clientOf('ann');
    await client.chat.completions.create({ model: 'gpt', messages: [] });
    await client.responses.create({ model: 'gpt', input: 'one', store: false });
    await gateway.stop();
    await expect(readFile(join(gateway.dataDir, 'state', 'bound-ids.jsonl'))).rejects.toThrow('ENOENT');
  });

  it('is unknown to another user, and neither platform hears of it', async () => {
    const id = await fileOn('west');
    const seen = [west.requests.length, east.requests.length];
    const refused = await clientOf('bob')
      .files.retrieve(id)
      .catch((error: unknown) => error);
    expect(refused).toBeInstanceOf(NotFoundError);
    expect(refused).toMatchObject({ code: 'not_found' });
    const continued = clientOf('bob').batches.create({
      input_file_id: id,
      endpoint: '/v1/responses',
      completion_window: '24h',
    });
    await expect(continued).rejects.toThrow(NotFoundError);
    const spelled = await fetch(`${gateway.proxyUrl}/v1/files/${id.replace('-', '%2D')}`, {
      headers: { authorization: `Bearer ${PROXY_KEYS.bob}` },
    });
    expect(spelled.status).toBe(404);
    expect([west.requests.length, east.requests.length]).toEqual(seen);
  });

  it('contradicts a channel that the client chose', async () => {
    const id = await fileOn('west');
    const chooses = (channel: string) => clientOf('ann', gateway, { 'x-aiproxy-channel': channel });
    await expect(chooses('east').files.retrieve(id)).rejects.toMatchObject({ code: 'not_found' });
    expect((await chooses('west').files.retrieve(id)).id).toBe(id);
  });
});

describe('a binding', () => {
  it('holds after a restart, with the same key of a channel that has several', async () => {
    const ids = [await fileOn('west'), await fileOn('east'), await fileOn('east'), await fileOn('east')];
    await gateway.stop();
    const again = cleanUp.closing(
      await startGateway(documentOf(openAiChannels()), { dataDir: gateway.dataDir }),
    );
    for (const id of ids) expect((await clientOf('ann', again).files.retrieve(id)).id).toBe(id);
    await expect(clientOf('bob', again).files.retrieve(ids[0] ?? '')).rejects.toThrow(NotFoundError);
  });

  it('keeps no key in its file', async () => {
    await fileOn('west');
    await gateway.stop();
    const text = await readFile(join(gateway.dataDir, 'state', 'bound-ids.jsonl'), 'utf8');
    expect(text).toContain('"id":"files/file-west-1"');
    for (const key of [...west.apiKeys, ...east.apiKeys, PROXY_KEYS.ann]) expect(text).not.toContain(key);
  });

  it('to a channel that the key may no longer use leads nowhere', async () => {
    const id = await fileOn('west');
    await gateway.stop();
    const key = aKey('ann', PROXY_KEYS.ann, { channels: [{ id: 'east' }] });
    const document = documentOf(openAiChannels());
    await gateway.edit({ ...document, proxy_keys: { 'key-ann': key } });
    const again = cleanUp.closing(await startGateway(document, { dataDir: gateway.dataDir }));
    await expect(clientOf('ann', again).files.retrieve(id)).rejects.toMatchObject({ code: 'not_found' });
    expect((await clientOf('ann', again).files.create(await someFile())).id).toMatch(/^file-east-/);
  });
});

describe('an upload to Gemini in pieces', () => {
  it('stays with the account that opened it', () =>
    eachTime(async () => {
      const north = cleanUp.closing(await startGemini({ apiKey: 'channel-key-north' }));
      const south = cleanUp.closing(await startGemini({ apiKey: 'channel-key-south' }));
      const equal = { priority: 1, weight: 1 };
      const channels = {
        north: aChannel('gemini', north.url, north.apiKey, equal),
        south: aChannel('gemini', south.url, south.apiKey, equal),
      };
      const uploads = cleanUp.closing(await startGateway(documentOf(channels)));
      const httpOptions = { baseUrl: uploads.proxyUrl };
      const client = new GoogleGenAI({ apiKey: PROXY_KEYS.ann, httpOptions });
      const file = await client.files.upload({
        file: new Blob(['hello']),
        config: { mimeType: 'text/plain' },
      });
      expect(file.state).toBe('ACTIVE');
    }));
});
