import { describe, expect, it } from 'vitest';
import type { TextEdit } from '../../../src-main/adapters/document/config-file.ts';
import { editYaml, parseYaml, SharedTextError } from '../../../src-main/adapters/document/yaml-text.ts';

const TEXT = `# The company's users
version: 1
users:
  # Zhang leads the team
  zhang:
    name: "张三"   # as in the contract
    status: active
    channels:
      - aliyun # cheaper
      - openai

  li: { name: 'Li', status: active, channels: [aliyun] } # one line

proxy_keys: {}
groups:
# the end
`;

function edited(edits: readonly TextEdit[], text = TEXT): string {
  return editYaml(text, edits);
}

function user(id: string, value: unknown): TextEdit {
  return { section: 'users', id, value };
}

const ZHANG = { name: '张三', status: 'active', channels: ['aliyun', 'openai'] };
const LI = { name: 'Li', status: 'active', channels: ['aliyun'] };

describe('a change to a YAML record', () => {
  it('replaces a value in its own quotes and leaves every other line as it is', () => {
    expect(edited([user('zhang', { ...ZHANG, name: '张五' })])).toBe(TEXT.replace('"张三"', '"张五"'));
    expect(edited([user('li', { ...LI, name: "O'Li" })])).toBe(TEXT.replace("'Li'", "'O''Li'"));
    expect(edited([user('zhang', { ...ZHANG, status: 'disabled' })])).toBe(
      TEXT.replace('active', 'disabled'),
    );
  });

  it('adds a member at the end of its record', () => {
    const changed = edited([
      user('zhang', { ...ZHANG, failover: true }),
      user('li', { ...LI, failover: true }),
    ]);
    const expected = TEXT.replace('      - openai\n', '      - openai\n    failover: true\n');
    expect(changed).toBe(expected.replace('[aliyun] }', '[aliyun], failover: true }'));
  });

  it('removes a member and nothing else', () => {
    const { status: _a, ...zhang } = ZHANG;
    const { status: _b, ...li } = LI;
    const expected = TEXT.replace('    status: active\n', '').replace("'Li', status: active,", "'Li',");
    expect(edited([user('zhang', zhang), user('li', li)])).toBe(expected);
  });

  it('replaces every member of a record', () => {
    const other = { notes: 'n' };
    const changed = edited([user('zhang', other), user('li', other)]);
    expect(changed).toContain('  zhang:\n    notes: n\n\n  li: { notes: n } # one line');
    expect(edited([user('li', {})])).toContain('  li: {} # one line');
  });

  it('writes at the end of a text without a last line break', () => {
    const text = 'version: 1\nusers:\n  a:\n    name: A';
    expect(edited([user('b', { name: 'B' })], text)).toBe(`${text}\n  b:\n    name: B\n`);
  });

  it('removes the last members of a record on one line', () => {
    expect(edited([user('li', { name: 'Li' })])).toContain("li: { name: 'Li' } # one line");
    expect(edited([user('li', { name: 'Li', notes: 'x' })])).toContain(
      "li: { name: 'Li', notes: x } # one line",
    );
  });

  it('writes a list anew where it stood', () => {
    const changed = edited([user('zhang', { ...ZHANG, channels: ['openai'] })]);
    expect(changed).toBe(TEXT.replace('      - aliyun # cheaper\n      - openai\n', '      - openai\n'));
    expect(edited([user('zhang', { ...ZHANG, channels: '*' })])).toContain('    channels: "*"\n');
  });
});

describe('a change to a YAML file', () => {
  it('adds a record in the way its neighbours are written', () => {
    const changed = edited([user('wang', { name: '王', limits: { concurrency: 3 } })]);
    expect(changed).toContain('# one line\n  wang: { name: 王, limits: { concurrency: 3 } }\n\nproxy_keys');
    const block = editYaml('version: 1\nusers:\n  a:\n    name: A\n', [
      user('b', { name: 'B', channels: ['c'] }),
    ]);
    expect(block).toBe(
      'version: 1\nusers:\n  a:\n    name: A\n  b:\n    name: B\n    channels:\n      - c\n',
    );
  });

  it('removes a record with its lines', () => {
    expect(edited([user('li', undefined)])).not.toContain('one line');
    expect(edited([user('li', undefined), user('zhang', undefined)])).toContain('users: {}');
  });

  it('fills a section that is empty, on one line or not at all', () => {
    const key = { section: 'proxy_keys', id: 'k', value: { key: 'pk-1', user: 'li' } } as const;
    const group = { section: 'groups', id: 'g', value: { name: 'G' } } as const;
    const changed = edited([key, group]);
    expect(changed).toContain(
      'proxy_keys:\n  k:\n    key: pk-1\n    user: li\ngroups:\n  g:\n    name: G\n# the end\n',
    );
  });

  it('adds a section that is not there', () => {
    const channel = { section: 'channels', id: 'c', value: { platform: 'openai' } } as const;
    const parsed = parseYaml(edited([channel]));
    expect(parsed).toMatchObject({ ok: true, value: { channels: { c: { platform: 'openai' } } } });
    expect(edited([channel])).toContain('# cheaper');
  });

  it('keeps Windows line endings', () => {
    const changed = edited([user('zhang', { ...ZHANG, notes: 'n' })], TEXT.replaceAll('\n', '\r\n'));
    expect(changed.replaceAll('\r\n', '')).not.toContain('\n');
  });

  it('quotes what would mean something else', () => {
    const odd = { name: 'yes: [no', notes: '# none', department: 'line one\nline two', '5': 'five' };
    expect(parseYaml(edited([user('zhang', odd)]))).toMatchObject({
      value: { users: { zhang: odd, li: LI } },
    });
    expect(parseYaml(edited([user('li', odd)]))).toMatchObject({
      value: { users: { zhang: ZHANG, li: odd } },
    });
  });
});

describe('YAML with anchors', () => {
  const shared =
    'version: 1\nusers:\n  a: &base\n    name: A\n  b: *base\n  c:\n    <<: *base\n    notes: mine\n';

  it('is read with what they stand for', () => {
    expect(parseYaml(shared)).toMatchObject({
      value: { users: { a: { name: 'A' }, b: { name: 'A' }, c: { name: 'A', notes: 'mine' } } },
    });
  });

  it('is edited where that touches one record only', () => {
    const changed = editYaml(shared, [user('b', { name: 'B' })]);
    expect(parseYaml(changed)).toMatchObject({ value: { users: { a: { name: 'A' }, b: { name: 'B' } } } });
    expect(changed).toContain('&base');
  });

  it('is not edited where others would change with it', () => {
    expect(() => editYaml(shared, [user('a', { name: 'other' })])).toThrow(SharedTextError);
  });
});

describe('YAML that cannot be read', () => {
  it.each([
    ['a: b: c', 'not valid YAML'],
    ['users: {a: {}, a: {}}', 'unique'],
    ['users:\n  a: {}\n  "a": {}\n', 'unique'],
    ['- {x: [{1: a, 1: b}]}', 'unique'],
    ['a: 1\n---\nb: 2', 'multiple documents'],
    ['a: *nowhere', 'not valid YAML'],
  ])('%j is refused', (text, reason) => {
    const parsed = parseYaml(text);
    expect(parsed.ok ? [] : parsed.problems.map(({ message }) => message).join()).toContain(reason);
  });

  it('is told at the second of two members', () => {
    const parsed = parseYaml('b: &b\n  a: 1\n  c: 2\n  a: 3\nd: *b\n');
    expect(parsed).toEqual({
      ok: false,
      problems: [{ offset: 22, message: 'not valid YAML: Map keys must be unique' }],
    });
  });

  it('does not multiply aliases beyond measure', () => {
    const levels = Array.from({ length: 30 }, (_, n) => `l${n + 1}: &l${n + 1} [*l${n}, *l${n}, *l${n}]`);
    expect(parseYaml(`l0: &l0 x\n${levels.join('\n')}`).ok).toBe(false);
  });
});
