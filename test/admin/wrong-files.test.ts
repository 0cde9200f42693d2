import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type AdminClient, type AdminErrorBody, adminClient } from '../support/admin-client.ts';
import { createCleanUp } from '../support/clean-up.ts';
import { aDocument, aUser } from '../support/document-fixtures.ts';
import { startGateway } from '../support/start-gateway.ts';

const cleanUp = createCleanUp();
let admin: AdminClient;
beforeAll(async () => {
  admin = adminClient(cleanUp.closing(await startGateway(aDocument({ users: { ann: aUser() } }))));
});
afterAll(cleanUp.run);

interface WithIssues {
  readonly error: AdminErrorBody['error'] & {
    readonly issues: readonly { readonly path: string; readonly message: string }[];
  };
}

const imported = (name: string, content: string) =>
  admin.post<WithIssues>('/import', { files: [{ name, content }] });

describe('a file that is no configuration', () => {
  test.each([
    ['a megabyte of quotes', 'x.yaml', '"'.repeat(300_000)],
    ['a table', 'x.yaml', 'name;mail: x, "y\n'.repeat(5_000)],
    ['as JSON', 'x.json', '"'.repeat(300_000)],
    ['nested without end', 'x.json', '['.repeat(300_000)],
    ['nested without end, as YAML', 'x.yaml', '['.repeat(20_000)],
    ['a tag of a million letters', 'x.yaml', '!'.repeat(1_000_000)],
    [
      'a member of a million letters twice',
      'x.json',
      `{"${'a'.repeat(500_000)}":1,"${'a'.repeat(500_000)}":1}`,
    ],
    ['unknown users', 'x.yaml', `users:\n${'  a: b\n'.repeat(5_000)}`],
  ])('is answered with its first mistakes: %s', async (_, name, content) => {
    const { status, body, text } = await imported(name, content).then((answer) => ({
      ...answer,
      text: JSON.stringify(answer.body),
    }));
    expect(status).toBe(422);
    expect(text.length).toBeLessThan(20_000);
    expect(body.error.issues.length).toBeLessThanOrEqual(22);
    expect(body.error.issues.length).toBeGreaterThan(0);
  });

  test('is told with how many more mistakes there are', async () => {
    const users = Object.fromEntries(Array.from({ length: 500 }, (_, n) => [`u${n}`, { status: 7 }]));
    const { status, body } = await imported('users.json', JSON.stringify({ users }));
    expect(status).toBe(422);
    expect(body.error.issues.at(-1)?.message).toMatch(/^\d{3} more mistakes$/);
  });

  test.each([
    ['an alias that holds itself', 'users: &u {x: *u}'],
    ['one in a list', 'users: &u [*u]'],
    ['two that hold each other', 'a: &a {b: &b {a: *a, b: *b}}'],
    [
      'aliases that multiply',
      `a0: &a0 [x, x]\n${Array.from({ length: 30 }, (_, n) => `a${n + 1}: &a${n + 1} [*a${n}, *a${n}]`).join('\n')}`,
    ],
  ])('is refused in a plain sentence: %s', async (_, content) => {
    const { status, body } = await imported('users.yaml', content);
    expect(status).toBe(422);
    expect(body.error.message).toMatch(/not valid YAML: .*alias/i);
  });
});

describe('a body that nobody could mean', () => {
  test('with tens of thousands of unknown members is answered with the first of them', async () => {
    const body = Object.fromEntries(Array.from({ length: 50_000 }, (_, n) => [`member${n}`, n]));
    const answer = await admin.post<WithIssues>('/users', body);
    expect(answer.status).toBe(422);
    expect(answer.body.error.issues.length).toBeLessThanOrEqual(21);
    expect(answer.body.error.issues.at(-1)?.message).toMatch(/^\d+ more mistakes$/);
  });

  test.each([
    ['a member of a million letters', { ['x'.repeat(1_000_000)]: 1 }],
    ['a channel of a million letters', { name: 'Ann', channels: ['x'.repeat(1_000_000)] }],
    [
      'a hundred thousand channels that are not there',
      { name: 'Ann', channels: Array.from({ length: 100_000 }, (_, n) => `c${n}`) },
    ],
  ])('is answered shortly: %s', async (_, body) => {
    const { status, body: answer } = await admin.post<WithIssues>('/users', body);
    expect(status).toBe(422);
    expect(JSON.stringify(answer).length).toBeLessThan(20_000);
  });

  test.each([
    ['nested half a million times', '['.repeat(500_000) + ']'.repeat(500_000)],
    ['of a million values', `[${'1,'.repeat(1_000_000)}1]`],
  ])('is refused before it is parsed: %s', async (_, body) => {
    const headers = { 'content-type': 'application/json' };
    const response = await admin.fetch('/users', { method: 'POST', headers, body });
    expect(response.status).toBe(422);
    expect(await response.text()).toMatch(/nested too deeply|more than 200000 values/);
  });
});
