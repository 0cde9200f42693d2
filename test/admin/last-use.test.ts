import { readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import { adminClient } from '../support/admin-client.ts';
import { createCleanUp } from '../support/clean-up.ts';
import { aDocument } from '../support/document-fixtures.ts';
import { CUSTOMER_KEY, type OneCustomer, SECOND_KEY, startOneCustomer } from '../support/one-customer.ts';
import { startGateway } from '../support/start-gateway.ts';

const cleanUp = createCleanUp();
afterEach(cleanUp.run);

interface Item {
  readonly id: string;
  readonly last_used_at?: string;
}
const used = async ({ gateway }: Pick<OneCustomer, 'gateway'>, path: string): Promise<string | undefined> =>
  (await adminClient(gateway).get<Item>(path)).body.last_used_at;
const fileOf = (dataDir: string): string => join(dataDir, 'state', 'last-use.json');

/** The same data folder, begun again. */
async function again(customer: OneCustomer): Promise<Pick<OneCustomer, 'gateway'>> {
  const { dataDir } = customer.gateway;
  await customer.gateway.stop();
  // The document is the folder's own.
  return { gateway: cleanUp.closing(await startGateway(aDocument({}), { dataDir })) };
}

describe('the last use', () => {
  test('of a user and a key is the time of their last request, and of nobody else', async () => {
    const customer = await startOneCustomer(cleanUp);
    expect(await used(customer, '/users/usr_1')).toBeUndefined();
    await customer.chat();
    const [line] = await customer.gateway.lines(1);
    const at = new Date(String(line?.time)).toISOString();
    for (const path of ['/users/usr_1', '/proxy-keys/key_1']) expect(await used(customer, path)).toBe(at);
    for (const path of ['/users/usr_2', '/proxy-keys/key_2'])
      expect(await used(customer, path)).toBeUndefined();
  });

  test('sorts the lists, those that were never used last', async () => {
    const customer = await startOneCustomer(cleanUp);
    await customer.chat({ key: SECOND_KEY });
    const ids = async (path: string) =>
      (await customer.admin.get<{ items: readonly Item[] }>(path)).body.items.map(({ id }) => id);
    expect(await ids('/proxy-keys?sort=-last_used_at')).toEqual(['key_2', 'admin', 'key_1']);
    expect((await ids('/users?sort=-last_used_at'))[0]).toBe('usr_2');
  });

  test('is stored in no record: what was read can be sent back', async () => {
    const customer = await startOneCustomer(cleanUp);
    await customer.chat();
    const { body } = await customer.admin.get<Item & { key: string; state: string }>('/proxy-keys/key_1');
    expect(body.state).toBe('active');
    const { key: _, ...rest } = body;
    expect((await customer.admin.put('/proxy-keys/key_1', { ...rest, state: 'expired' })).status).toBe(200);
    const text = await readFile(join(customer.gateway.dataDir, 'config', 'users.json'), 'utf8');
    expect(text).not.toMatch(/last_used_at|"state"/);
  });

  test('outlives a restart, in a private file', async () => {
    const customer = await startOneCustomer(cleanUp);
    await customer.chat();
    const before = await used(customer, '/users/usr_1');
    const after = await again(customer);
    expect(await used(after, '/users/usr_1')).toBe(before);
    if (process.platform !== 'win32')
      expect((await stat(fileOf(customer.gateway.dataDir))).mode & 0o777).toBe(0o600);
  });

  test.each(['a kill before it was written', 'damage of its file'])(
    'is read from the log after %s',
    async (what) => {
      const customer = await startOneCustomer(cleanUp);
      await customer.chat();
      const before = await used(customer, '/proxy-keys/key_1');
      const { dataDir } = customer.gateway;
      await customer.gateway.stop();
      const empty = { v: 1, writtenMs: Date.parse(before ?? ''), users: {}, keys: {} };
      await writeFile(fileOf(dataDir), what.startsWith('a kill') ? JSON.stringify(empty) : '{"v":');
      expect(await used(await again(customer), '/proxy-keys/key_1')).toBe(before);
    },
  );
});

describe('the end of a refused key', () => {
  const KEYS = [
    ['an unknown one of 20 characters', 'sk-0123456789abcd-XyZ', '-XyZ'],
    ['an unknown one of fewer', 'sk-0123456789abcXyZ', undefined],
    ['one that is no text of keys', `sk-0123456789abcdef-\u00e9\u00e9\u00e9`, undefined],
  ] as const;
  test.each(KEYS)('stands in the log: %s', async (_, key, end) => {
    const customer = await startOneCustomer(cleanUp);
    await customer.chat({ key });
    const [line] = await customer.gateway.lines(1);
    expect([line?.status, Reflect.get(Object(line), 'refused_key_end')]).toEqual([401, end]);
    if (end === undefined) return;
    expect(JSON.stringify(line)).not.toContain(key.slice(-5));
    const { body } = await customer.admin.get<{ items: unknown[] }>(`/requests?text=${end}`);
    expect(body.items).toEqual([expect.objectContaining({ refused_key_end: end })]);
  });

  test('stands nowhere of a channel’s own key, nor of a key that is known', async () => {
    const customer = await startOneCustomer(cleanUp);
    await customer.chat({ key: customer.platform.apiKey });
    await customer.chat({ key: CUSTOMER_KEY });
    for (const line of await customer.gateway.lines(2)) expect(line).not.toHaveProperty('refused_key_end');
  });
});
