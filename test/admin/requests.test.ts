import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { LoggedRequest } from '../../src-main/contract/logged-request.ts';
import type { RequestPage } from '../../src-main/core/control-ports.ts';
import type { AdminErrorBody } from '../support/admin-client.ts';
import { createCleanUp } from '../support/clean-up.ts';
import { CUSTOMER_KEY, type OneCustomer, SECOND_KEY, startOneCustomer } from '../support/one-customer.ts';

const cleanUp = createCleanUp();
let customer: OneCustomer;
/** In the order in which they were sent. */
const ids: string[] = [];

beforeAll(async () => {
  customer = await startOneCustomer(cleanUp);
  ids.push(
    await customer.chat(),
    await customer.chat({ stream: true }),
    await customer.chat({ key: SECOND_KEY, model: 'other-model' }),
    await customer.chat({ key: 'pk-nobody' }),
  );
});
afterAll(() => cleanUp.run());

const list = (query = '') => customer.admin.get<RequestPage>(`/requests${query}`);
const found = async (query: string) => {
  const { status, body } = await list(query);
  expect(status).toBe(200);
  return body.items.map((item) => ids.indexOf(item.request_id));
};

describe('GET /requests', () => {
  it('lists what was just answered, newest first', async () => {
    const id = await customer.chat();
    ids.push(id);
    const { body } = await list();
    expect(body.items.map((item) => item.request_id)).toEqual([...ids].reverse());
    expect(body.next).toBeNull();
  });

  it('answers with lines that fit its description, without a key', async () => {
    const { body } = await list();
    for (const item of body.items) expect(LoggedRequest.strict().safeParse(item).error).toBeUndefined();
    expect(JSON.stringify(body)).not.toMatch(new RegExp(`${CUSTOMER_KEY}|${SECOND_KEY}|pk-nobody`));
  });

  it.each([
    ['user=usr_2', [2]],
    ['user=', [3]],
    ['key_id=key_2', [2]],
    ['channel=ch_1&user=usr_2', [2]],
    ['model=other-model', [2]],
    ['endpoint=%2Fv1%2Fchat%2Fcompletions&protocol=sse', [1]],
    ['outcome=client_error', [3]],
    ['outcome=failure', [3]],
    ['outcome=platform_error,client_error', [3]],
    ['outcome=aborted&outcome=client_error', [3]],
    ['outcome=success,failure&user=usr_2', [2]],
    ['status=401', [3]],
    ['error_code=invalid_proxy_key', [3]],
    ['text=OTHER-mod', [2]],
    ['text=nothing-has-this', []],
    ['end_time=2026-01-01T00:00:00Z', []],
  ])('finds by %s', async (query, expected) => {
    expect(await found(`?${query}`)).toEqual(expected);
  });

  it('takes an offset whose plus was not encoded', async () => {
    expect(await found('?start_time=2026-01-01T00:00:00+08:00&user=usr_2')).toEqual([2]);
  });

  it('goes through the log page by page', async () => {
    const first = await list('?limit=3');
    const second = await list(`?limit=3&cursor=${first.body.next}`);
    const all = [...first.body.items, ...second.body.items].map((item) => item.request_id);
    expect(all).toEqual([...ids].reverse());
  });

  it.each([
    ['limit=0', 'limit'],
    ['limit=501', 'limit'],
    ['limit=ten', 'limit'],
    ['limit=1&limit=2', 'limit'],
    ['status=20', 'status'],
    ['outcome=good', 'outcome'],
    ['outcome=failure,good', 'outcome'],
    ['outcome=', 'outcome'],
    ['protocol=ftp', 'protocol'],
    ['start_time=yesterday', 'start_time'],
    ['text=', 'text'],
    ['cursor=garbage', null],
    ['usr=usr_1', null],
  ])('refuses %s and names it', async (query, param) => {
    const { status, body } = await customer.admin.get<AdminErrorBody>(`/requests?${query}`);
    expect([status, body.error.code]).toEqual([422, 'validation_failed']);
    if (param !== null) expect(body.error.param).toBe(param);
    expect(body.error.message).toContain(query.split('=')[0]);
  });
});

describe('GET /requests/{request_id}', () => {
  it('finds the request whose id an answer carried', async () => {
    const { status, body } = await customer.admin.get<RequestPage['items'][number]>(`/requests/${ids[1]}`);
    expect([status, body.request_id, body.protocol]).toEqual([200, ids[1], 'sse']);
  });

  it('answers 404 for an id that no request had', async () => {
    const { status, body } = await customer.admin.get<AdminErrorBody>('/requests/req_none');
    expect([status, body.error.code]).toEqual([404, 'not_found']);
  });
});
