import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { AuditEntry } from '../../src-main/contract/audit.ts';
import type { AdminErrorBody } from '../support/admin-client.ts';
import { createCleanUp } from '../support/clean-up.ts';
import { type OneCustomer, startOneCustomer } from '../support/one-customer.ts';

const cleanUp = createCleanUp();
let customer: OneCustomer;

beforeAll(async () => {
  customer = await startOneCustomer(cleanUp);
  await customer.admin.as('wrong-token').get('/status');
  const session = await customer.admin.signIn();
  await session.delete('/session');
});
afterAll(() => cleanUp.run());

interface AuditPage {
  readonly items: readonly AuditEntry[];
  readonly next: string | null;
}
const list = (query = '') => customer.admin.get<AuditPage>(`/audit${query}`);
const actions = async (query: string) => (await list(query)).body.items.map((entry) => entry.action);

describe('GET /audit', () => {
  it('tells what admins did, newest first, and from where', async () => {
    const { status, body } = await list();
    expect(status).toBe(200);
    expect(body.items.map((entry) => entry.action)).toEqual([
      'session.end',
      'session.begin',
      'session.refuse',
    ]);
    for (const entry of body.items) expect(entry.actor.address).toMatch(/^(127\.0\.0\.1|::1)$/);
  });

  it('finds by action, text and time', async () => {
    expect(await actions('?action=session.begin')).toEqual(['session.begin']);
    expect(await actions('?text=REFUSE')).toEqual(['session.refuse']);
    expect(await actions('?target=usr_1')).toEqual([]);
    expect(await actions('?end_time=2026-01-01T00:00:00Z')).toEqual([]);
    expect(await actions('?start_time=2026-01-01T00:00:00Z&limit=1')).toEqual(['session.end']);
  });

  it('goes on where a page ended', async () => {
    const { next } = (await list('?limit=1')).body;
    expect(await actions(`?limit=1&cursor=${next}`)).toEqual(['session.begin']);
  });

  it('holds neither the token nor the session', async () => {
    const text = JSON.stringify((await list()).body);
    expect(text).not.toContain(customer.gateway.runToken);
    expect(text).not.toMatch(/wrong-token|as-/);
  });

  it.each(['limit=0', 'cursor=x', 'start_time=now', 'user=usr_1'])('refuses %s', async (query) => {
    const { status, body } = await customer.admin.get<AdminErrorBody>(`/audit?${query}`);
    expect([status, body.error.code]).toEqual([422, 'validation_failed']);
  });
});
