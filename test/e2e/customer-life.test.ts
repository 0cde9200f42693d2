import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import OpenAI, { AuthenticationError, PermissionDeniedError } from 'openai';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { AuditEntry } from '../../src-main/contract/audit.ts';
import type { UsageFigures } from '../../src-main/contract/statistics.ts';
import type { RequestPage } from '../../src-main/core/control-ports.ts';
import { type AdminClient, type AdminErrorBody, adminClient } from '../support/admin-client.ts';
import { createCleanUp } from '../support/clean-up.ts';
import { aDocument } from '../support/document-fixtures.ts';
import { type OpenAiStandIn, startOpenAi } from '../support/stand-ins/openai.ts';
import { type Gateway, startGateway } from '../support/start-gateway.ts';

const PLAIN_REQUESTS = 3;
const STREAMED_REQUESTS = 2;
const REQUESTS = PLAIN_REQUESTS + STREAMED_REQUESTS;

/** What the platform counted by itself, in the words of the statistics. */
interface Count {
  requests: number;
  tokens_in: number;
  tokens_out: number;
}

type Item = UsageFigures & Readonly<Record<string, unknown>>;
type Row = Readonly<Record<string, string>>;

const cleanUp = createCleanUp();
let gateway: Gateway;
let platform: OpenAiStandIn;
let admin: AdminClient;
let user: string;
let key: { readonly id: string; readonly key: string };
let channel: string;
let sdk: OpenAI;
let answeredId = '';

beforeAll(async () => {
  platform = cleanUp.closing(await startOpenAi({ apiKey: 'canary-channel-key' }));
  gateway = cleanUp.closing(await startGateway(aDocument({})));
});
afterAll(() => cleanUp.run());

/** Creates a record and gives its answer. */
async function create<T>(path: string, record: object): Promise<T> {
  const { status, body } = await admin.post<T>(path, record);
  expect([status, body]).toMatchObject([201, {}]);
  return body;
}

const chat = (content: string) => ({ model: 'gpt-stand-in', messages: [{ role: 'user' as const, content }] });

async function countOfPlatform(): Promise<Count> {
  const count: Count = { requests: 0, tokens_in: 0, tokens_out: 0 };
  for (const seen of platform.requests) {
    const { usage } = await seen.answered;
    count.requests += 1;
    count.tokens_in += usage.tokens_in ?? 0;
    count.tokens_out += usage.tokens_out ?? 0;
  }
  return count;
}

// The tests are the chapters of one life, in order.
describe('the life of a customer', () => {
  it('begins with an admin who signs in', async () => {
    admin = await adminClient(gateway).signIn();
    expect((await admin.get('/status')).status).toBe(200);
  });

  it('goes on with a channel, a user and a key, which is shown this once', async () => {
    ({ id: channel } = await create<{ id: string }>('/channels', {
      name: 'The platform',
      platform: 'openai',
      base_url: platform.url,
      api_key: platform.apiKey,
      allow_private: true,
    }));
    ({ id: user } = await create<{ id: string }>('/users', {
      name: 'Customer, "Inc."',
      channels: [channel],
    }));
    key = await create('/proxy-keys', { user, name: 'first key' });
    expect(key.key).toMatch(/^pk-/);
    const { body } = await admin.get<{ key: string }>(`/proxy-keys/${key.id}`);
    expect(body.key).toBe(`***${key.key.slice(-4)}`);
  });

  it('is served at once through the official SDK, plain and streaming, with the key of the channel', async () => {
    sdk = new OpenAI({ baseURL: `${gateway.proxyUrl}/v1`, apiKey: key.key, maxRetries: 0 });
    for (let n = 0; n < PLAIN_REQUESTS; n += 1) {
      const { response } = await sdk.chat.completions.create(chat(`question ${n}`)).withResponse();
      answeredId = response.headers.get('x-aiproxy-request-id') ?? '';
    }
    for (let n = 0; n < STREAMED_REQUESTS; n += 1) {
      const stream = await sdk.chat.completions.create({ ...chat(`stream ${n}`), stream: true });
      let text = '';
      for await (const chunk of stream) text += chunk.choices[0]?.delta.content ?? '';
      expect(text).not.toBe('');
    }
    for (const seen of platform.requests) {
      expect(await seen.placesOf(platform.apiKey)).toHaveLength(1);
      expect(await seen.placesOf(key.key)).toEqual([]);
    }
  });
});

describe('what a customer has used', () => {
  it.each(['users', 'keys', 'channels', 'endpoints', 'models'])(
    'is counted by %s as the platform counts',
    async (path) => {
      const expected = await countOfPlatform();
      expect(expected).toMatchObject({ requests: REQUESTS });
      const { body } = await admin.get<{ items: Item[]; total: UsageFigures }>(`/statistics/${path}`);
      expect(body.total).toMatchObject({ ...expected, success: REQUESTS });
      expect(body.items).toHaveLength(1);
      expect(body.items[0]).toMatchObject({ ...expected, success: REQUESTS });
    },
  );

  it('is counted over time, and without an error', async () => {
    const { body: timeline } = await admin.get<{ items: Item[] }>('/statistics/timeline');
    expect(timeline.items.reduce((sum, item) => sum + item.requests, 0)).toBe(REQUESTS);
    expect((await admin.get<{ items: Item[] }>('/statistics/errors')).body.items).toEqual([]);
  });

  it('stands in the CSV with its name, and as the platform has counted', async () => {
    const response = await admin.fetch('/statistics/export?by=user,channel,model,protocol,hour');
    const rows = parse(await response.text(), { bom: true, columns: true }) as Row[];
    const sum = (name: string) => rows.reduce((all, row) => all + Number(row[name]), 0);
    const { requests, tokens_in, tokens_out } = await countOfPlatform();
    expect([sum('requests'), sum('tokens_in'), sum('tokens_out')]).toEqual([requests, tokens_in, tokens_out]);
    const names = new Set(rows.map(({ user_name, channel_name }) => `${user_name}|${channel_name}`));
    expect([...names]).toEqual(['Customer, "Inc."|The platform']);
  });

  it('is found in the request log, by user and by the id that the answer carried', async () => {
    const { body } = await admin.get<RequestPage>(`/requests?user=${user}&limit=500`);
    expect(body.items).toHaveLength(REQUESTS);
    const { body: one } = await admin.get<RequestPage['items'][number]>(`/requests/${answeredId}`);
    expect(one).toMatchObject({ request_id: answeredId, user, key_id: key.id, channel, status: 200 });
  });
});

describe('the end of a customer', () => {
  it('begins with its being disabled, which the next request feels and the platform does not', async () => {
    expect((await admin.patch(`/users/${user}`, { status: 'disabled' })).status).toBe(200);
    await expect(sdk.chat.completions.create(chat('again'))).rejects.toThrow(PermissionDeniedError);
    expect(platform.requests).toHaveLength(REQUESTS);
    const { body } = await admin.get<{ items: Item[] }>('/statistics/errors');
    expect(body.items).toMatchObject([{ outcome: 'client_error', error: 'user_disabled', requests: 1 }]);
  });

  it('is its deletion, which takes its keys along where that is asked for', async () => {
    const { status, body } = await admin.delete<AdminErrorBody>(`/users/${user}`);
    expect([status, body.error.affected]).toEqual([409, { proxy_keys: [key.id] }]);
    expect((await admin.delete(`/users/${user}?force=true`)).status).toBe(204);
    for (const path of [`/users/${user}`, `/proxy-keys/${key.id}`])
      expect((await admin.get(path)).status).toBe(404);
    await expect(sdk.chat.completions.create(chat('again'))).rejects.toThrow(AuthenticationError);
    expect(platform.requests).toHaveLength(REQUESTS);
  });
});

describe('what remains of a customer', () => {
  it('are its statistics, under its id and the name it had', async () => {
    const { body } = await admin.get<{ items: Item[] }>('/statistics/users');
    expect(body.items.find((item) => item.user === user)).toMatchObject({
      name: 'Customer, "Inc."',
      requests: REQUESTS + 1,
      success: REQUESTS,
    });
  });

  it('is every step in the audit log', async () => {
    const { body } = await admin.get<{ items: AuditEntry[] }>('/audit?limit=500');
    const steps = body.items.toReversed().map(({ action, target }) => [action, target]);
    expect(steps).toEqual([
      ['session.begin', expect.stringMatching(/^ses_/)],
      ['channel.create', channel],
      ['user.create', user],
      ['proxy_key.create', key.id],
      ['user.update', user],
      ['user.delete', user],
    ]);
  });

  it('is no secret in a log or in the statistics', async () => {
    await gateway.stop();
    const secrets = [key.key, platform.apiKey, gateway.runToken];
    for (const folder of ['logs', 'usage']) {
      const path = join(gateway.dataDir, folder);
      const entries = await readdir(path, { recursive: true, withFileTypes: true });
      const files = entries.filter((entry) => entry.isFile());
      expect(files.length).toBeGreaterThan(0);
      for (const file of files) {
        const text = await readFile(join(file.parentPath, file.name), 'utf8');
        for (const secret of secrets) expect(text).not.toContain(secret);
        expect(text).not.toMatch(/\bas-[\w-]{20}/);
      }
    }
  });
});
