import { describe, expect, it } from 'vitest';
import type { TextEdit } from '../../../src-main/adapters/document/config-file.ts';
import { JsonText, parseJson } from '../../../src-main/adapters/document/json-text.ts';

function edited(text: string, edits: readonly TextEdit[]): string {
  const json = new JsonText(text);
  expect(json.text()).toBe(text);
  json.edit(edits);
  return json.text();
}

function user(id: string, value: unknown): TextEdit {
  return { section: 'users', id, value };
}

describe('a change to a JSON record', () => {
  const text =
    '{\n    "version": 1,\n    "users": {\n        "a": {"name":   "A"},\n        "b\\"": {}\n    }\n}\n';

  it('writes the record alone, indented as the file is', () => {
    expect(edited(text, [user('c', { name: 'C' })])).toBe(
      text.replace('"b\\"": {}', '"b\\"": {},\n        "c": {\n            "name": "C"\n        }'),
    );
    expect(edited(text, [user('b"', { name: 'B' })])).toBe(
      text.replace('"b\\"": {}', '"b\\"": { "name": "B" }'),
    );
  });

  it('removes a record and one comma', () => {
    expect(edited(text, [user('a', undefined)])).toBe(text.replace('        "a": {"name":   "A"},\n', ''));
    expect(edited(text, [user('b"', undefined)])).toBe(text.replace(',\n        "b\\"": {}', ''));
    const none = edited(text, [user('a', undefined), user('b"', undefined), user('c', undefined)]);
    expect(JSON.parse(none)).toEqual({ version: 1, users: {} });
  });

  it('makes a section that is missing, empty or no object', () => {
    for (const odd of ['{"version":1}', '{"version":1,"users":{}}', '{"version":1,"users":null}', '{ }']) {
      expect(JSON.parse(edited(odd, [user('a', { x: 1 })]))).toMatchObject({ users: { a: { x: 1 } } });
    }
  });

  it('keeps Windows line endings', () => {
    const changed = edited(text.replaceAll('\n', '\r\n'), [user('c', { name: 'C' })]);
    expect(changed.replaceAll('\r\n', '')).not.toContain('\n');
  });

  it('does nothing where a record or section to remove is not there', () => {
    expect(edited(text, [user('zz', undefined), { section: 'groups', id: 'g', value: undefined }])).toBe(
      text,
    );
  });
});

it('refuses JSON that is nested so deeply that reading it would break off', () => {
  const parsed = parseJson(`{"a":${'['.repeat(50_000)}${']'.repeat(50_000)}}`);
  expect(parsed).toMatchObject({ ok: false, problems: [{ message: 'the values are nested too deeply' }] });
});

describe('JSON that cannot be used', () => {
  it.each([
    ['{"a":1,}', 7],
    ['{"a":1', 6],
    ['{"a":1} x', 8],
    ['{"a": // note\n1}', 6],
    ["{'a':1}", 1],
    ['{"a":{"x":1,"y":{},"x":2}}', 19],
    ['{"a\\u0062":1,"ab":2}', 13],
  ])('%j is refused at offset %i', (text, offset) => {
    const parsed = parseJson(text);
    expect(parsed.ok ? null : parsed.problems[0]?.offset).toBe(offset);
  });
});
