import { parse } from 'csv-parse/sync';
import OpenAI from 'openai';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type AdminClient, adminClient } from '../support/admin-client.ts';
import { createCleanUp } from '../support/clean-up.ts';
import { dashboardInAPage } from '../support/dashboard-in-a-page.ts';
import { aChannel, aDocument } from '../support/document-fixtures.ts';
import { type OpenAiStandIn, startOpenAi } from '../support/stand-ins/openai.ts';
import { type Gateway, startGateway } from '../support/start-gateway.ts';

/** What admins and clients may call users, channels and models: ids, names and models alike. */
const AWKWARD = [
  '<img src=x onerror=alert(1)>',
  '=HYPERLINK("http:","x")',
  '+1;-1,@SUM(A1)|"quoted"',
  '👩🏽‍🚀 张三 ÿ',
  '\u202eשלום مرحبا\u202c',
  'constructor',
  '?a=b&c=%2e%2e#d',
] as const;
/** The longest that a name may be; no id may be as long. */
const LONG_NAME = '長'.repeat(500);

const cleanUp = createCleanUp();
afterAll(cleanUp.run);

let standIn: OpenAiStandIn;
let gateway: Gateway;
let admin: AdminClient;

/** Makes a user, a key and a channel of this name, and sends one request for a model of this name. */
async function live(awkward: string, name: string): Promise<void> {
  const channel = aChannel('openai', standIn.url, standIn.apiKey, { name });
  expect((await admin.post('/channels', { id: awkward, ...channel })).status).toBe(201);
  expect((await admin.post('/users', { id: awkward, name, channels: [awkward] })).status).toBe(201);
  const made = await admin.post<{ key: string }>('/proxy-keys', { id: awkward, user: awkward, name });
  expect(made.status).toBe(201);
  const client = new OpenAI({ baseURL: `${gateway.proxyUrl}/v1`, apiKey: made.body.key, maxRetries: 0 });
  const messages = [{ role: 'user' as const, content: 'Hello' }];
  const completion = await client.chat.completions.create({ model: awkward, messages });
  expect(completion.model).toBe(awkward);
}

beforeAll(async () => {
  standIn = cleanUp.closing(await startOpenAi());
  gateway = cleanUp.closing(await startGateway(aDocument({})));
  admin = adminClient(gateway);
  for (const [at, awkward] of AWKWARD.entries()) await live(awkward, at === 0 ? LONG_NAME : awkward);
  await gateway.lines(AWKWARD.length);
});

const nameOf = (awkward: string): string => (awkward === AWKWARD[0] ? LONG_NAME : awkward);

interface Items {
  readonly items: readonly Readonly<Record<string, unknown>>[];
}

it('stands as text in the rows of the public page', async () => {
  const body = await gateway.stats();
  const page = await dashboardInAPage(() => ({ status: 200, body }));
  const shown = page.rows().flat();
  for (const awkward of AWKWARD) expect(shown.join('\n')).toContain(nameOf(awkward));
  // Only texts are put into it: an element of a name's making would be none of the cells.
  expect(page.rows().map((cells) => cells.length)).toEqual(AWKWARD.map(() => 3));
});

describe.each(AWKWARD)('what is called %j', (awkward) => {
  const id = encodeURIComponent(awkward);

  it('is found under its id', async () => {
    for (const collection of ['users', 'channels', 'proxy-keys'])
      expect((await admin.get(`/${collection}/${id}`)).body).toMatchObject({
        id: awkward,
        name: nameOf(awkward),
      });
  });

  it('is counted under its id, with its name', async () => {
    for (const member of ['user', 'key', 'channel']) {
      const { body } = await admin.get<Items>(`/statistics/${member}s?${member}=${id}`);
      expect(body.items).toMatchObject([
        { [member]: awkward, name: nameOf(awkward), requests: 1, success: 1 },
      ]);
    }
    const { body } = await admin.get<Items>(`/statistics/models?model=${id}`);
    expect(body.items).toMatchObject([{ model: awkward, requests: 1 }]);
  });

  it('is found in the request log', async () => {
    const { body } = await admin.get<Items>(`/requests?user=${id}&channel=${id}&key_id=${id}&model=${id}`);
    expect(body.items).toMatchObject([{ user: awkward, channel: awkward, key_id: awkward, model: awkward }]);
  });

  it('is exported as it is, and as no formula', async () => {
    const query = `by=user,channel,model&user=${id}`;
    const json = await (await admin.fetch(`/statistics/export?${query}&format=json`)).json();
    expect(json).toMatchObject([
      { user: awkward, user_name: nameOf(awkward), channel: awkward, model: awkward },
    ]);
    const csv = await (await admin.fetch(`/statistics/export?${query}&format=csv`)).text();
    const rows: Record<string, string>[] = parse(csv, { bom: true, columns: true });
    for (const [member, value] of Object.entries({ user: awkward, channel: awkward, model: awkward }))
      expect([value, `'${value}`]).toContain(rows[0]?.[member]);
    for (const text of Object.values(rows[0] ?? {})) expect(text).not.toMatch(/^[=+\-@\t\r]/);
  });

  it('is audited', async () => {
    const { body } = await admin.get<Items>(`/audit?target=${id}`);
    const actions = body.items.map(({ action }) => action);
    expect(actions).toEqual(expect.arrayContaining(['user.create', 'channel.create', 'proxy_key.create']));
  });

  it('is deleted with what hangs on it', async () => {
    expect((await admin.delete(`/channels/${id}?force=true`)).status).toBe(204);
    expect((await admin.delete(`/users/${id}?force=true`)).status).toBe(204);
    expect((await admin.get(`/proxy-keys/${id}`)).status).toBe(404);
    const { body } = await admin.get<Items>(`/statistics/users?user=${id}`);
    expect(body.items).toMatchObject([{ user: awkward, name: nameOf(awkward), requests: 1 }]);
  });
});
