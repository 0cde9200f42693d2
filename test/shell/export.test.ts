import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { UsageFigures } from '../../src-main/contract/statistics.ts';
import { run } from '../../src-main/shell/headless/main.ts';
import { createCleanUp } from '../support/clean-up.ts';
import { aDocument } from '../support/document-fixtures.ts';
import { type OneCustomer, startOneCustomer } from '../support/one-customer.ts';
import { tempFolder } from '../support/temp-folder.ts';
import { fakeTerminal } from './fake-terminal.ts';

const cleanUp = createCleanUp();
let customer: OneCustomer;

beforeEach(async () => {
  customer = await startOneCustomer(cleanUp);
});
afterEach(() => cleanUp.run());

type Row = Readonly<Record<string, string>>;

async function exported(...options: string[]) {
  const terminal = fakeTerminal();
  const code = await run(['export', 'usage', '--data-dir', customer.gateway.dataDir, ...options], terminal);
  return { code, ...terminal.printed };
}
const rowsOf = (text: string) => parse(text, { bom: true, columns: true }) as Row[];

/** Every file of a data folder with its content. */
async function filesOf(folder: string): Promise<Record<string, string>> {
  const names = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = names.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  return Object.fromEntries(
    await Promise.all(files.map(async (path) => [path, await readFile(path, 'base64')])),
  );
}

describe('export usage', () => {
  it('prints what a running program has counted', async () => {
    await customer.chat();
    await customer.chat({ model: 'm-two' });
    const { body } = await customer.admin.get<{ total: UsageFigures }>('/statistics/summary');
    const { code, out, err } = await exported('--by', 'user,model');
    expect([code, err]).toEqual([0, '']);
    const rows = rowsOf(out);
    expect(rows).toHaveLength(2);
    expect(rows[0]).toMatchObject({ user: 'usr_1', user_name: 'Alice', requests: '1' });
    expect(rows.reduce((sum, row) => sum + Number(row.tokens_in), 0)).toBe(body.total.tokens_in);
  });

  it('prints the same once the program has stopped, and changes nothing', async () => {
    await customer.chat();
    await customer.chat({ stream: true });
    await customer.gateway.lines(2);
    const whileRunning = await exported('--by', 'protocol,hour', '--format', 'json');
    await customer.gateway.stop();
    const before = await filesOf(customer.gateway.dataDir);
    const after = await exported('--by', 'protocol,hour', '--format', 'json');
    expect(JSON.parse(after.out)).toEqual(JSON.parse(whileRunning.out));
    expect(JSON.parse(after.out)).toHaveLength(2);
    expect(await filesOf(customer.gateway.dataDir)).toEqual(before);
  });

  it('is byte for byte what the admin API exports for the same range', async () => {
    await customer.chat();
    const end = new Date(Date.now() + 1000).toISOString();
    const start = new Date(Date.now() - 7_200_000).toISOString();
    const query = `by=user,hour&start_time=${start}&end_time=${end}`;
    const api = await (await customer.admin.fetch(`/statistics/export?${query}`)).arrayBuffer();
    const { out } = await exported('--by', 'user,hour', '--from', start, '--to', end);
    expect(out).toBe(Buffer.from(api).toString());
  });

  it('takes dates, the last of which is not in the range', async () => {
    await customer.chat();
    await customer.gateway.lines(1);
    const day = (ms: number) => new Intl.DateTimeFormat('en-CA').format(ms);
    const [today, tomorrow] = [day(Date.now()), day(Date.now() + 86_400_000)];
    expect(rowsOf((await exported('--by', 'user', '--from', today, '--to', tomorrow)).out)).toHaveLength(1);
    expect(
      rowsOf((await exported('--by', 'user', '--from', '2026-01-01', '--to', '2026-02-01')).out),
    ).toEqual([]);
  });

  it('fails where there is no data', async () => {
    const empty = await tempFolder();
    cleanUp.add(() => empty.remove());
    const { code, err } = await exported('--by', 'user', '--data-dir', empty.path);
    expect([code, err]).toEqual([1, `aiproxy: there is no usage in ${empty.path}\n`]);
  });

  it('ends quietly where nobody reads any more', async () => {
    await customer.chat();
    const terminal = fakeTerminal({ outBytes: async () => false });
    expect(
      await run(['export', 'usage', '--by', 'user', '--data-dir', customer.gateway.dataDir], terminal),
    ).toBe(0);
  });
});

describe('an export of what is gone', () => {
  it('has the names of a user and a key that were deleted, once the program has stopped too', async () => {
    await customer.chat();
    await customer.gateway.lines(1);
    await customer.admin.delete('/users/usr_1?force=true');
    await customer.gateway.stop();
    const { out } = await exported('--by', 'user,key');
    expect(rowsOf(out)).toMatchObject([{ user_name: 'Alice', key_name: 'laptop' }]);
  });

  it('has the names of those whom an editor took out of the file while the program ran', async () => {
    await customer.chat();
    await customer.gateway.lines(1);
    await customer.gateway.edit(aDocument({}));
    await expect.poll(async () => (await customer.admin.get('/users/usr_1')).status).toBe(404);
    const names = () => customer.admin.get<{ users: object }>('/names?user=usr_1');
    await expect.poll(async () => (await names()).body.users).toEqual({ usr_1: 'Alice' });
    expect(rowsOf((await exported('--by', 'user')).out)).toMatchObject([{ user_name: 'Alice' }]);
  });
});

describe('export is used wrongly', () => {
  it.each([
    [['export'], 'export what?'],
    [['export', 'users'], 'export what?'],
    [['export', 'usage'], '--by is missing'],
    [['export', 'usage', '--by', 'week'], '--by: there is no "week"'],
    [['export', 'usage', '--by', 'hour,day'], '--by: "day" is one too many'],
    [['export', 'usage', '--by', 'user', '--format', 'xls'], '--format must be csv or json'],
    [['export', 'usage', '--by', 'user', '--from', '2026-02-30'], '--from must be a date'],
    [['export', 'usage', '--by', 'user', '--to', 'now'], '--to must be a date'],
    [['export', 'usage', '--by', 'user', '--from', '2026-02-01', '--to', '2026-02-01'], '--to must be later'],
    [['export', 'usage', 'now', '--by', 'user'], 'export takes no "now"'],
  ])('by %j', async (argv, message) => {
    const terminal = fakeTerminal();
    const where = argv.length > 1 ? ['--data-dir', customer.gateway.dataDir] : [];
    expect(await run([...argv, ...where], terminal)).toBe(2);
    expect(terminal.printed.err).toContain(message);
  });
});
