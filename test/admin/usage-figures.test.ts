import { parse } from 'csv-parse/sync';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { UsageFigures } from '../../src-main/contract/statistics.ts';
import { type AdminClient, adminClient } from '../support/admin-client.ts';
import { createCleanUp } from '../support/clean-up.ts';
import { aChannel, aDocument, aKey, aUser } from '../support/document-fixtures.ts';
import { startOpenAi } from '../support/stand-ins/openai.ts';
import { type Gateway, startGateway } from '../support/start-gateway.ts';

/** What any Proxy-Key can do with a model's name. */
const HOSTILE_MODEL = 'a\n=HYPERLINK("http://evil.test")';
const HOSTILE_NAMES = [
  'Bob\n=cmd|x',
  'Bob\r@x',
  'Bob\u2028+1',
  'Bob\u0085-1',
  'Bob\u000b=1',
  '\u200b=1',
  '\u0000=1',
];

const cleanUp = createCleanUp();
let gateway: Gateway;
let admin: AdminClient;

const ask = async (key: string, model: string): Promise<void> => {
  const answer = await fetch(`${gateway.proxyUrl}/v1/chat/completions`, {
    method: 'POST',
    headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
    body: JSON.stringify({ model, messages: [{ role: 'user', content: 'hello' }] }),
  });
  await answer.text();
};

beforeAll(async () => {
  const platform = cleanUp.closing(await startOpenAi());
  const hostile = HOSTILE_NAMES.map((name, n) => [`usr_${n}`, aUser({ name })] as const);
  gateway = cleanUp.closing(
    await startGateway(
      aDocument({
        users: {
          ann: aUser({ name: 'Ann Li', contact: { email: 'ann@example.com' } }),
          gone: aUser({ name: '张三 Gone', contact: { email: 'gone@example.com' } }),
          ...Object.fromEntries(hostile),
        },
        proxy_keys: {
          'ann-key': aKey('ann', 'pk-test-ann', { name: 'laptop' }),
          'gone-key': aKey('gone', 'pk-test-gone', { name: 'desktop' }),
          ...Object.fromEntries(hostile.map(([id], n) => [`key_${n}`, aKey(id, `pk-test-${n}`)])),
        },
        channels: { openai: aChannel('openai', platform.url, platform.apiKey) },
        // 0.1 of something that has no exact binary form for each token.
        prices: { priced: { input: 100_000, output: 100_000, currency: 'EUR' } },
      }),
    ),
  );
  admin = adminClient(gateway);
  for (let at = 0; at < 3; at++) await ask('pk-test-ann', 'priced');
  await ask('pk-test-ann', 'unpriced');
  await ask('pk-test-gone', HOSTILE_MODEL);
  for (const [n] of HOSTILE_NAMES.entries()) await ask(`pk-test-${n}`, HOSTILE_MODEL);
});
afterAll(() => cleanUp.run());

type Row = Readonly<Record<string, string>>;

async function csv(query: string): Promise<{ rows: Row[]; text: string; disposition: string }> {
  const response = await admin.fetch(`/statistics/export?${query}`);
  expect(response.status).toBe(200);
  const text = await response.text();
  // Any line end ends a record here that is not quoted, as in spreadsheet programs.
  const rows = parse(text, { bom: true, columns: true, record_delimiter: ['\r\n', '\n', '\r'] }) as Row[];
  return { rows, text, disposition: response.headers.get('content-disposition') ?? '' };
}

describe('a CSV of usage', () => {
  it('has one row for each group and no cell that begins a formula, whatever ends lines in names and models', async () => {
    const { rows } = await csv('by=user,model');
    expect(rows).toHaveLength(HOSTILE_NAMES.length + 3);
    const models = rows.map((row) => row.model);
    expect(models.filter((model) => model === HOSTILE_MODEL)).toHaveLength(HOSTILE_NAMES.length + 1);
    for (const cell of rows.flatMap((row) => Object.values(row))) {
      expect(cell).not.toMatch(/^[\s\p{Cc}\p{Cf}]*[=+@-]/u);
    }
  });

  it('tells costs exactly and durations to the microsecond, as plain decimals', async () => {
    const { rows } = await csv('by=user,hour');
    const ann = rows.find((row) => row.user === 'ann');
    const priced = await admin.get<{ items: { tokens_total: number }[] }>('/statistics/models?model=priced');
    expect(ann?.cost).toBe(((priced.body.items[0]?.tokens_total ?? 0) / 10).toString());
    for (const row of rows) {
      for (const name of ['latency_ms_sum', 'latency_ms_mean', 'latency_ms_p50', 'latency_ms_p99', 'seconds'])
        expect(row[name], name).toMatch(/^\d+(\.\d{1,6})?$/);
      expect(Number(row.tokens_total)).toBe(Number(row.tokens_in) + Number(row.tokens_out));
    }
  });

  it('has an empty cost where nothing has a price, a currency beside the others, and counts what is not in it', async () => {
    const { rows } = await csv('by=model');
    const told = Object.fromEntries(rows.map((row) => [row.model, [row.cost, row.currency, row.unpriced]]));
    expect(told.unpriced).toEqual(['', '', '1']);
    expect(told.priced?.slice(1)).toEqual(['EUR', '0']);
    const byUser = (await csv('by=user')).rows.find((row) => row.user === 'ann');
    expect([byUser?.cost, byUser?.unpriced]).toEqual([told.priced?.[0], '1']);
  });

  it('names what it is narrowed to in each row and in the name of the file', async () => {
    const { rows, disposition } = await csv('by=model&user=ann');
    expect(rows.map(({ user, user_name, user_email }) => [user, user_name, user_email])).toEqual([
      ['ann', 'Ann Li', 'ann@example.com'],
      ['ann', 'Ann Li', 'ann@example.com'],
    ]);
    expect(disposition).toMatch(/filename="aiproxy-usage-[\d-]+-user-Ann_Li\.csv"/);
    const usersName = (await csv('by=day&user=usr_0')).disposition;
    expect(usersName).toMatch(/filename="aiproxy-usage-[\d-]+-user-Bob_cmd_x\.csv"$/);
    expect((await csv('by=day&user=gone')).disposition).toMatch(
      /-user-_+Gone\.csv"; filename\*=UTF-8''aiproxy-usage-[\d-]+-user-%E5%BC%A0%E4%B8%89_Gone\.csv$/,
    );
    const several = await csv('by=day&user=ann&user=gone&outcome=success');
    expect(several.rows.map(({ user, outcome }) => [user, outcome])).toEqual([['ann, gone', 'success']]);
    expect(several.disposition).toContain('-2-users-outcome-success.csv');
  });
});

describe('unpriced use', () => {
  it('has no cost in the statistics, rather than none to pay', async () => {
    const one = async (query: string) =>
      (await admin.get<{ total: UsageFigures; currency: string }>(`/statistics/${query}`)).body;
    expect(await one('summary?model=unpriced')).toMatchObject({
      currency: 'EUR',
      total: { requests: 1, cost: null, unpriced: 1 },
    });
    expect((await one('timeline?model=unpriced')).total).toMatchObject({ cost: null, unpriced: 1 });
    const { total } = await one('summary?user=ann');
    expect(total).toMatchObject({ requests: 4, unpriced: 1 });
    expect(total.cost).toBeGreaterThan(0);
  });
});

describe('a user that was deleted', () => {
  it('keeps its name, and its keys theirs, in statistics, files and the log, also after a restart', async () => {
    await admin.delete('/users/gone?force=true');
    const { rows } = await csv('by=user,key');
    const told = rows.find((row) => row.user === 'gone');
    expect([told?.user_name, told?.key_name]).toEqual(['张三 Gone', 'desktop']);
    const listed = await admin.get<{ items: { user: string; name: string }[] }>(
      '/statistics/users?user=gone',
    );
    expect(listed.body.items).toMatchObject([{ user: 'gone', name: '张三 Gone' }]);
    const names = await admin.get('/names?user=gone&user=nobody&key=gone-key');
    expect(names.body).toMatchObject({ users: { gone: '张三 Gone' }, keys: { 'gone-key': 'desktop' } });
    expect(names.body).not.toMatchObject({ users: { nobody: null } });
    await gateway.stop();
    const { dataDir } = gateway;
    gateway = cleanUp.closing(await startGateway(aDocument({}), { dataDir }));
    admin = adminClient(gateway);
    expect((await csv('by=user')).rows.find((row) => row.user === 'gone')?.user_name).toBe('张三 Gone');
  });
});
