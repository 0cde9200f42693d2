import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { exampleKeyErrors, exampleKeyWarnings, isExampleKey } from '../../src-main/core/example-key.ts';
import { aDocument, aKey, aUser } from '../support/document-fixtures.ts';

const ROOT = new URL('../../', import.meta.url);

function documents(): string[] {
  const folders = ['docs/', 'docs/examples/', 'examples/', 'examples/folder/', 'examples/legacy/', ''];
  return folders.flatMap((folder) =>
    readdirSync(new URL(folder, ROOT))
      .filter((name) => /\.(?:md|ya?ml|json)$/.test(name) && !name.startsWith('package'))
      .map((name) => readFileSync(new URL(folder + name, ROOT), 'utf8')),
  );
}

describe('an example key', () => {
  it('is every Proxy-Key that is written out in the documentation', () => {
    const written = documents().flatMap((text) =>
      [...text.matchAll(/(?<![A-Za-z0-9-])pk[-_][a-z][a-z0-9_-]{3,}/g)].map(([key]) => key),
    );
    expect(written.length).toBeGreaterThan(5);
    for (const key of new Set(written)) expect(isExampleKey(key), key).toBe(true);
  });

  it.each(['pk-1f2e3d4c5b6a', 'pk-examplary', 'pk-of-ann', 'team-key', 'pk-yours-truly', 'replaced'])(
    'is not %s',
    (key) => expect(isExampleKey(key)).toBe(false),
  );
});

describe('a document with an example key', () => {
  const key = 'pk-replace-me-with-a-long-random-text';
  const withKey = (members: object = {}, value = key) =>
    aDocument({ users: { ann: aUser() }, proxy_keys: { own: { ...aKey('ann', value), ...members } } });

  it('is refused with a sentence that says how to make another', () => {
    const [issue] = exampleKeyErrors(withKey());
    expect(issue?.path).toEqual(['proxy_keys', 'own', 'key']);
    expect(issue?.message).toMatch(/example key.*openssl rand/);
  });

  it('may still be changed elsewhere, also by rotating the key', () => {
    expect(exampleKeyErrors(withKey({ status: 'disabled' }), withKey())).toEqual([]);
    const previous = [{ key, expires_at: '2026-01-01T00:00:00Z' }];
    expect(exampleKeyErrors(withKey({ previous }, 'pk-1f2e3d4c5b6a'), withKey())).toEqual([]);
  });

  it('is warned about where it stands in a variable, also as a former key', () => {
    const env = { OWN: key, GOOD: 'pk-1f2e3d4c5b6a' };
    const previous = [{ key: 'env:OWN', expires_at: '2026-01-01T00:00:00Z' }];
    const warnings = [
      ...exampleKeyWarnings(withKey({}, 'env:OWN'), env),
      ...exampleKeyWarnings(withKey({ previous }, 'env:GOOD'), env),
    ];
    expect(warnings).toHaveLength(2);
    for (const { severity, message } of warnings)
      expect([severity, message]).toEqual([
        'warning',
        expect.stringMatching(/^env:OWN: this is an example key/),
      ]);
    expect(exampleKeyWarnings(withKey({}, 'env:OWN'), {})).toEqual([]);
  });

  it('may not get another one', () => {
    expect(exampleKeyErrors(withKey({}, 'pk-your-key'), withKey())).toHaveLength(1);
  });
});
