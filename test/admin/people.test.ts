import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import { afterEach, describe, expect, test } from 'vitest';
import type { ProxyKey, User } from '../../src-main/contract/document.ts';
import type { PeopleCounts, PlannedPerson } from '../../src-main/contract/people.ts';
import { type AdminErrorBody, adminClient } from '../support/admin-client.ts';
import { createCleanUp } from '../support/clean-up.ts';
import { aChannel, aDocument } from '../support/document-fixtures.ts';
import { startOpenAi } from '../support/stand-ins/openai.ts';
import { startGateway } from '../support/start-gateway.ts';

const cleanUp = createCleanUp();
afterEach(() => cleanUp.run());

interface Answer {
  readonly done: boolean;
  readonly counts: PeopleCounts;
  readonly new_groups: readonly string[];
  readonly rows: readonly PlannedPerson[];
  readonly hand_out: string | null;
}

async function room() {
  const platform = cleanUp.closing(await startOpenAi());
  const gateway = cleanUp.closing(
    await startGateway(
      aDocument({
        channels: { main: aChannel('openai', platform.url, platform.apiKey) },
        groups: { interns: { name: 'Interns', channels: ['main'], models: ['mini-*'] } },
        users: { bob: { name: 'Bob', channels: ['main'] } },
      }),
    ),
  );
  const client = adminClient(gateway);
  const send = (body: object) => client.post<Answer & AdminErrorBody>('/users/import', body);
  const items = async <T>(path: string) =>
    (await client.get<{ items: (T & { id: string })[] }>(`${path}?per_page=500`)).body.items;
  return {
    gateway,
    client,
    send,
    // Without those of the first start.
    users: async () => (await items<User>('/users')).filter(({ id }) => id !== 'admin'),
    keys: async () => (await items<ProxyKey>('/proxy-keys')).filter(({ user }) => user !== 'admin'),
  };
}

const LIST =
  'Name;E-mail;Group\nAnn Li;ann@example.com;Interns\n"=1+1";evil@example.com;interns\nBob;bob@example.com;\n';

describe('people from a spreadsheet', () => {
  test('are told their fate first, and nothing is written', async () => {
    const { send, users } = await room();
    const { status, body } = await send({ text: LIST, dry_run: true, keys: true });
    expect([status, body.done, body.hand_out]).toEqual([200, false, null]);
    expect(body.rows.map(({ row, fate }) => [row, fate])).toEqual([
      [2, 'new'],
      [3, 'new'],
      [4, 'changed'],
    ]);
    expect(await users()).toHaveLength(1);
  });

  test('get users and keys that work, and one list to hand out, without formulas', async () => {
    const { gateway, send, users, keys } = await room();
    const expires = '2099-01-01T00:00:00Z';
    const { body } = await send({ text: LIST, keys: true, expires_at: expires });
    expect(body.counts).toMatchObject({ new: 2, changed: 1, keys: 3, mistake: 0, without_channels: 0 });
    const handed: Record<string, string>[] = parse(body.hand_out ?? '', { columns: true, bom: true });
    expect(handed.map(({ name, email, base_url }) => [name, email, base_url])).toEqual([
      ['Ann Li', 'ann@example.com', gateway.proxyUrl],
      ["'=1+1", 'evil@example.com', gateway.proxyUrl],
      ['Bob', 'bob@example.com', gateway.proxyUrl],
    ]);
    expect((await users()).find(({ id }) => id === 'bob')?.contact).toEqual({ email: 'bob@example.com' });
    expect((await keys()).map(({ expires_at }) => expires_at)).toEqual([expires, expires, expires]);
    for (const { key } of handed) {
      const answer = await fetch(`${gateway.proxyUrl}/v1/chat/completions`, {
        method: 'POST',
        headers: { authorization: `Bearer ${key}` },
        body: '{"model":"mini-1","messages":[]}',
      });
      expect(answer.status).toBe(200);
    }
  });

  test('done twice, change nothing and make no second key', async () => {
    const { send } = await room();
    await send({ text: LIST, keys: true });
    const { body } = await send({ text: LIST, keys: true });
    expect(body.counts).toMatchObject({ new: 0, changed: 0, same: 3, keys: 0 });
    expect(body.hand_out).toBeNull();
  });
});

describe('rows of a spreadsheet', () => {
  test('are all refused where one is wrong, and the others taken where that is wanted', async () => {
    const { send, users } = await room();
    const text = `name,email\n${'Dan,nowhere\n'.repeat(25)}Eve,eve@example.com\n`;
    const { status, body } = await send({ text });
    expect(status).toBe(422);
    expect(body.error.issues).toHaveLength(21);
    expect(body.error.issues?.[0]).toEqual({ path: 'row 2', message: '"nowhere" is not an e-mail address' });
    expect(body.error.issues?.at(-1)?.message).toBe('and 5 more');
    expect(await users()).toHaveLength(1);
    const taken = await send({ text, skip_mistakes: true });
    expect(taken.body.counts).toMatchObject({ new: 1, mistake: 25 });
    expect((await users()).map(({ name }) => name)).toContain('Eve');
  });

  test('bring their groups along, which lead to the channels that were chosen', async () => {
    const { client, send } = await room();
    const text = '姓名\t部门\t用户组\n张三\t研发\t平台组\n李四\t研发\t平台组\n';
    expect((await send({ text })).body.error.issues?.[0]?.message).toBe('there is no group "平台组"');
    const { body } = await send({ text, make_groups: true, channels: ['main'] });
    expect([body.new_groups, body.counts.new]).toEqual([['平台组'], 2]);
    const { body: groups } = await client.get<{ items: { name: string; channels: string[] }[] }>('/groups');
    expect(groups.items).toContainEqual(expect.objectContaining({ name: '平台组', channels: ['main'] }));
  });

  test('are audited, one by one and together, and the list of keys is stored nowhere', async () => {
    const { gateway, client, send } = await room();
    const { body } = await send({ text: LIST, keys: true });
    const audit = await client.get<{ items: { action: string; details?: object }[] }>('/audit?limit=50');
    const actions = audit.body.items.map(({ action }) => action).toSorted();
    expect(actions).toEqual(
      expect.arrayContaining(['people.import', 'proxy_key.create', 'user.create', 'user.update']),
    );
    const logs = join(gateway.dataDir, 'logs');
    const texts = await Promise.all((await readdir(logs)).map((name) => readFile(join(logs, name), 'utf8')));
    const keys: Record<string, string>[] = parse(body.hand_out ?? '', { columns: true, bom: true });
    for (const { key = '' } of keys) expect(texts.some((text) => text.includes(key))).toBe(false);
  });
});

describe('the file of a spreadsheet', () => {
  test('is read in any encoding, but not as a workbook', async () => {
    const { send } = await room();
    const file = Buffer.from('\uFEFF姓名\t邮箱\n王芳\twang@example.com\n', 'utf16le').toString('base64');
    expect((await send({ file, dry_run: true })).body.rows[0]).toMatchObject({ name: '王芳', fate: 'new' });
    const workbook = Buffer.from('PK\u0003\u0004rest').toString('base64');
    const refused = await send({ file: workbook, dry_run: true });
    expect([refused.status, refused.body.error.message]).toEqual([
      422,
      expect.stringContaining('save it as CSV'),
    ]);
  });

  test.each([
    ['', 'there are no rows'],
    ['name,email\n', 'there are no rows below'],
    ['department,email\nSales,a@b.c', 'no column is called name'],
    ['name\n"Ann', 'a quotation mark is not closed'],
    [`name\n${'Ann\n'.repeat(10_001)}`, 'more than 10000 rows'],
    [`name\n"${'x\n'.repeat(20_000)}`, 'a quotation mark is not closed'],
  ])('is refused in plain words where it is no list of people: %#', async (text, words) => {
    const { send } = await room();
    const { status, body } = await send({ text, dry_run: true });
    expect([status, body.error.message]).toEqual([422, expect.stringContaining(words)]);
  });

  test('may have two thousand rows, taken in one commit', async () => {
    const { send, client } = await room();
    const rows = Array.from({ length: 2000 }, (_, at) => `Person ${at},p${at}@example.com,Interns`);
    const { body } = await send({ text: `name,email,group\n${rows.join('\n')}`, keys: true });
    expect(body.counts).toMatchObject({ new: 2000, keys: 2000 });
    expect((await client.get<{ total: number }>('/proxy-keys?search=Person')).body.total).toBe(2000);
  });
});
