import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { mergePatch } from '../../src-main/core/merge-patch.ts';
import { RECORD_SCHEMAS } from '../../src-main/core/validate-sections.ts';
import { type AdminClient, type AdminErrorBody, adminClient } from '../support/admin-client.ts';
import { anyJson } from '../support/arbitrary-document.ts';
import { createCleanUp } from '../support/clean-up.ts';
import { aChannel, aDocument, aKey, aUser } from '../support/document-fixtures.ts';
import { rounds } from '../support/long-run.ts';
import { type OpenConsole, openConsole } from '../support/open-console.ts';
import { RESOURCES } from '../support/resource-samples.ts';

const cleanUp = createCleanUp();
let opened: OpenConsole;
let admin: AdminClient;
beforeAll(async () => {
  const document = aDocument({
    users: { owner: aUser(), sample: aUser() },
    proxy_keys: { sample: aKey('owner', 'pk-of-sample') },
    groups: { sample: {} },
    channels: {
      there: aChannel('openai', 'http://127.0.0.1:1', 'channel-key-of-there'),
      sample: aChannel('openai', 'http://127.0.0.1:1', 'channel-key-of-sample'),
    },
    prices: { sample: { input: 1 } },
  });
  opened = await openConsole(cleanUp, { document });
  admin = adminClient(opened);
});
afterAll(cleanUp.run);

/** What the server sets whatever is sent. */
const STAMPS: ReadonlySet<string> = new Set(['created_at', 'updated_at', 'admin_token_hash']);

interface Forbidden {
  readonly member: string;
  readonly value: unknown;
}

/** Members of a schema with values it does not take, with and without the nulls that a merge patch takes out. */
function forbidden(schema: z.ZodObject): fc.Arbitrary<Forbidden> {
  const members = Object.entries(schema.shape).filter(([name]) => !STAMPS.has(name));
  return fc.constantFrom(...members).chain(([member, inner]) => {
    const fits = (value: unknown) => inner instanceof z.ZodType && inner.safeParse(value).success;
    return anyJson
      .filter((value) => value !== null && !fits(value) && !fits(mergePatch(undefined, value)))
      .map((value) => ({ member, value }));
  });
}

/** A name that no schema knows; those that begin with an underscore are notes. */
const strange = fc
  .string({ minLength: 1, maxLength: 12, unit: 'grapheme' })
  .filter((name) => !name.startsWith('_') && name !== 'id');

function unknown(schema: z.ZodObject): fc.Arbitrary<Forbidden> {
  return strange
    .filter((name) => !Object.hasOwn(schema.shape, name) && !STAMPS.has(name))
    .chain((member) => anyJson.filter((value) => value !== null).map((value) => ({ member, value })));
}

type Answer = Awaited<ReturnType<typeof admin.post<AdminErrorBody>>>;

/** Every answer names the member, and the document is the very same. */
async function expectRefused(member: string, asks: readonly (() => Promise<Answer>)[]): Promise<void> {
  const before = opened.store.current;
  for (const ask of asks) {
    const { status, body } = await ask();
    expect([status, body.error.code]).toEqual([422, 'validation_failed']);
    const paths = body.error.issues?.map(({ path }) => path) ?? [];
    expect(paths.some((path) => path === member || path.startsWith(`${member}.`))).toBe(true);
  }
  expect(opened.store.current).toBe(before);
}

describe('any request that the contract forbids is refused with its place and changes nothing', () => {
  test.each(RESOURCES)('$path', async ({ path, section, whole }) => {
    const schema = RECORD_SCHEMAS[section];
    await fc.assert(
      fc.asyncProperty(fc.oneof(forbidden(schema), unknown(schema)), async ({ member, value }) => {
        const record = { ...whole, [member]: value };
        await expectRefused(member, [
          () => admin.post(`/${path}`, { ...record, id: 'new' }),
          () => admin.put(`/${path}/sample`, { ...record, id: 'sample' }),
          () => admin.patch(`/${path}/sample`, { [member]: value }),
        ]);
      }),
      { numRuns: rounds(20, 1_000) },
    );
    expect(opened.faults).toEqual([]);
  });

  test('the settings', async () => {
    const schema = RECORD_SCHEMAS.system;
    await fc.assert(
      fc.asyncProperty(fc.oneof(forbidden(schema), unknown(schema)), ({ member, value }) =>
        expectRefused(member, [() => admin.patch('/system', { [member]: value })]),
      ),
      { numRuns: rounds(20, 1_000) },
    );
  });
});
