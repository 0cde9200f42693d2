import { parse } from 'csv-parse/sync';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { UsageFigures } from '../../src-main/contract/statistics.ts';
import { type AdminClient, adminClient } from '../support/admin-client.ts';
import { createCleanUp } from '../support/clean-up.ts';
import { aChannel, aDocument, aKey, aUser } from '../support/document-fixtures.ts';
import { startOpenAi } from '../support/stand-ins/openai.ts';
import { type Gateway, startGateway } from '../support/start-gateway.ts';

/** What an admin may call a user, and how it may stand in a file. */
const NAMES: readonly [name: string, shown: string][] = [
  ['Doe, "Jane"', 'Doe, "Jane"'],
  ['two\r\nlines\nand more', 'two\r\nlines\nand more'],
  ['=cmd()', "'=cmd()"],
  ['+1', "'+1"],
  ['-1', "'-1"],
  ['@SUM(A1)', "'@SUM(A1)"],
  ['\t=1', "'\t=1"],
  ['\r=1', "'\r=1"],
  [' =1', "' =1"],
  ['＝1', "'＝1"],
  ['＋1', "'＋1"],
  ['－1', "'－1"],
  ['＠1', "'＠1"],
  ['👩‍💻 张三', '👩‍💻 张三'],
  ['שלום', 'שלום'],
  ["O'Brien; x", "O'Brien; x"],
  ['<script>alert(1)</script>', '<script>alert(1)</script>'],
  ['x'.repeat(10_000), 'x'.repeat(10_000)],
];
const FIGURES = [
  'requests',
  'success',
  'client_error',
  'bytes_in',
  'bytes_out',
  'tokens_in',
  'tokens_out',
] as const;

const cleanUp = createCleanUp();
let gateway: Gateway;
let admin: AdminClient;
/** What the platform itself counted. */
const platformCount = { requests: 0, tokens_in: 0, tokens_out: 0 };

beforeAll(async () => {
  const platform = cleanUp.closing(await startOpenAi());
  const users = NAMES.map(([name], n) => [`usr_${n}`, aUser({ name })] as const);
  const keys = NAMES.map((_, n) => [`key_${n}`, aKey(`usr_${n}`, `pk-test-${n}`)] as const);
  gateway = cleanUp.closing(
    await startGateway(
      aDocument({
        users: Object.fromEntries(users),
        proxy_keys: Object.fromEntries(keys),
        channels: { 'a,"channel"': aChannel('openai', platform.url, platform.apiKey) },
      }),
    ),
  );
  admin = adminClient(gateway);
  for (const [n] of NAMES.entries()) {
    const answer = await fetch(`${gateway.proxyUrl}/v1/chat/completions`, {
      method: 'POST',
      headers: { authorization: `Bearer pk-test-${n}`, 'content-type': 'application/json' },
      body: JSON.stringify({
        model: n % 2 === 0 ? 'gpt-stand-in' : '=HYPERLINK("http://evil.test")',
        messages: [{ role: 'user', content: 'hello '.repeat(n + 1) }],
      }),
    });
    await answer.text();
  }
  for (const seen of platform.requests) {
    const { usage } = await seen.answered;
    platformCount.requests += 1;
    platformCount.tokens_in += usage.tokens_in ?? 0;
    platformCount.tokens_out += usage.tokens_out ?? 0;
  }
});
afterAll(() => cleanUp.run());

type Row = Readonly<Record<string, string>>;

const fetchFile = async (query: string) => {
  const response = await admin.fetch(`/statistics/export?${query}`);
  expect(response.status).toBe(200);
  return { headers: response.headers, bytes: Buffer.from(await response.arrayBuffer()) };
};
// Without options for types, every cell is a text.
const csv = async (query: string): Promise<Row[]> =>
  parse((await fetchFile(query)).bytes, { bom: true, columns: true, record_delimiter: '\r\n' }) as Row[];
const sum = (rows: readonly Readonly<Record<string, unknown>>[], name: string) =>
  rows.reduce((all, row) => all + Number(row[name]), 0);
const total = async (): Promise<UsageFigures> =>
  (await admin.get<{ total: UsageFigures }>('/statistics/summary')).body.total;

describe('usage as CSV', () => {
  it('is UTF-8 that says so, with CRLF at the end of every row, to be saved as a file', async () => {
    const { headers, bytes } = await fetchFile('by=user');
    expect(headers.get('content-type')).toBe('text/csv; charset=utf-8; header=present');
    expect(headers.get('content-disposition')).toMatch(
      /^attachment; filename="aiproxy-usage-\d{4}-\d\d-\d\d-\d{4}-\d\d-\d\d\.csv"$/,
    );
    expect([...bytes.subarray(0, 3)]).toEqual([0xef, 0xbb, 0xbf]);
    expect(bytes.toString().endsWith('\r\n')).toBe(true);
  });

  it('begins with the names of its columns, which stay the same', async () => {
    const { bytes } = await fetchFile('by=user,channel,hour&percentiles=50,99.9');
    expect(bytes.toString().slice(1).split('\r\n')[0]).toBe(
      'period,user,user_name,channel,channel_name,requests,success,client_error,platform_error,gateway_error,aborted,' +
        'partial,bytes_in,bytes_out,tokens_in,tokens_out,tokens_cached,tokens_reasoning,tokens_total,characters,seconds,' +
        'cost,currency,unpriced,latency_ms_sum,success_rate,latency_ms_mean,latency_ms_p50,latency_ms_p99_9,user_email',
    );
  });

  it('has every name as it is, except that no spreadsheet runs it', async () => {
    const rows = await csv('by=user');
    const shown = new Map(rows.map((row) => [row.user, row.user_name]));
    for (const [n, [, expected]] of NAMES.entries()) expect(shown.get(`usr_${n}`)).toBe(expected);
  });

  it('has no cell that begins a formula, except numbers', async () => {
    for (const row of await csv('by=user,key,channel,model,endpoint,outcome,error,protocol,hour')) {
      for (const cell of Object.values(row)) expect(cell).not.toMatch(/^\s*[=+@＝＋－＠]|^\s*-(?![\d.])/);
    }
  });

  it.each([
    'user',
    'key',
    'channel',
    'model',
    'user,model,hour',
    'outcome,error',
    'endpoint,protocol,month',
    'day',
  ])('by %s adds up to what the API and the platform have counted', async (by) => {
    const [rows, counted] = [await csv(`by=${by}`), await total()];
    for (const figure of FIGURES) expect(sum(rows, figure)).toBe(counted[figure]);
    expect(sum(rows, 'requests')).toBe(NAMES.length);
    expect(sum(rows, 'tokens_in')).toBe(platformCount.tokens_in);
    expect(sum(rows, 'tokens_out')).toBe(platformCount.tokens_out);
    expect(platformCount.requests).toBe(NAMES.length);
  });

  it('adds up to /stats', async () => {
    const rows = await csv('by=user');
    expect(sum(rows, 'requests')).toBe((await gateway.stats()).total_requests);
  });

  it('has one row for all where nothing is grouped but the day, and only a header where nothing was used', async () => {
    expect(await csv('by=day')).toHaveLength(1);
    expect(await csv('by=day&start_time=2020-01-01T00:00:00Z&end_time=2020-03-01T00:00:00Z')).toEqual([]);
    const { bytes } = await fetchFile(
      'by=user&start_time=2020-01-01T00:00:00Z&end_time=2020-03-01T00:00:00Z',
    );
    expect(bytes.toString()).toMatch(/^\ufeffuser,user_name,.*\r\n$/);
  });

  it('is narrowed by the filters of the other statistics', async () => {
    const rows = await csv('by=user&user=usr_2&user=usr_3');
    expect(rows.map((row) => row.user).sort()).toEqual(['usr_2', 'usr_3']);
  });
});

describe('usage as JSON', () => {
  it('is an array of objects with the names of the columns, numbers as numbers and texts as they are', async () => {
    const { headers, bytes } = await fetchFile('by=user,hour&format=json');
    expect(headers.get('content-type')).toBe('application/json');
    // The format is what is tested.
    const rows = JSON.parse(bytes.toString()) as Readonly<Record<string, unknown>>[];
    expect(rows).toHaveLength(NAMES.length);
    expect(sum(rows, 'requests')).toBe(NAMES.length);
    expect(rows.find((row) => row.user === 'usr_2')).toMatchObject({ user_name: '=cmd()', requests: 1 });
  });

  it('is an empty array where nothing was used', async () => {
    const { bytes } = await fetchFile(
      'by=user&format=json&start_time=2020-01-01T00:00:00Z&end_time=2020-03-01T00:00:00Z',
    );
    expect(JSON.parse(bytes.toString())).toEqual([]);
  });
});
