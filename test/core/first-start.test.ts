import { describe, expect, test } from 'vitest';
import { type Document, DocumentSchema, emptyDocument } from '../../src-main/contract/document.ts';
import { FIRST_START_BYTES, firstStartRecords, needsFirstStart } from '../../src-main/core/first-start.ts';

const NOW = '2026-01-02T03:04:05Z';
const bytes = (seed: number) =>
  Uint8Array.from({ length: FIRST_START_BYTES }, (_, index) => (index * 7 + seed) % 256);

function documentWith(part: Partial<Document>): Document {
  return { ...emptyDocument(), ...part };
}

describe('the first start', () => {
  test('makes a token and a key of 192 bits each, which differ', () => {
    const { adminToken, adminKey } = firstStartRecords(emptyDocument(), bytes(1), NOW);
    expect(adminToken).toMatch(/^at-[A-Za-z0-9_-]{32}$/);
    expect(adminKey).toMatch(/^pk-[A-Za-z0-9_-]{32}$/);
    expect(adminToken.slice(3)).not.toBe(adminKey.slice(3));
  });

  test('makes records that a document accepts: the user admin, with a key for all channels', () => {
    const { user, proxyKey, adminKey } = firstStartRecords(emptyDocument(), bytes(2), NOW);
    const document = documentWith({
      users: { [user.id]: user.record },
      proxy_keys: { [proxyKey.id]: proxyKey.record },
    });
    expect(DocumentSchema.parse(document)).toEqual(document);
    expect(user).toMatchObject({ id: 'admin', record: { channels: '*', status: 'active' } });
    expect(proxyKey.record).toMatchObject({ key: adminKey, user: 'admin' });
    expect(proxyKey.record.channels).toBeUndefined();
  });

  test('is over once the hash of a token is stored, also after the user admin was deleted', () => {
    expect(needsFirstStart(emptyDocument())).toBe(true);
    expect(needsFirstStart(documentWith({ system: { admin_token_hash: 'a'.repeat(64) } }))).toBe(false);
  });

  test('leaves an imported user of the name admin alone', () => {
    const document = documentWith({
      users: { admin: { name: 'imported' } },
      proxy_keys: { admin: { key: 'pk_imported', user: 'admin' } },
    });
    const { user, proxyKey } = firstStartRecords(document, bytes(3), NOW);
    expect(user.id).toMatch(/^usr_[A-Za-z0-9_-]{16}$/);
    expect(proxyKey.id).toMatch(/^key_[A-Za-z0-9_-]{16}$/);
    expect(proxyKey.record.user).toBe(user.id);
  });

  test('that was interrupted is done again over its own records', () => {
    const { user, proxyKey } = firstStartRecords(emptyDocument(), bytes(4), NOW);
    const half = documentWith({
      users: { [user.id]: user.record },
      proxy_keys: { [proxyKey.id]: proxyKey.record },
    });
    const again = firstStartRecords(half, bytes(5), NOW);
    expect([again.user.id, again.proxyKey.id]).toEqual([user.id, proxyKey.id]);
    expect(again.adminKey).not.toBe(proxyKey.record.key);
  });
});
