import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type AdminClient, type AdminErrorBody, adminClient } from '../support/admin-client.ts';
import { createCleanUp } from '../support/clean-up.ts';
import { aChannel, aDocument, aUser } from '../support/document-fixtures.ts';
import { type OpenConsole, openConsole } from '../support/open-console.ts';
import { RESOURCES } from '../support/resource-samples.ts';

type Item = Record<string, unknown>;

const cleanUp = createCleanUp();
let opened: OpenConsole;
let admin: AdminClient;
beforeAll(async () => {
  const document = aDocument({
    users: { owner: aUser() },
    channels: { there: aChannel('openai', 'http://127.0.0.1:1', 'channel-key-of-there') },
  });
  opened = await openConsole(cleanUp, { document });
  admin = adminClient(opened);
});
afterAll(cleanUp.run);

const updated = ({ updated_at }: Item): Item => (updated_at === undefined ? {} : { updated_at });

/** How to come by a record of a resource. */
function handling({ path, whole }: (typeof RESOURCES)[number]) {
  const at = (id: unknown): string => `/${path}/${encodeURIComponent(String(id))}`;
  const create = async (): Promise<string> => {
    const { status, body } = await admin.post<Item>(`/${path}`, whole);
    expect([status, body]).toEqual([201, body]);
    return String(body.id);
  };
  return { at, create, remove: (id: string) => admin.delete(`${at(id)}?force=true`) };
}

describe.each(RESOURCES)('$path', (resource) => {
  const { path, section, idStart, whole, seen, patch } = resource;
  const { at, create, remove } = handling(resource);

  test('are created, read, listed, changed, replaced and deleted', async () => {
    const created = await admin.post<Item>(`/${path}`, whole);
    expect(created).toMatchObject({ status: 201, body: { ...whole, ...seen, id: expect.any(String) } });
    const id = String(created.body.id);
    if (idStart !== null) expect(id).toMatch(new RegExp(`^${idStart}[\\w-]{16}$`));
    expect(created.headers.get('location')).toBe(`/api/v1${at(id)}`);

    const read = await admin.get<Item>(at(id));
    expect([read.status, read.etag]).toEqual([200, created.etag]);
    const list = await admin.get<{ items: Item[]; total: number }>(`/${path}`);
    expect(list.body.items).toContainEqual(read.body);

    const changed = await admin.patch<Item>(at(id), patch);
    expect(changed.body).toMatchObject({ ...read.body, ...patch, ...updated(changed.body) });
    expect(changed.etag).not.toBe(read.etag);

    const { id: _, ...record } = whole as Item;
    const replaced = await admin.put<Item>(at(id), record);
    expect(replaced.body).toEqual({ ...read.body, ...updated(replaced.body) });
    expect((await admin.get(at(id))).body).toEqual(replaced.body);

    expect((await remove(id)).status).toBe(204);
    expect((await admin.get(at(id))).status).toBe(404);
    expect(opened.store.get(section, id)).toBeNull();
  });

  test('are audited with who, what and which members, without their secrets', async () => {
    const from = opened.audited.length;
    const id = await create();
    await admin.patch(at(id), patch);
    await remove(id);
    const entries = opened.audited.slice(from);
    expect(entries.map(({ action, target }) => [action.replace(/^.*\./, ''), target])).toEqual([
      ['create', id],
      ['update', id],
      ['delete', id],
    ]);
    const [member = '', after] = Object.entries(patch)[0] ?? [];
    expect(entries[1]?.changes).toContainEqual({ member, after, before: (whole as Item)[member] ?? null });
    expect(entries[0]?.actor).toEqual({ kind: 'run_token', address: '127.0.0.1' });
    expect(JSON.stringify(entries)).not.toMatch(/pk-|channel-key/);
  });

  test('that do not exist answer 404 to everything', async () => {
    for (const answer of [
      await admin.get(at('nobody')),
      await admin.put(at('nobody'), { ...whole, id: 'nobody' }),
      await admin.patch(at('nobody'), patch),
      await admin.delete(at('nobody')),
    ]) {
      expect(answer.status).toBe(404);
    }
  });
});

describe.each(RESOURCES)('$path', (resource) => {
  const { path, whole, patch, bad, slip, nearest } = resource;
  const { at, create, remove } = handling(resource);

  test('are refused with the place where they do not fit, and nothing is changed', async () => {
    const id = await create();
    const before = opened.store.current;
    const [member = ''] = Object.keys(bad);
    for (const answer of [
      await admin.post<AdminErrorBody>(`/${path}`, { ...whole, ...bad, id: 'another' }),
      await admin.put<AdminErrorBody>(at(id), { ...whole, ...bad, id }),
      await admin.patch<AdminErrorBody>(at(id), bad),
    ]) {
      expect([answer.status, answer.body.error.code]).toEqual([422, 'validation_failed']);
      expect(answer.body.error.param).toBe(member);
      expect(answer.body.error.issues).toEqual([{ path: member, message: expect.any(String) }]);
    }
    expect(opened.store.current).toBe(before);
    await remove(id);
  });

  test('are refused with the nearest name where a member is unknown', async () => {
    const id = await create();
    const { status, body } = await admin.patch<AdminErrorBody>(at(id), slip);
    expect(status).toBe(422);
    expect(body.error.issues?.[0]?.message).toContain(`did you mean "${nearest}"?`);
    await remove(id);
  });

  test('are not overwritten by who has seen an older version', async () => {
    const id = await create();
    const { etag } = await admin.get(at(id));
    const newer = await admin.patch(at(id), patch, { 'if-match': String(etag) });
    expect(newer.status).toBe(200);
    const before = opened.store.current;
    const stale = { 'if-match': String(etag) };
    for (const answer of [
      await admin.patch<AdminErrorBody>(at(id), patch, stale),
      await admin.put<AdminErrorBody>(at(id), { ...whole, id }, stale),
      await admin.delete<AdminErrorBody>(`${at(id)}?force=true`, stale),
    ]) {
      expect([answer.status, answer.etag]).toEqual([412, newer.etag]);
      expect(answer.body.error).toMatchObject({ code: 'precondition_failed', current: newer.body });
    }
    expect(opened.store.current).toBe(before);
    expect((await admin.delete(at(id), { 'if-match': `"other", ${newer.etag}` })).status).toBe(204);
  });

  test('that exist are not created again', async () => {
    const id = await create();
    const { status, body } = await admin.post<AdminErrorBody>(`/${path}`, { ...whole, id });
    expect([status, body.error.code]).toEqual([409, 'conflict']);
    await remove(id);
  });
});
